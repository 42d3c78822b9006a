internal import AssayModel
internal import Dispatch
internal import Synchronization

/// Runs probes side by side, each under its own deadline.
package struct ProbeRunner: Sendable {
    private let probes: [any Probe]

    /// A runner for `probes`; the order decides which probe's scalar facts win.
    package init(_ probes: [any Probe] = ProbeCatalog.all) { self.probes = probes }

    /// Reads everything and returns it sorted.
    ///
    /// Blocks the calling thread.
    ///
    /// A read that hangs in the kernel cannot be cancelled: its thread is left behind and the probe becomes a gap.
    package func run(_ context: ProbeContext) -> ProbeOutput {
        let runs = probes.map { ProbeRun($0) }
        let queue = DispatchQueue(label: "assay.probes", attributes: .concurrent)
        let start = ContinuousClock.now
        for run in runs { queue.async { run.perform(context) } }
        var all = ProbeOutput()
        for run in runs { all.merge(run.wait(since: start)) }
        all.sort()
        MemoryViews.correlate(&all.components)
        ProcessorViews.correlate(&all.components)
        all.limitGaps()
        return all
    }
}

/// One probe in flight.
private final class ProbeRun: Sendable {
    private let probe: any Probe
    private let output = Mutex<ProbeOutput?>(nil)
    private let done = DispatchSemaphore(value: 0)

    init(_ probe: any Probe) { self.probe = probe }

    func perform(_ context: ProbeContext) {
        let result = probe.read(context)
        output.withLock { $0 = result }
        done.signal()
    }

    func wait(since start: ContinuousClock.Instant) -> ProbeOutput {
        let descriptor = type(of: probe).descriptor
        let left = max(.zero, descriptor.deadline - (ContinuousClock.now - start))
        let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
        if done.wait(timeout: .now() + .milliseconds(Int(milliseconds))) == .success,
            let result = output.withLock({ $0 })
        {
            return result
        }
        var late = ProbeOutput()
        late.gaps.append(
            Gap(
                probe: descriptor.id, path: descriptor.accesses.first?.path ?? "/", kind: .timedOut,
                detail: "no answer within \(descriptor.deadline.components.seconds) s"))
        return late
    }
}

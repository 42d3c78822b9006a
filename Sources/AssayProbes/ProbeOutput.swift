package import AssayHost
package import AssayModel

/// The facts and gaps of one probe, or of several taken together.
package struct ProbeOutput: Sendable, Hashable {
    /// What the device says of itself.
    package var device = DeviceFacts()
    /// Parts.
    package var components: [Component] = []
    /// Firmware images and versions, as components of class `firmware`.
    package var firmware: [Component] = []
    /// Boot state.
    package var boot = BootState()
    /// Kernel state.
    package var kernel = KernelState()
    /// What could not be read, and why.
    package var gaps: [Gap] = []

    /// What stands for a hypervisor that shows no name.
    package static let unnamedHypervisor = "present"

    /// Nothing read yet.
    package init() {}

    /// Appends what `other` found; scalar facts that stand already are kept.
    package mutating func merge(_ other: ProbeOutput) {
        // "present" is all that a processor can say; a name is worth more.
        if device.hypervisor == Self.unnamedHypervisor {
            device.hypervisor = other.device.hypervisor ?? device.hypervisor
        }
        device.fill(from: other.device)
        components += other.components
        firmware += other.firmware
        boot.fill(from: other.boot)
        kernel.fill(from: other.kernel)
        gaps += other.gaps
    }

    /// Sorts every list by its key, so that the same system gives the same bytes.
    package mutating func sort() {
        components.sort { ($0.location, $0.componentClass) < ($1.location, $1.componentClass) }
        firmware.sort { ($0.location, $0.componentClass) < ($1.location, $1.componentClass) }
        gaps.sort {
            ($0.probe, $0.path, $0.kind.rawValue, $0.detail) < ($1.probe, $1.path, $1.kind.rawValue, $1.detail)
        }
    }

    /// Lists the first gaps of each probe and kind, in order, and says of the rest how many they are.
    package mutating func limitGaps() {
        var tally = GapTally()
        for gap in gaps { tally.add(gap) }
        gaps = tally.all
        sort()
    }

    /// Runs `read` and turns a failure into a gap of `probe`; nil when absent or failed.
    package mutating func reading<T>(
        _ probe: String, _ read: () throws(HostFailure) -> T?
    ) -> T? {
        do {
            return try read()
        } catch {
            note(error, probe: probe)
            return nil
        }
    }

    /// Records a failure as a gap of `probe`.
    package mutating func note(_ failure: HostFailure, probe: String) { gaps.append(failure.gap(probe: probe)) }
}

import AssayAgent
import AssayFiles
import AssayTerminal
import Synchronization

/// How far a scan of files is, for whoever waits at a terminal: files, bytes, rate, time left.
final class ScanProgress {
    private let line: ProgressLine
    private var isFinished = false

    init(_ progress: FileScanProgress) {
        let start = ContinuousClock.now
        let remaining = Remaining()
        line = ProgressLine {
            let elapsed = (ContinuousClock.now - start) / .seconds(1)
            return Self.text(progress, after: elapsed, remaining)
        }
    }

    func finish() {
        guard !isFinished else { return }
        isFinished = true
        line.finish()
    }

    private static func text(_ progress: FileScanProgress, after elapsed: Double, _ remaining: Remaining) -> String {
        let seen = progress.filesSeen
        let rate = Int64(Double(progress.bytesHashed) / max(0.001, elapsed))
        var text =
            "\(Quantity.count(seen)) files seen, \(Quantity.count(progress.filesHashed)) hashed, "
            + "\(Quantity.bytes(Int64(progress.bytesHashed))), \(Quantity.bytes(rate))/s"
        let left = remaining.estimate.withLock { estimate in
            progress.filesExpected.flatMap { estimate.seconds(done: seen, of: $0, at: elapsed) }
        }
        if let left { text += ", about \(Quantity.seconds(left)) left" }
        return text
    }

    private final class Remaining: Sendable {
        let estimate = Mutex(RemainingTime())
    }
}

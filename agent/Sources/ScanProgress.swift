import AssayAgent
import AssayFiles
import AssayTerminal

/// How far a scan of files is, for whoever waits at a terminal: files, bytes, rate, time left.
final class ScanProgress {
    private let line: ProgressLine
    private var isFinished = false

    init(_ progress: FileScanProgress) {
        let start = ContinuousClock.now
        line = ProgressLine { Self.text(progress, after: ContinuousClock.now - start) }
    }

    func finish() {
        guard !isFinished else { return }
        isFinished = true
        line.finish()
    }

    private static func text(_ progress: FileScanProgress, after elapsed: Duration) -> String {
        let seconds = max(0.001, Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18)
        let seen = progress.filesSeen
        let rate = Int64(Double(progress.bytesHashed) / seconds)
        var text =
            "\(Quantity.count(seen)) files seen, \(Quantity.count(progress.filesHashed)) hashed, "
            + "\(Quantity.bytes(Int64(progress.bytesHashed))), \(Quantity.bytes(rate))/s"
        if let expected = progress.filesExpected, seen > 0, expected > seen {
            text += ", about \(Quantity.seconds(Int(seconds * Double(expected - seen) / Double(seen)))) left"
        }
        return text
    }
}

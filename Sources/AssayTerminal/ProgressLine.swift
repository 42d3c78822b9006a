internal import Dispatch
internal import Glibc

/// One line on standard error that says how far a long task is; silent when nobody looks and in the first second.
public final class ProgressLine: Sendable {
    private let stop = DispatchSemaphore(value: 0)
    private let stopped = DispatchSemaphore(value: 0)
    private let isActive: Bool

    /// Starts asking `text` for the line, five times a second after the first second, when people read standard error.
    public init(_ text: @escaping @Sendable () -> String) {
        isActive = Terminal.showsErrors
        guard isActive else { return }
        DispatchQueue(label: "assay.progress").async { [stop, stopped] in
            Self.show(text, until: stop)
            stopped.signal()
        }
    }

    /// Removes the line.
    ///
    /// To be called once, before anything else is printed.
    public func finish() {
        guard isActive else { return }
        stop.signal()
        stopped.wait()
    }

    private static func show(_ text: () -> String, until stop: DispatchSemaphore) {
        var isShown = false
        var pause = DispatchTimeInterval.seconds(1)
        while stop.wait(timeout: .now() + pause) == .timedOut {
            let line = String(TerminalText.safe(text()).prefix(max(1, Terminal.errorColumns - 1)))
            Terminal.write(Array("\r\u{1b}[K\(line)".utf8), to: STDERR_FILENO)
            isShown = true
            pause = .milliseconds(200)
        }
        if isShown { Terminal.write(Array("\r\u{1b}[K".utf8), to: STDERR_FILENO) }
    }
}

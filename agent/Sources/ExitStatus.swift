import ArgumentParser
import AssayTerminal

/// Exit codes as `assay-agent --help` lists them (sysexits.h where one fits).
enum ExitStatus {
    static let mismatch = ExitCode(1)
    static let undecided = ExitCode(2)
    static let badData = ExitCode(65)
    static let noInput = ExitCode(66)
    static let unavailable = ExitCode(69)
    static let cannotCreate = ExitCode(73)
    static let ioError = ExitCode(74)
    static let denied = ExitCode(77)

    /// Says what went wrong on standard error and ends the command with `code`.
    ///
    /// Details stand below the message, each on a line of its own.
    static func fail(_ code: ExitCode, _ message: String, details: [String] = []) -> ExitCode {
        let lines = ["assay-agent: " + TerminalText.safe(message)] + details.map { "  " + TerminalText.safe($0) }
        Terminal.complain(lines.joined(separator: "\n"))
        return code
    }
}

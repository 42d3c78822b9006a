import ArgumentParser
import AssayAgent
import AssayModel
import AssayTerminal
import Glibc
import Logging

/// The state folder, and how failures around it are told.
struct StateOption: ParsableArguments {
    @Option(
        name: .customLong("state"),
        help: ArgumentHelp("Folder of device key, certificate, spool and scan cache.", valueName: "dir"))
    var directory = AgentState.defaultDirectory

    @Flag(help: "Log every step to standard error.")
    var verbose = false

    /// Opens the folder and creates what is missing of it.
    func open() throws -> AgentState {
        do { return try AgentState(directory: absolute) } catch { throw Self.exit(error) }
    }

    /// A logger that writes to standard error.
    func logger(level: Logger.Level = .error) -> Logger {
        var logger = Logger(label: "assay-agent") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = verbose ? .debug : level
        return logger
    }

    /// The present time in seconds since 1970.
    static func now() -> Int64 { Timestamp.now.seconds }

    /// The exit that a failure of the state folder or of the collector leads to.
    static func exit(_ error: any Error) -> any Error {
        switch error {
        case let failure as StateFailure: ExitStatus.fail(code(failure), "\(failure)")
        case let failure as DeliveryFailure: ExitStatus.fail(code(failure), "\(failure)")
        case is ExitCode, is ValidationError, is CleanExit: error
        default: ExitStatus.fail(ExitStatus.ioError, "\(error)")
        }
    }

    private var absolute: String {
        if directory.hasPrefix("/") { return directory }
        guard let current = getcwd(nil, 0) else { return directory }
        defer { free(current) }
        return String(cString: current) + "/" + directory
    }

    private static func code(_ failure: StateFailure) -> ExitCode {
        switch failure.code {
        case .denied, .insecure: ExitStatus.denied
        case .damaged: ExitStatus.badData
        case .notEnrolled, .locked: ExitStatus.unavailable
        default: ExitStatus.ioError
        }
    }

    private static func code(_ failure: DeliveryFailure) -> ExitCode {
        switch failure.code {
        case .badAddress: ExitCode(64)
        case .contentLost, .contentUnreadable: ExitStatus.ioError
        case .unauthorized: ExitStatus.denied
        default: ExitStatus.unavailable
        }
    }
}

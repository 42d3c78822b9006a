internal import ArgumentParser
internal import AssayCollector
internal import AssayStore
internal import AssayStoreSQLite
internal import Foundation
internal import Logging

/// `assay-collector serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Take reports and evaluate them until stopped.",
        discussion: """
            Listens on one TLS 1.3 port for devices and operators. The server's certificate is issued by the \
            collector's authority, and again at start when it is about to end or when the names in the settings have \
            changed. SIGTERM and SIGINT end it after the requests that have begun. What was acknowledged to a device \
            is on disk.

            Logs go to standard error, one line an event; `--log-format json` makes each line a JSON object.

            EXAMPLES
              assay-collector serve --state ./state
              assay-collector serve --listen 0.0.0.0 --port 443 --log-format json
            """)

    @OptionGroup var state: StateOptions

    @Option(name: .long, help: ArgumentHelp("Address to listen on.", valueName: "address"))
    var listen: String?

    @Option(name: .long, help: "Port to listen on; 0 takes any free one.")
    var port: Int?

    @Option(name: .long, help: "Lowest level to log: trace, debug, info, notice, warning, error.")
    var logLevel: String?

    @Option(name: .long, help: "Form of the log: text or json.")
    var logFormat: String?

    func run() async throws {
        try state.directory.requireInitialized()
        var settings = try Housekeeping(state.directory).configuration()
        if let listen { try settings.set("listen", toFlag: listen) }
        if let port { try settings.set("port", toFlag: String(port)) }
        if let logLevel { try settings.set("log-level", toFlag: logLevel) }
        if let logFormat { try settings.set("log-format", toFlag: logFormat) }
        guard let level = Logger.Level(rawValue: settings.logLevel) else {
            throw CollectorFailure(.usage, "there is no log level \(settings.logLevel)")
        }
        let isJSON = settings.logFormat == "json"
        LoggingSystem.bootstrap { label in
            if isJSON { return JSONLogHandler(label: label, level: level) }
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
        let store = try state.openStore()
        let names = HardwareNameBook()
        try await CollectorProcess(
            configuration: settings, state: state.directory, store: store,
            logger: Logger(label: "assay-collector"), partNames: { await names.names(of: $0) }
        ).run()
    }
}

internal import ArgumentParser
internal import AssayCollector
internal import AssayModel
internal import AssayStoreSQLite
internal import Foundation

/// `assay-collector init`.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Set up a state folder: authority, database, settings, operator token.",
        discussion: """
            What is there already is kept, so that running it again does no harm; with --host, --listen or --port \
            those lines of the settings are changed, and no others. The operator token is printed once, on the run \
            that makes it, and kept in DIR/operator-token with mode 0600; the database holds only its hash. Where \
            that file is gone, as after a restore, a new token is made. As long as nobody has an account it also \
            prints a link to the page where the first one is made.

            By default a new authority is made. To use your own, give its certificate and key; both are copied.

            EXAMPLES
              assay-collector init --state ./state
              assay-collector init --host assay.example.org --listen 0.0.0.0
              assay-collector init --ca-certificate ca.pem --ca-key ca.key
            """)

    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Host name or address under which devices reach this collector; repeat for more.", valueName: "name"))
    var host: [String] = []

    @Option(name: .long, help: ArgumentHelp("Address to listen on.", valueName: "address"))
    var listen: String?

    @Option(name: .long, help: "Port to listen on.")
    var port: Int?

    @Option(name: .long, help: ArgumentHelp("Certificate of your own authority, PEM.", valueName: "file"))
    var caCertificate: String?

    @Option(name: .long, help: ArgumentHelp("Key of your own authority, PEM.", valueName: "file"))
    var caKey: String?

    func validate() throws {
        guard (caCertificate == nil) == (caKey == nil) else {
            throw ValidationError("--ca-certificate and --ca-key belong together.")
        }
        if let port, !(0...65_535).contains(port) { throw ValidationError("--port must be from 0 to 65535.") }
    }

    func run() async throws {
        let directory = state.directory
        let housekeeping = Housekeeping(directory)
        let own = caCertificate.flatMap { certificate in caKey.map { (certificate: certificate, key: $0) } }
        let isNew = !FileManager.default.fileExists(atPath: directory.database)
        // An authority without its database has lost its devices; an empty one would hide that.
        if isNew, directory.isInitialized { try directory.requireDatabase() }
        var setup = try housekeeping.setUp(changes: try changes(), own: own)
        let store = try SQLiteStore(path: directory.database)
        setup.notes.append("database: \(isNew ? "made" : "kept"), \(directory.database)")
        setup.operatorToken = try await housekeeping.makeOperatorToken(in: store, by: state.actor)
        let address = try housekeeping.configuration().address
        setup.link = try await People(store: store).inviteFirst(by: state.actor).map { "\(address)/setup/\($0)" }
        try report(setup, directory)
    }

    /// The lines of the settings that the flags name.
    private func changes() throws -> [String: String] {
        var changes: [String: String] = [:]
        if !host.isEmpty {
            let names = ["localhost", "127.0.0.1", "::1"].filter { !host.contains($0) } + host
            changes["names"] = names.joined(separator: ", ")
        }
        changes["listen"] = listen
        changes["port"] = port.map { String($0) }
        var checked = CollectorConfiguration()
        for (key, value) in changes { try checked.set(key, toFlag: value) }
        return changes
    }

    private func report(_ setup: Housekeeping.Setup, _ directory: StateDirectory) throws {
        if output.format == .json {
            struct View: Encodable {
                var state: String
                var authority: String
                var notes: [String]
                var operatorToken: String?
                var setUpLink: String?
            }
            return try Output.json(
                View(
                    state: directory.path, authority: setup.authority.fingerprint.description, notes: setup.notes,
                    operatorToken: setup.operatorToken, setUpLink: setup.link))
        }
        for note in setup.notes { Output.print(note + "\n") }
        Output.print("fingerprint of the authority: \(setup.authority.fingerprint.hex)\n")
        if let token = setup.operatorToken {
            Output.print("operator token, shown this once and kept in \(directory.operatorToken):\n\(token)\n")
        }
        if let link = setup.link {
            Output.print(
                "page to make the first account, good once and for a day, while the collector serves:\n\(link)\n")
        }
        Output.print("next: assay-collector serve --state \(directory.path)\n")
    }
}

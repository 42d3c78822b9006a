internal import ArgumentParser
internal import AssayCollector
internal import AssayModel
internal import AssayStore
internal import AssayStoreSQLite
internal import Foundation

/// Which collector a command works on.
struct StateOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Folder with the collector's state (default: $ASSAY_STATE or /var/lib/assay-collector).",
            valueName: "dir"))
    var state: String?

    /// The folder.
    var directory: StateDirectory {
        StateDirectory(
            state ?? ProcessInfo.processInfo.environment["ASSAY_STATE"] ?? "/var/lib/assay-collector")
    }

    /// The database of the folder, which must exist.
    func openStore() throws -> any Store {
        try directory.requireDatabase()
        return try SQLiteStore(path: directory.database)
    }

    /// What operators can do with the folder.
    func operations() throws -> Operations {
        let store = try openStore()
        return Operations(store: store, authority: try Housekeeping(directory).authority())
    }

    /// Who asks, for the audit trail.
    var actor: Actor { Actor("local:\(getuid())", at: .now) }
}

/// How a result is printed.
struct OutputOptions: ParsableArguments {
    /// The forms.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json
    }

    @Option(name: .long, help: "Print a table for people or JSON for programs.")
    var format: Format = .table
}

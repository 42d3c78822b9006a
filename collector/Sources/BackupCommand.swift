internal import ArgumentParser
internal import AssayCollector
internal import AssayStore
internal import AssayStoreSQLite
internal import AssayTerminal
internal import Foundation

/// `assay-collector backup`.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Write everything into one new file, also while the server runs.",
        discussion: """
            The file is a SQLite database of mode 0600: the collector's own tables, and a table `state_files` with \
            the authority's certificate and key and the settings. Whoever holds it can speak for the authority: keep \
            it safe.

            EXAMPLE
              assay-collector backup /backup/collector-2026-01-31.db
            """)
    @OptionGroup var state: StateOptions
    @Argument(help: "File to create; it must not exist.") var file: String

    func run() async throws {
        guard !FileManager.default.fileExists(atPath: file) else {
            throw CollectorFailure(.cannotCreate, "\(file) exists already", nextStep: "choose another name")
        }
        let store = try state.openStore()
        try await store.backUp(to: file, with: try Housekeeping(state.directory).stateFiles())
        Output.print("written: \(TerminalText.safe(file))\n")
    }
}

/// `assay-collector restore`.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Make a state folder from a backup.",
        discussion: """
            The folder must not hold a collector. Devices go on with their certificates; reports that they delivered \
            after the backup was made show as a finding about the chain, as they should.

            EXAMPLE
              assay-collector restore /backup/collector-2026-01-31.db --state ./state
            """)
    @OptionGroup var state: StateOptions
    @Argument(help: "The backup.") var file: String

    func run() async throws {
        let directory = state.directory
        guard !directory.isInitialized, !FileManager.default.fileExists(atPath: directory.database) else {
            throw CollectorFailure(
                .cannotCreate, "\(directory.path) holds a collector already", nextStep: "choose an empty folder")
        }
        guard FileManager.default.fileExists(atPath: file) else {
            throw CollectorFailure(.noInput, "\(file) does not exist")
        }
        try directory.create()
        let files = try SQLiteStore.restore(from: file, to: directory.database)
        do { try Housekeeping(directory).restore(files) } catch {
            // Half a collector would be neither a collector nor an empty folder to try again in.
            unlink(directory.database)
            throw error
        }
        let path = TerminalText.safe(directory.path)
        Output.print("restored: \(path)\n")
        Output.print("next, for a new operator token: assay-collector init --state \(path)\n")
    }
}

internal import ArgumentParser
internal import AssayCollector
internal import AssayModel
internal import AssayStore
internal import AssayTerminal
internal import Foundation

/// `assay-collector lists`.
struct ListsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lists",
        abstract: "Manage the lists that rules work with: clone signatures, restricted suppliers, makers' codes.",
        discussion: """
            The lists of the release are built in. An imported copy takes the place of the one with its name when it is \
            as new or newer; every device is judged again. A copy of a list of restricted suppliers that is older \
            than 90 days is a finding.

            EXAMPLES
              assay-collector lists list
              assay-collector lists import hwprofiles/lists/
              assay-collector lists show restricted-suppliers/ndaa-889
            """,
        subcommands: [Import.self, List.self, Show.self])

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import one list, or every list below a folder; nothing is stored when one cannot be used.")
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "JSON file, folder, or - for standard input.") var file: String

        func run() async throws {
            let store = try state.openStore()
            let files = try Self.files(file).map { (name: $0, bytes: try Input.bytes($0)) }
            guard !files.isEmpty else { throw CollectorFailure(.noInput, "\(file) holds no .json file") }
            let documents = try await ListLibrary(store: store).importLists(files, by: state.actor)
            if output.format == .json { return try Output.json(documents.map(DocumentView.init)) }
            for document in documents { try ImportOptions.report(document, output.format) }
        }

        /// The file itself, or the lists below a folder.
        private static func files(_ path: String) throws -> [String] {
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue else {
                return [path]
            }
            return try FileManager.default.subpathsOfDirectory(atPath: path)
                .filter(ListLibrary.isList).sorted().map { path + "/" + $0 }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the lists with their dates and age.")
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let lists = try await ListLibrary(store: state.openStore()).lists(at: .now)
            if output.format == .json { return try Output.json(lists) }
            var table = TextTable(
                ["LIST", "DATE", "AGE", "ENTRIES", "FROM", "TITLE"],
                alignments: [.left, .left, .left, .right, .left, .left], shortened: [["TITLE"]])
            for list in lists {
                let age = "\(list.age) d" + (list.outdated == true ? ", too old" : "")
                table.append([
                    list.id, list.date, age, "\(list.entries)", list.importedAt.map { "imported \($0)" } ?? "built in",
                    list.title,
                ])
            }
            Output.table(table, orNothing: "no lists")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the list that counts under a name, as JSON.")
        @OptionGroup var state: StateOptions
        @Argument(help: "Its name, for example restricted-suppliers/ndaa-889.") var id: String

        func run() async throws {
            let bytes = try await ListLibrary(store: state.openStore()).content(of: id)
            Output.print(String(decoding: bytes, as: UTF8.self))
        }
    }
}

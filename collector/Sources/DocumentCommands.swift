internal import ArgumentParser
internal import AssayCollector
internal import AssayModel
internal import AssayStore
internal import AssayTerminal

/// `assay-collector profiles`.
struct ProfilesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profiles", abstract: "Manage hardware profiles: what units of a model may contain.",
        subcommands: [Import.self, List.self, Show.self, Learn.self])

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import a profile; devices that it applies to are evaluated again.")
        @OptionGroup var options: ImportOptions

        func run() async throws {
            try await options.importing { try await $0.importProfile($1, by: $2) }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List profiles.")
        @OptionGroup var options: ListOptions
        func run() async throws { try await options.list(.profile) }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the newest revision of a profile as JSON.")
        @OptionGroup var options: ShowOptions
        func run() async throws { try await options.show(.profile) }
    }

    struct Learn: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a profile from a unit that is known to be good.",
            discussion: """
                The last report of the device becomes the design that all units of its model are held against; the \
                device itself is held against it from now on, unless it has an assigned profile. Look at the result \
                before you rely on it: `profiles show ID`.

                EXAMPLE
                  assay-collector profiles learn --device 3f2a --id edge-200
                """)
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions
        @Option(name: .long, help: "The known-good device.") var device: String
        @Option(name: .long, help: "Id of the profile; made from maker and model where it is left out.")
        var id: String?

        func run() async throws {
            let document = try await ProfileTeacher(operations: state.operations())
                .learn(from: device, as: id, by: state.actor)
            try ImportOptions.report(document, output.format)
        }
    }
}

/// What an import needs.
struct ImportOptions: ParsableArguments {
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "JSON file, or - for standard input.") var file: String

    /// Puts the name of the file before what is wrong with its content.
    func named<T>(_ body: () async throws -> T) async throws -> T {
        do { return try await body() } catch let failure as CollectorFailure where failure.code == .data {
            let name = file == "-" ? "standard input" : file
            throw CollectorFailure(.data, "\(name): \(failure.description)", nextStep: failure.nextStep)
        }
    }

    /// Imports the content of the file, in the name of whoever runs the command, and says what became of it.
    func importing(
        _ body: (_ operations: Operations, _ content: [UInt8], _ actor: Actor) async throws -> TraceabilityDocument
    ) async throws {
        let operations = try state.operations()
        let document = try await named { try await body(operations, Input.bytes(file), state.actor) }
        try Self.report(document, output.format)
    }

    /// Says what was imported.
    static func report(_ document: TraceabilityDocument, _ format: OutputOptions.Format) throws {
        if format == .json { return try Output.json(DocumentView(document)) }
        let id = TerminalText.safe(document.id)
        Output.print("\(document.kind.noun) \(id), revision \(document.revision), \(document.digest)\n")
    }
}

/// What a list needs.
struct ListOptions: ParsableArguments {
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    /// Prints the newest revisions.
    func list(_ kind: TraceabilityDocument.Kind) async throws {
        let store = try state.openStore()
        var views: [DocumentView] = []
        var cursor: String?
        repeat {
            let page = try await store.documents(kind, after: cursor, limit: 500)
            views += page.map(DocumentView.init)
            cursor = page.count == 500 ? page.last?.id : nil
        } while cursor != nil
        if output.format == .json { return try Output.json(PageView(items: views, next: nil)) }
        var table = TextTable(["ID", "REVISION", "IMPORTED", "SERIAL", "DIGEST"], shortened: [["SERIAL"]])
        for view in views {
            table.append([
                view.id, "\(view.revision)", view.importedAt.description, view.serial ?? view.deviceID,
                Output.short(view.digest),
            ])
        }
        Output.table(table, orNothing: "no \(kind.plural)")
    }
}

/// What showing a document needs.
struct ShowOptions: ParsableArguments {
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "Its id.") var id: String

    /// Prints the document; it is JSON in either format, indented for people in the table format.
    func show(_ kind: TraceabilityDocument.Kind) async throws {
        let document = try await state.operations().document(kind, id)
        Output.print(String(decoding: document.content, as: UTF8.self) + "\n")
    }
}

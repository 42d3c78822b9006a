internal import ArgumentParser
internal import AssayCollector
internal import AssayModel
internal import AssayTerminal

/// `assay-collector parts`.
struct PartsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parts",
        abstract: "Follow single parts through the fleet, and mark those that must not come back.",
        discussion: """
            A part is named by its serial number, or a network interface by its address. A marked part is a finding in \
            every device that shows it, now or later.

            EXAMPLES
              assay-collector parts show S4EWNX0R123456
              assay-collector parts stolen S4EWNX0R123456 --reason "police report 7/2026"
              assay-collector parts clear S4EWNX0R123456 --reason "returned to stock"
            """,
        subcommands: [Retire.self, Stolen.self, Clear.self, List.self, Show.self])

    struct Retire: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say that a part is out of use for good.")
        @OptionGroup var options: MarkOptions
        func run() async throws { try await options.mark(.retired) }
    }

    struct Stolen: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say that a part was stolen.")
        @OptionGroup var options: MarkOptions
        func run() async throws { try await options.mark(.stolen) }
    }

    struct Clear: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take back what was said of a part.")
        @OptionGroup var options: MarkOptions
        func run() async throws { try await options.mark(.cleared) }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the parts that are marked.")
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let marks = try await PartRegister(store: state.openStore()).marks()
            if output.format == .json { return try Output.json(PageView(items: marks, next: nil)) }
            Output.table(Self.table(marks), orNothing: "no marked parts")
        }

        static func table(_ marks: [PartMark]) -> TextTable {
            var table = TextTable(["SERIAL", "CLASS", "STATUS", "SINCE", "BY", "REASON"], shortened: [["REASON"]])
            for mark in marks {
                table.append([
                    mark.serial, mark.componentClass?.rawValue ?? "any", mark.status.rawValue, mark.at.description,
                    mark.actor, mark.reason,
                ])
            }
            return table
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show where a part is and was.")
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "Serial number or address.") var serial: String

        func run() async throws {
            let history = try await PartRegister(store: state.openStore()).history(of: serial)
            if output.format == .json { return try Output.json(history) }
            if !history.marks.isEmpty { Output.table(List.table(history.marks), orNothing: "no marks") }
            var table = TextTable(
                ["PART", "DEVICE", "LOCATION", "FIRST SEEN", "UNTIL"], shortened: [["PART"], ["LOCATION"]])
            for entry in history.stays {
                table.append([
                    entry.part.label, Output.short(entry.stay.device), entry.stay.location,
                    entry.stay.firstSeen.description, entry.stay.leftAt?.description ?? "now",
                ])
            }
            if !history.stays.isEmpty { Output.table(table, orNothing: "no stays") }
        }
    }
}

/// What marking a part needs.
struct MarkOptions: ParsableArguments {
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "Serial number or address.") var serial: String
    @Option(
        name: .customLong("class"),
        help: ArgumentHelp("Only parts of this class: memory, storage, usb …", valueName: "class"))
    var componentClass: String?
    @Option(name: .long, help: "Why; this is kept.") var reason: String

    /// Marks the part and says so.
    func mark(_ status: PartMark.Status) async throws {
        let mark = try await PartRegister(store: state.openStore()).mark(
            status, serial: serial, componentClass: componentClass.map(ComponentClass.init(rawValue:)),
            reason: reason, by: state.actor)
        if output.format == .json { return try Output.json(mark) }
        Output.print(TerminalText.safe("\(mark.status.rawValue): \(mark.serial)") + "\n")
    }
}

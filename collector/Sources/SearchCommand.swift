internal import ArgumentParser
internal import AssayCollector
internal import AssayModel
internal import AssayStore
internal import AssayTerminal

/// `assay-collector search`.
struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Tell which devices hold a part, a package or a file.",
        discussion: """
            Looks into the last report of every device for what is, or begins with, the text: serial numbers and MAC \
            addresses, vendor:product numbers of USB and PCI parts, models, part numbers, firmware versions, packages \
            (also with a version, or as a purl), SHA-256 digests of files, firmware and descriptors (eight digits or \
            more), names of devices, and ids of devices and findings.

            Several things are listed with the number of their devices, a single one with the devices. --kind and \
            --key take one of several.

            EXAMPLES
              assay-collector search 0bda:8153
              assay-collector search "openssl 3.0.11"
              assay-collector search 00:1b:21:aa:bb:cc
              assay-collector search openssl --kind package --key "openssl 3.0.11-1~deb12u2"
            """)
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "What to look for.") var query: String
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Kind of the one thing whose devices are wanted: "
                + FactKind.allCases.map(\.rawValue).joined(separator: ", ") + ".", valueName: "kind"))
    var kind: String?
    @Option(name: .long, help: ArgumentHelp("Its key, as the list shows it.", valueName: "key")) var key: String?
    @Option(name: .long, help: "Most devices to show.") var limit = 200

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 100000.") }
        guard kind.map({ FactKind(rawValue: $0) != nil }) ?? true else {
            throw ValidationError("--kind must be one of \(FactKind.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        guard (kind == nil) == (key == nil) else { throw ValidationError("--kind and --key belong together.") }
    }

    func run() async throws {
        let selected = kind.flatMap(FactKind.init).flatMap { kind in key.map { (kind, $0) } }
        let view = try await state.operations().search(query, selected: selected, limit: limit)
        if output.format == .json { return try Output.json(view) }
        let isNothing = view.matches.isEmpty && view.devices.isEmpty && view.findings.isEmpty && view.former.isEmpty
        if isNothing { return Output.print("nothing that is or begins with \(TerminalText.safe(query))\n") }
        printNamed(view)
        if view.selected == nil { printMatches(view) } else { printHolders(view) }
        printFormer(view)
    }

    private func printNamed(_ view: SearchView) {
        var table = TextTable(["ID", "WHAT", "STATE", "NAME"])
        for device in view.devices {
            table.append([Output.short(device.id), "device", device.verdict, device.name])
        }
        for finding in view.findings { table.append([finding.id, "finding", finding.state, finding.title]) }
        if !view.devices.isEmpty || !view.findings.isEmpty { Output.print(table.render() + "\n") }
    }

    private func printMatches(_ view: SearchView) {
        guard !view.matches.isEmpty else { return }
        var table = TextTable(["KIND", "KEY", "DEVICES", "IS"])
        for match in view.matches {
            table.append([match.kind, match.key, "\(match.devices)\(match.hasMore ? "+" : "")", match.label])
        }
        Output.print(table.render())
        if view.hasMore { Output.print("there are more: write more of it\n") }
    }

    private func printHolders(_ view: SearchView) {
        var table = TextTable(["DEVICE", "NAME", "VERDICT", "SITE", "WHERE", "IS"])
        for holder in view.holders {
            table.append([
                Output.short(holder.device.id), holder.device.name, holder.device.verdict, holder.device.site,
                holder.place, holder.label ?? view.selected?.key,
            ])
        }
        Output.print(table.render())
        if view.next != nil { Output.print("there are more: raise --limit\n") }
    }

    private func printFormer(_ view: SearchView) {
        guard !view.former.isEmpty else { return }
        var table = TextTable(["WAS IN", "WHERE", "FROM", "UNTIL", "PART"])
        for stay in view.former {
            table.append([
                Output.short(stay.device), stay.place, stay.from.description, stay.until.description, stay.part,
            ])
        }
        Output.print("\n" + table.render())
    }
}

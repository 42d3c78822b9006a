internal import ArgumentParser
internal import AssayCollector
internal import AssayModel
internal import AssayStore
internal import AssayTerminal
internal import Foundation

/// `assay-collector suppliers`.
struct SuppliersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suppliers", abstract: "Manage supplier graphs: who supplies whom, owned by whom, from where.",
        subcommands: [Import.self, List.self, Show.self])

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import a supplier graph (assay/supplier-graph/v1).",
            discussion: """
                A reference to a company that the graph does not have, or a circle of owners or suppliers, is refused.

                Every device is judged again: a part whose record names a company of a graph, or whose maker is one, is \
                followed to the owners of that company and to those whom it buys from. 'plan --suppliers' shows what \
                that would change.
                """
        )
        @OptionGroup var options: ImportOptions

        func run() async throws {
            try await options.importing { try await $0.importSuppliers($1, by: $2) }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List supplier graphs.")
        @OptionGroup var options: ListOptions
        func run() async throws { try await options.list(.suppliers) }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the companies of a graph with their owners, sites and papers.")
        @OptionGroup var options: ShowOptions

        func run() async throws {
            if options.output.format == .json { return try await options.show(.suppliers) }
            let graph = try await options.state.operations().suppliers(options.id)
            let now = RecordMoment(seconds: Int64(Date().timeIntervalSince1970))
            var table = TextTable(
                ["ID", "NAME", "TIER", "COUNTRY", "OWNED BY", "SITES", "PAPERS"], shortened: [["SITES"], ["NAME"]])
            for supplier in graph.suppliers {
                let expired = supplier.documents.count { $0.isExpired(at: now) }
                let papers = "\(supplier.documents.count)" + (expired == 0 ? "" : ", \(expired) expired")
                table.append([
                    supplier.id, supplier.name, supplier.tier.map { "\($0)" }, supplier.country,
                    graph.owners(of: supplier.id).map(\.id).joined(separator: ", "),
                    supplier.sites.map { "\($0.id) (\($0.country))" }.joined(separator: ", "), papers,
                ])
            }
            Output.table(table, orNothing: "no companies")
        }
    }
}

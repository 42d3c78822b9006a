package import AssayModel

/// A company as lists and drawings show it.
package struct SupplierView: Sendable, Hashable {
    let id: String
    let name: String
    let path: String
    let tierNumber: Int?
    let tier: String
    let country: String?
    let sites: [String]
    let owners: [String]
    let sources: [String]
    let papers: Int
    let expired: Int?
    let restrictions: [String]
    let isRestricted: Bool

    /// Shows a company of a graph at a moment, with the entries of lists that name it.
    package init(
        _ supplier: SupplierGraph.Supplier, in graph: SupplierGraph, path: String, restrictions: [String],
        at moment: RecordMoment
    ) {
        let names = Dictionary(graph.suppliers.map { ($0.id, $0.name) }) { first, _ in first }
        self.init(supplier, names: names, path: path, restrictions: restrictions, at: moment)
    }

    /// Shows a company; `names` are those of the graph by their ids.
    package init(
        _ supplier: SupplierGraph.Supplier, names: [String: String], path: String, restrictions: [String],
        at moment: RecordMoment
    ) {
        id = supplier.id
        name = supplier.name
        self.path = path
        tierNumber = supplier.tier
        tier = supplier.tier.map { "\($0)" } ?? "–"
        country = supplier.country
        sites = supplier.sites.map { "\($0.name ?? $0.id) (\($0.country))" }
        owners = supplier.owners.map { owner in
            (names[owner.id] ?? owner.id)
                + (owner.share.map { " (\(Int(exactly: $0).map(String.init) ?? "\($0)") %)" } ?? "")
        }
        sources = supplier.suppliedBy.map { names[$0] ?? $0 }
        papers = supplier.documents.count
        let expired = supplier.documents.count { $0.isExpired(at: moment) }
        self.expired = expired > 0 ? expired : nil
        self.restrictions = restrictions
        isRestricted = !restrictions.isEmpty
    }
}

/// Who supplies whom.
package struct SuppliersPage: ConsolePage {
    package static let template = "suppliers"
    package static let place: ConsolePlace? = .suppliers
    package var title: String { "Suppliers" }

    /// A graph to choose.
    package struct Choice: Sendable, Hashable {
        let graph: String
        let path: String
        let isShown: Bool

        /// Names a graph.
        package init(graph: String, path: String, isShown: Bool) {
            self.graph = graph
            self.path = path
            self.isShown = isShown
        }
    }

    /// One graph.
    package struct Shown: Sendable {
        let graphID: String
        let revision: Int
        let imported: MomentView
        let json: String
        let suppliers: [SupplierView]
        let drawing: String?
        let isTooLarge: Bool
        let previous: String?
        let next: String?

        /// Shows a graph, and a page of its companies.
        package init(
            _ graph: SupplierGraph, revision: Int, imported: MomentView, json: String, suppliers: [SupplierView],
            drawing: SupplierDrawing?, previous: String? = nil, next: String? = nil
        ) {
            graphID = graph.id
            self.revision = revision
            self.imported = imported
            self.json = json
            self.suppliers = suppliers
            self.drawing = drawing?.svg
            isTooLarge = drawing == nil && !graph.suppliers.isEmpty
            self.previous = previous
            self.next = next
        }
    }

    let choices: [Choice]
    let hasSeveral: Bool
    let shown: Shown?
    let problem: String?
    let faults: [ImportFault]
    let hasFaults: Bool
    let mayRegister: Bool
    let formToken: String

    /// Shows a graph among others; nil where there is none yet.
    package init(
        choices: [Choice], shown: Shown?, problem: String? = nil, faults: [ImportFault] = [], mayRegister: Bool,
        formToken: String
    ) {
        self.choices = choices
        hasSeveral = choices.count > 1
        self.shown = shown
        self.problem = problem
        self.faults = faults
        hasFaults = !faults.isEmpty
        self.mayRegister = mayRegister
        self.formToken = formToken
    }
}

/// One company with its papers.
package struct SupplierPage: ConsolePage {
    package static let template = "supplier"
    package static let place: ConsolePlace? = .suppliers
    package var title: String { company.name }

    /// A paper.
    struct Paper: Sendable, Hashable {
        let number: String
        let kind: String
        let issued: String?
        let expires: String?
        let isExpired: Bool
    }

    /// Another company that this one has to do with.
    package struct Neighbour: Sendable, Hashable {
        let label: String
        let path: String
        let relation: String

        /// Names a company and what it is to this one.
        package init(label: String, path: String, relation: String) {
            self.label = label
            self.path = path
            self.relation = relation
        }
    }

    let company: SupplierView
    let back: String
    let aliases: String
    let papers: [Paper]
    let hasPapers: Bool
    let neighbours: [Neighbour]

    /// Shows a company of the graph at `back`.
    package init(
        _ supplier: SupplierGraph.Supplier, _ view: SupplierView, neighbours: [Neighbour], back: String,
        at moment: RecordMoment
    ) {
        company = view
        self.back = back
        aliases = supplier.aliases.joined(separator: ", ")
        papers = supplier.documents.map { paper in
            Paper(
                number: paper.id, kind: paper.kind, issued: paper.issued, expires: paper.expires,
                isExpired: paper.isExpired(at: moment))
        }
        hasPapers = !papers.isEmpty
        self.neighbours = neighbours
    }
}

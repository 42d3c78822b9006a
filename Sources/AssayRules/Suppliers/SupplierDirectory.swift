package import AssayModel

/// What the supplier graphs know of the companies that records and parts name.
package struct SupplierDirectory: Sendable {
    /// A company that a text means, and the place of it where the text names one.
    struct Company: Sendable, Hashable {
        fileprivate let book: Int
        fileprivate let position: Int
        /// Id of the place, where the text names one.
        var site: String?

        /// The company itself.
        var identity: Company { Company(book: book, position: position) }
    }

    /// A listed supplier that a company leads to.
    struct Link: Sendable, Hashable {
        /// Its id in the list of suppliers.
        let supplier: String
        /// The way in words: `Acme, owned by Holding (51 %), owned by Huawei Technologies`.
        let words: String
        /// How the company hangs together with it; nil where it is the listed one itself.
        let relation: SupplierReach.Relation?
        /// How sure that is.
        var confidence: Finding.Confidence { relation?.confidence ?? .a }
    }

    private struct Book: Sendable {
        let graph: SupplierGraph
        let reach: SupplierReach
        var ids: [String: [Company]] = [:]
        var names: [String: [Company]] = [:]
        /// Countries of the places, by their names.
        var places: [String: Set<String>] = [:]
        /// Ways to listed suppliers by their ids.
        var ways: [(supplier: String, hops: [Int: SupplierReach.Hop])] = []
    }

    /// No graph: nothing is known of any company.
    package static let none = SupplierDirectory([], lists: .none)
    /// Most companies of a way that are named one by one.
    private static let wordLimit = 12

    private let books: [Book]
    /// The moments at which papers cease to hold, in order.
    private let expiries: [RecordMoment]

    /// Indexes graphs, and finds who of them leads to a supplier that `lists` name.
    package init(_ graphs: [SupplierGraph], lists: RuleLists) {
        books = graphs.sorted { $0.id < $1.id }.enumerated().map { Self.book($0, $1, lists.suppliers) }
        expiries = graphs.flatMap { $0.suppliers.flatMap { $0.documents.compactMap(\.holdsUntil) } }.sorted()
    }

    /// Whether there is no graph.
    package var isEmpty: Bool { books.isEmpty }

    /// What the calendar makes of the papers: how many have expired.
    ///
    /// Between two days with the same standing the same inventory is judged alike.
    package func standing(on day: CalendarDay) -> String {
        let moment = day.recordMoment
        return "\(expiries.count { $0 < moment }) papers expired"
    }

    /// The companies that a text means, by id, else by name, alias or place, whatever blanks and case.
    func companies(named text: String) -> [Company] {
        let name = FieldText.foldWords(text)
        return books.flatMap { $0.ids[name] ?? $0.names[name] ?? [] }
    }

    /// What a graph says of a company.
    func supplier(_ company: Company) -> SupplierGraph.Supplier {
        books[company.book].graph.suppliers[company.position]
    }

    /// Id of the graph that a company stands in.
    func graph(of company: Company) -> String { books[company.book].graph.id }

    /// Who owns a company, in words; empty where nobody says.
    func owners(of company: Company) -> String {
        let graph = books[company.book].graph
        let owned = supplier(company)
        return owned.owners.compactMap { owner in
            graph.suppliers.first { $0.id == owner.id }.map { Self.step(from: owned, to: $0) }
        }.joined(separator: ", ")
    }

    /// Listed suppliers that a company is, belongs to or buys from, in the order of their ids.
    func links(of company: Company) -> [Link] {
        let book = books[company.book]
        return book.ways.compactMap { supplier, hops in
            hops[company.position].map { hop in
                Link(
                    supplier: supplier, words: Self.words(company.position, hops, in: book.graph),
                    relation: hop.weakest)
            }
        }
    }

    /// Companies that belong by half or more, directly or through others, to one of `owners`, these included.
    func controlled(by owners: [Company]) -> Set<Company> {
        var found: Set<Company> = []
        for (book, owned) in Dictionary(grouping: owners.filter { $0.site == nil }, by: \.book) {
            let reached = books[book].reach.companies(leadingTo: owned.map(\.position), by: .controlled)
            found.formUnion(reached.keys.map { Company(book: book, position: $0) })
        }
        return found
    }

    /// The countries of a place, by its id or name; several where graphs disagree or share a name.
    func countries(ofPlace text: String) -> Set<String> {
        let name = FieldText.foldWords(text)
        return books.reduce(into: []) { $0.formUnion($1.places[name] ?? []) }
    }

    private static func book(_ number: Int, _ graph: SupplierGraph, _ index: SupplierIndex) -> Book {
        var book = Book(graph: graph, reach: SupplierReach(graph))
        var listed: [String: [Int]] = [:]
        for (position, supplier) in graph.suppliers.enumerated() {
            let company = Company(book: number, position: position)
            book.ids[FieldText.foldWords(supplier.id), default: []].append(company)
            let names = [supplier.name] + supplier.aliases
            for name in Set(names.map(FieldText.foldWords)) { book.names[name, default: []].append(company) }
            for site in supplier.sites {
                var place = company
                place.site = site.id
                let titles = [supplier.id + "/" + site.id, supplier.name + " " + site.id, site.name ?? ""]
                for name in Set(titles.map(FieldText.foldWords)) where !name.isEmpty {
                    book.names[name, default: []].append(place)
                }
                for name in Set(([site.id, site.name ?? ""] + titles).map(FieldText.foldWords)) where !name.isEmpty {
                    book.places[name, default: []].insert(site.country)
                }
            }
            let matches = names.flatMap { index.matches(name: $0, confidence: .a, as: "") }
            for supplier in Set(matches.map(\.supplier)) { listed[supplier, default: []].append(position) }
        }
        book.ways = listed.sorted { $0.key < $1.key }.map { ($0.key, book.reach.companies(leadingTo: $0.value)) }
        return book
    }

    private static func words(_ start: Int, _ hops: [Int: SupplierReach.Hop], in graph: SupplierGraph) -> String {
        var words = graph.suppliers[start].name
        var position = start
        var count = 1
        while let next = hops[position]?.next {
            count += 1
            if count <= wordLimit { words += ", " + step(from: graph.suppliers[position], to: graph.suppliers[next]) }
            position = next
        }
        if count > wordLimit {
            words += ", and so on over \(count - wordLimit) companies to \(graph.suppliers[position].name)"
        }
        return words
    }

    private static func step(from company: SupplierGraph.Supplier, to next: SupplierGraph.Supplier) -> String {
        guard let owner = company.owners.filter({ $0.id == next.id }).max(by: { ($0.share ?? 0) < ($1.share ?? 0) })
        else { return "who buys from \(next.name)" }
        let details = [owner.share.map { "\(percent($0)) %" }, owner.asOf.map { "as of \($0)" }].compactMap(\.self)
        return "owned by \(next.name)" + (details.isEmpty ? "" : " (\(details.joined(separator: ", ")))")
    }

    private static func percent(_ share: Double) -> String {
        Int(exactly: share).map { "\($0)" } ?? "\(share)"
    }
}

extension CalendarDay {
    /// The first second of the day.
    var recordMoment: RecordMoment { RecordMoment(seconds: Int64(number) * 86_400) }
}

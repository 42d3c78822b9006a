internal import AssayModel
internal import AssayRules
internal import AssayStore

/// What the lists say of the companies of a supplier graph.
struct SupplierLookup: Sendable {
    private let lists: RuleLists

    /// Takes the lists that count in a store.
    init(store: any Store) async throws {
        let source = RuleListSource(store: store)
        try await source.refresh()
        lists = source.current
    }

    /// Entries of restricted lists that name a company by its name or an alias, in the order of the lists.
    func restrictions(of supplier: SupplierGraph.Supplier) -> [String] {
        let names = [supplier.name] + supplier.aliases
        let ids = Set(names.flatMap { lists.suppliers.matches(name: $0, confidence: .a, as: "").map(\.supplier) })
        guard !ids.isEmpty else { return [] }
        var found: [String] = []
        for list in lists.restrictions {
            for entry in list.entries where !ids.isDisjoint(with: entry.suppliers) {
                let words = "\(entry.name) stands on \(list.title)"
                if !found.contains(words) { found.append(words) }
            }
        }
        return found
    }
}

/// How a company of a supplier graph stands today, for the operator API.
struct SupplierStandingView: Sendable, Codable {
    /// Its id in the graph.
    let id: String
    /// Its name.
    let name: String
    /// Papers that no longer hold.
    let expired: [String]
    /// Entries of restricted lists that name it.
    let restrictions: [String]
}

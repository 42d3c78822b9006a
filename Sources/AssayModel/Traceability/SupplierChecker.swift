/// Checks of a supplier graph that its shape alone does not give: names that are unique, references that hold, no circles.
enum SupplierChecker {
    static func check(_ graph: SupplierGraph) throws(RecordFailure) {
        guard !graph.id.isEmpty else { throw RecordFailure(.invalid, field: "id", detail: "is empty") }
        guard graph.suppliers.count <= RecordJSON.maximumEntries else {
            throw RecordFailure(
                .tooLarge, field: "suppliers", detail: "has more than \(RecordJSON.maximumEntries) entries")
        }
        var indices: [String: Int] = [:]
        for (index, supplier) in graph.suppliers.enumerated() {
            let field = "suppliers[\(index)]"
            guard !supplier.id.isEmpty, !supplier.name.isEmpty else {
                throw RecordFailure(.invalid, field: field, detail: "has no id or no name")
            }
            guard indices.updateValue(index, forKey: supplier.id) == nil else {
                throw RecordFailure(.duplicate, field: field + ".id", detail: "\(supplier.id) is there twice")
            }
            try check(supplier, field)
        }
        try checkReferences(graph, indices)
        try refuseCycles(graph, indices, "owners") { $0.owners.map(\.id) }
        try refuseCycles(graph, indices, "suppliedBy") { $0.suppliedBy }
    }

    private static func check(_ supplier: SupplierGraph.Supplier, _ field: String) throws(RecordFailure) {
        if let tier = supplier.tier, !(1...99).contains(tier) {
            throw RecordFailure(.invalid, field: field + ".tier", detail: "is not between 1 and 99")
        }
        for (index, owner) in supplier.owners.enumerated() {
            if let share = owner.share, !(0...100).contains(share) {
                throw RecordFailure(
                    .invalid, field: "\(field).owners[\(index)].share", detail: "is no share in per cent")
            }
            try date(owner.asOf, "\(field).owners[\(index)].asOf")
        }
        try countries([supplier.country], field + ".country")
        for (index, site) in supplier.sites.enumerated() {
            try countries([site.country], "\(field).sites[\(index)].country")
        }
        for (index, document) in supplier.documents.enumerated() {
            try date(document.issued, "\(field).documents[\(index)].issued")
            try date(document.expires, "\(field).documents[\(index)].expires")
        }
        let texts = [supplier.id, supplier.name] + supplier.aliases
        guard texts.allSatisfy({ $0.utf8.count <= RecordJSON.maximumText }) else {
            throw RecordFailure(
                .tooLarge, field: field, detail: "has a name longer than \(RecordJSON.maximumText) bytes")
        }
    }

    private static func countries(_ codes: [String?], _ field: String) throws(RecordFailure) {
        for case let code? in codes
        where !(2...3).contains(code.utf8.count) || !code.utf8.allSatisfy({ (0x41...0x5a).contains($0) }) {
            throw RecordFailure(.invalid, field: field, detail: "\(code) is no country code of ISO 3166-1")
        }
    }

    private static func date(_ text: String?, _ field: String) throws(RecordFailure) {
        guard let text, RecordMoment(text) == nil else { return }
        throw RecordFailure(.invalid, field: field, detail: "is no day or moment of RFC 3339")
    }

    private static func checkReferences(_ graph: SupplierGraph, _ indices: [String: Int]) throws(RecordFailure) {
        for (index, supplier) in graph.suppliers.enumerated() {
            for (name, references) in [("owners", supplier.owners.map(\.id)), ("suppliedBy", supplier.suppliedBy)] {
                for (position, reference) in references.enumerated() where indices[reference] == nil {
                    throw RecordFailure(
                        .dangling, field: "suppliers[\(index)].\(name)[\(position)]",
                        detail: "\(reference) is no supplier of this graph")
                }
            }
        }
    }

    /// Follows references without recursion: a chain may be as long as the list.
    private static func refuseCycles(
        _ graph: SupplierGraph, _ indices: [String: Int], _ name: String,
        _ references: (SupplierGraph.Supplier) -> [String]
    ) throws(RecordFailure) {
        let targets = graph.suppliers.map { references($0).compactMap { indices[$0] } }
        // 0 unseen, 1 on the way, 2 done.
        var state = [Int](repeating: 0, count: targets.count)
        for start in targets.indices where state[start] == 0 {
            var way = [(node: start, next: 0)]
            state[start] = 1
            while let last = way.last {
                guard last.next < targets[last.node].count else {
                    state[last.node] = 2
                    way.removeLast()
                    continue
                }
                way[way.count - 1].next += 1
                let target = targets[last.node][last.next]
                if state[target] == 1 {
                    let names = way.map { graph.suppliers[$0.node].id } + [graph.suppliers[target].id]
                    throw RecordFailure(
                        .cycle, field: "suppliers[\(last.node)].\(name)",
                        detail: "closes the circle \(names.suffix(8).joined(separator: " → "))")
                }
                guard state[target] == 0 else { continue }
                state[target] = 1
                way.append((target, 0))
            }
        }
    }
}

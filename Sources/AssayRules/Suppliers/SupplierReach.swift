internal import AssayModel

/// Which companies of a supplier graph lead to one that lists name, and on which way.
///
/// Found once for a graph, from the listed companies backwards: every company is entered at most once for each of them, so
/// that neither a long chain nor a circle costs more than the graph is large.
struct SupplierReach: Sendable {
    /// How a company hangs together with the next one, the strongest first.
    enum Relation: Int, Sendable, Comparable, CaseIterable {
        /// Owned by half or more.
        case controlled
        /// Owned, and nobody says by how much.
        case owned
        /// Owned by less than half.
        case shared
        /// A buyer of it.
        case supplied

        static func < (left: Relation, right: Relation) -> Bool { left.rawValue < right.rawValue }

        /// Takes the share in per cent, where it is known.
        init(share: Double?) {
            guard let share else {
                self = .owned
                return
            }
            self = share >= 50 ? .controlled : .shared
        }

        /// How sure it is that what is said of the listed company holds for the one that leads to it.
        var confidence: Finding.Confidence {
            switch self {
            case .controlled: .a
            case .owned: .b
            case .shared, .supplied: .c
            }
        }
    }

    /// A step from a company towards the listed one.
    struct Hop: Sendable {
        /// The next company; nil for the listed one itself.
        let next: Int?
        /// The weakest relation on the whole way; nil for the listed one itself.
        let weakest: Relation?
    }

    /// Whoever owns a company or sells to it, with what is said of that.
    private struct Edge {
        let company: Int
        let relation: Relation
    }

    private let dependents: [[Edge]]

    /// Reads who owns whom and who sells to whom; references to nothing are left out.
    init(_ graph: SupplierGraph) {
        let positions = Dictionary(graph.suppliers.enumerated().map { ($1.id, $0) }) { first, _ in first }
        var dependents: [[Edge]] = Array(repeating: [], count: graph.suppliers.count)
        for (company, supplier) in graph.suppliers.enumerated() {
            for owner in supplier.owners {
                guard let position = positions[owner.id] else { continue }
                dependents[position].append(Edge(company: company, relation: Relation(share: owner.share)))
            }
            for id in supplier.suppliedBy {
                guard let position = positions[id] else { continue }
                dependents[position].append(Edge(company: company, relation: .supplied))
            }
        }
        self.dependents = dependents
    }

    /// The companies that lead to one of `targets`, each on its strongest way, the shortest among equals.
    ///
    /// - Parameter weakest: the weakest relation that is followed. What an owner buys says nothing of what it owns: behind
    ///   a purchase only purchases are followed.
    func companies(leadingTo targets: [Int], by weakest: Relation = .supplied) -> [Int: Hop] {
        var hops: [Int: Hop] = [:]
        var reached: [Int] = []
        for target in targets where hops.updateValue(Hop(next: nil, weakest: nil), forKey: target) == nil {
            reached.append(target)
        }
        for relation in Relation.allCases where relation <= weakest {
            var position = 0
            while position < reached.count {
                let company = reached[position]
                position += 1
                for edge in dependents[company] where hops[edge.company] == nil {
                    guard relation == .supplied ? edge.relation == .supplied : edge.relation <= relation else {
                        continue
                    }
                    hops[edge.company] = Hop(next: company, weakest: relation)
                    reached.append(edge.company)
                }
            }
        }
        return hops
    }
}

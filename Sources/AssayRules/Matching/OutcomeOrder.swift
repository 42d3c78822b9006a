internal import AssayModel

/// The order in which a result lists its outcomes: differences first, then what cannot be told, then the rest; each by
/// class and place.
enum OutcomeOrder {
    static func sorted(_ outcomes: [Outcome]) -> [Outcome] {
        let ranks = outcomes.map(rank)
        let order = outcomes.indices.sorted { left, right in
            ranks[left] == ranks[right] ? precedes(outcomes[left], outcomes[right]) : ranks[left] < ranks[right]
        }
        return order.map { outcomes[$0] }
    }

    private static func rank(_ outcome: Outcome) -> Int {
        outcome.fails ? 0 : outcome.kind == .notVerifiable ? 1 : 2
    }

    private static func precedes(_ left: Outcome, _ right: Outcome) -> Bool {
        if left.componentClass != right.componentClass { return left.componentClass < right.componentClass }
        let places = (left.location ?? "", right.location ?? "")
        if places.0 != places.1 { return places.0 < places.1 }
        return (left.kind.rawValue, left.expected ?? "", left.observed ?? "")
            < (right.kind.rawValue, right.expected ?? "", right.observed ?? "")
    }
}

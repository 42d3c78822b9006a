/// What a device is meant for, as far as laws about suppliers care.
///
/// The words are those of the lists that are loaded, and no others: `us-market`, `us-federal`, `us-defense`, `us-intelligence`, `critical-infrastructure`,
/// `public-safety`, `government-facility`, `national-security`, `eu`.
package struct IntendedUse: Sendable, Hashable {
    /// The uses; empty when nobody said.
    package let uses: Set<String>

    /// Takes uses from profile and operator.
    package init(_ uses: some Sequence<String>) { self.uses = Set(uses.map { $0.lowercased() }) }

    /// The uses that `lists` know; where none of them is, matches are noted as if nobody had said.
    func known(to lists: RuleLists) -> IntendedUse { IntendedUse(uses.intersection(lists.uses)) }

    /// Whether nobody said.
    var isUnstated: Bool { uses.isEmpty }

    /// Whether one of `scope` is meant.
    func meets(_ scope: [String]) -> Bool { scope.contains { uses.contains($0) } }
}

internal import AssayModel

/// The copy of a list of restricted suppliers is older than such a list may be.
package struct OutdatedListRule: Rule {
    /// What the rule is.
    package static let descriptor = RuleDescriptor(
        "supplier/list-outdated", "a copy of a list by which restricted suppliers are found is too old to rely on",
        severity: .medium,
        decides: false,
        matters: "Suppliers that were listed since the copy was made are not found by it.",
        advice: "Import a newer copy: assay-collector lists import FILE, or assay-agent verify --lists DIR.")

    private let lists: RuleLists
    private let use: IntendedUse
    private let today: CalendarDay?

    /// Asks how old the lists are that speak of `use`.
    package init(lists: RuleLists, use: IntendedUse, today: CalendarDay?) {
        self.lists = lists
        self.use = use
        self.today = today
    }

    /// One finding for all lists that are too old.
    package func evaluate(_ context: RuleContext) -> RuleVerdict {
        guard let today else { return .notApplicable }
        let relevant = lists.restrictions.filter { list in
            use.isUnstated || list.entries.contains { use.meets(list.uses(of: $0)) }
        }
        if relevant.isEmpty { return .notApplicable }
        // What tells a supplier counts as much as who is restricted; without a use nothing rests on either.
        let copies = relevant.map { (id: $0.id, date: $0.date) } + (use.isUnstated ? [] : lists.matching)
        let old = copies.filter { RestrictionList.isOutdated($0.date, on: today) }
        guard let oldest = old.min(by: { $0.date < $1.date }) else { return .satisfied }
        var finding = Finding(
            rule: Self.descriptor.id, severity: use.isUnstated ? .info : Self.descriptor.severity,
            title: "\(old.count) of \(copies.count) lists by which restricted suppliers are found are older than "
                + "\(RestrictionList.shelfLife) days",
            source: "FAR 52.204-30: the lists are looked at every three months", advice: Self.descriptor.advice,
            expected: "a copy of \(RestrictionList.shelfLife) days at most",
            observed: "\(oldest.id) of \(oldest.date), \(today.days(since: oldest.date)) days old",
            notes: old.map { "\($0.id) of \($0.date)" })
        finding.category = .outdatedList
        finding.identify(key: old.map { "\($0.id) \($0.date)" })
        return .violated([finding])
    }
}

internal import AssayModel

/// A part, a program or a record names a supplier that a law or a list restricts for what the device is meant for.
package struct RestrictedSupplierRule: Rule {
    /// What the rule is.
    package static let descriptor = RuleDescriptor(
        "supplier/restricted", "a part or a program comes from a supplier that a list restricts", severity: .high,
        advice: "Show the finding to whoever answers for compliance before the unit is used or sold for this purpose; "
            + "lists, scopes and dates stand in the finding.")
    /// Most places that one finding names.
    private static let placeLimit = 8

    private let lists: RuleLists
    private let use: IntendedUse
    private let today: CalendarDay?

    /// Holds devices that are meant for `use` against `lists`; without `today` every entry of a law is in force.
    package init(lists: RuleLists, use: IntendedUse, today: CalendarDay?) {
        self.lists = lists
        self.use = use
        self.today = today
    }

    /// One finding for each entry of a list that the device meets.
    package func evaluate(_ context: RuleContext) -> RuleVerdict {
        let sightings = Dictionary(grouping: Self.sightings(context, lists.suppliers), by: \.match.supplier)
        var findings: [Finding] = []
        for list in lists.restrictions {
            for entry in list.entries where entry.kind == .equipment || entry.kind == .software {
                guard use.isUnstated || use.meets(list.uses(of: entry)) else { continue }
                let seen = entry.suppliers.flatMap { sightings[$0] ?? [] }.filter {
                    $0.isSoftware == (entry.kind == .software)
                }
                if let finding = finding(list, entry, seen, context) { findings.append(finding) }
            }
        }
        return findings.isEmpty ? .satisfied : .violated(findings)
    }

    private func finding(
        _ list: RestrictionList, _ entry: RestrictionList.Entry, _ seen: [Sighting], _ context: RuleContext
    ) -> Finding? {
        let sorted = seen.sorted { ($1.match.confidence, $0.place) < ($0.match.confidence, $1.place) }
        guard let best = sorted.first else { return nil }
        let day = today ?? list.date
        let confidence = entry.needsCounsel ? .c : best.match.confidence
        var finding = Finding(
            rule: Self.descriptor.id, severity: severity(list, entry, confidence, day),
            title: "\(best.place): \(entry.name) stands on \(list.title)", source: list.source,
            advice: Self.descriptor.advice, componentClass: best.componentClass, location: best.location,
            observed: best.match.basis, path: best.path, probe: best.probe, notes: notes(entry, sorted))
        finding.confidence = confidence
        finding.category = .restrictedSupplier
        finding.basis = best.match.basis
        finding.more = sorted.count > Self.placeLimit ? sorted.count - Self.placeLimit : nil
        if let path = best.path {
            finding.reproduction = Finding.Reproduction(
                path: path, value: best.match.basis, expected: "a part of another maker")
        }
        finding.restriction = Finding.Restriction(
            list: list.id, entry: entry.name, status: list.status(of: entry, on: day),
            since: (entry.since ?? list.since).description, copied: list.date.description, scope: list.uses(of: entry),
            isContested: entry.isContested, needsCounsel: entry.needsCounsel)
        finding.identify(device: context.deviceName, key: [list.id, entry.name])
        return finding
    }

    /// A law in force for this use weighs as much as the match is sure; without a stated use it is a note.
    private func severity(
        _ list: RestrictionList, _ entry: RestrictionList.Entry, _ confidence: Finding.Confidence, _ day: CalendarDay
    ) -> Finding.Severity {
        if use.isUnstated { return .info }
        guard list.isInForce(entry, on: day) else { return .low }
        return switch confidence {
        case .a: .high
        case .b: .medium
        case .c: .low
        }
    }

    private func notes(_ entry: RestrictionList.Entry, _ seen: [Sighting]) -> [String] {
        var notes = [entry.note].compactMap(\.self)
        if use.isUnstated {
            notes.append("nobody stated what the device is meant for, so that this decides nothing")
        }
        if entry.needsCounsel { notes.append("whether the entry covers this supplier is a question for counsel") }
        if entry.isContested { notes.append("the listing is contested before a court") }
        return notes + seen.dropFirst().prefix(Self.placeLimit - 1).map { "also \($0.place): \($0.match.basis)" }
    }
}

extension RestrictedSupplierRule {
    /// A supplier, and where it was seen.
    private struct Sighting {
        let match: SupplierIndex.Match
        let place: String
        var componentClass: ComponentClass?
        var location: String?
        var path: String?
        var probe: String?
        var isSoftware = false
    }

    private static func sightings(_ context: RuleContext, _ suppliers: SupplierIndex) -> [Sighting] {
        var found: [Sighting] = []
        for part in context.inventory.components where part.isPresent {
            found += suppliers.matches(part).map { match in
                Sighting(
                    match: match, place: part.place, componentClass: part.componentClass, location: part.location,
                    path: part.evidence.path, probe: part.evidence.probe)
            }
        }
        for package in context.inventory.packages {
            guard let match = suppliers.match(package) else { continue }
            found.append(
                Sighting(
                    match: match, place: match.basis, location: package.purl, path: package.database, isSoftware: true))
        }
        for module in context.inventory.kernel.modules ?? [] {
            guard let match = suppliers.match(module: module.name) else { continue }
            found.append(
                Sighting(match: match, place: match.basis, path: "/proc/modules", isSoftware: true))
        }
        return found + recorded(context, suppliers)
    }

    /// What the as-built record says of makers and suppliers: the factory's own statement.
    private static func recorded(_ context: RuleContext, _ suppliers: SupplierIndex) -> [Sighting] {
        (context.record?.components ?? []).flatMap { built in
            let names = [("recorded supplier", built.supplier), ("recorded maker", built.part.manufacturer)]
            return names.flatMap { basis, name -> [Sighting] in
                guard let name else { return [] }
                return suppliers.matches(name: name, confidence: .a, as: basis).map { match in
                    Sighting(
                        match: match, place: "record of \(built.componentClass.rawValue) \(built.location ?? "")",
                        componentClass: built.componentClass, location: built.location)
                }
            }
        }
    }
}

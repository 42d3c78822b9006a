internal import AssayModel

/// A part, a program or a record names a supplier that a law or a list restricts for what the device is meant for.
package struct RestrictedSupplierRule: Rule {
    /// What the rule is.
    package static let descriptor = RuleDescriptor(
        "supplier/restricted", "a part or a program comes from a supplier that a list restricts", severity: .high,
        matters: "Use or sale with parts of a listed supplier can be unlawful, whatever their quality.",
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
        let sure = seen.map { (sighting: $0, confidence: confidence(of: $0, list, entry)) }
            .sorted { ($1.confidence, $0.sighting.place) < ($0.confidence, $1.sighting.place) }
        guard let best = sure.first?.sighting, let confidence = sure.first?.confidence else { return nil }
        let sorted = sure.map(\.sighting)
        let day = today ?? list.date
        var finding = Finding(
            rule: Self.descriptor.id, severity: list.severity(of: entry, confidence, for: use, on: day),
            title: title(list, entry, best), source: list.source,
            advice: Self.descriptor.advice, componentClass: best.componentClass, location: best.location,
            observed: best.match.basis, path: best.path, probe: best.probe, notes: notes(list, entry, sorted))
        finding.confidence = confidence
        finding.category = .restrictedSupplier
        finding.basis = best.match.basis
        finding.more = sorted.count > Self.placeLimit ? sorted.count - Self.placeLimit : nil
        if let path = best.path {
            finding.reproduction = Finding.Reproduction(
                path: path, value: best.match.basis, expected: "a part of another maker")
        }
        finding.restriction = list.citation(
            of: entry, on: day, needsCounsel: entry.needsCounsel || isOpen(best, list))
        finding.identify(key: [list.id, entry.name])
        return finding
    }

    /// Whether a list that names one company speaks of another one that belongs to it, and the list does not say.
    private func isOpen(_ sighting: Sighting, _ list: RestrictionList) -> Bool {
        sighting.link?.relation != nil && !list.coversAffiliates
    }

    private func confidence(
        of sighting: Sighting, _ list: RestrictionList, _ entry: RestrictionList.Entry
    ) -> Finding.Confidence {
        entry.needsCounsel || isOpen(sighting, list) ? .c : sighting.match.confidence
    }

    private func title(
        _ list: RestrictionList, _ entry: RestrictionList.Entry, _ sighting: Sighting
    ) -> String {
        guard let link = sighting.link else { return "\(sighting.place): \(entry.name) stands on \(list.title)" }
        return "\(sighting.place): \(link.words), who stands on \(list.title) since \(list.since(of: entry))"
    }

    private func notes(
        _ list: RestrictionList, _ entry: RestrictionList.Entry, _ seen: [Sighting]
    ) -> [String] {
        var notes = [entry.note, seen.first?.link.flatMap { note($0, list) }].compactMap(\.self)
        if use.isUnstated {
            notes.append("nobody stated what the device is meant for, so that this decides nothing")
        }
        if entry.needsCounsel { notes.append("whether the entry covers this supplier is a question for counsel") }
        if entry.isContested { notes.append("the listing is contested before a court") }
        if let graph = seen.first?.graph { notes.append("whom the company belongs to says supplier graph \(graph)") }
        return notes + seen.dropFirst().prefix(Self.placeLimit - 1).map { "also \($0.place): \($0.match.basis)" }
    }

    /// What the way from a company to the listed one leaves open.
    private func note(_ link: SupplierDirectory.Link, _ list: RestrictionList) -> String? {
        switch link.relation {
        case nil: nil
        case .supplied: "a supplier buys from it; that says nothing of this very part"
        case _ where !list.coversAffiliates: "whether the list covers who belongs to it is a question for counsel"
        case .controlled: "the list covers who belongs to it, and it owns half or more"
        case .owned: "the list covers who belongs to it; nobody says how large its share is"
        case .shared: "the list covers who belongs to it, but it owns less than half"
        }
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
        /// The way over supplier graphs, where the listed supplier is not named itself.
        var link: SupplierDirectory.Link?
        /// The graph that knows that way.
        var graph: String?
    }

    private static func sightings(_ context: RuleContext, _ suppliers: SupplierIndex) -> [Sighting] {
        var found: [Sighting] = []
        for part in context.inventory.components where part.isPresent {
            found += seen(part, suppliers, context.suppliers)
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

    private static func seen(
        _ part: Component, _ suppliers: SupplierIndex, _ directory: SupplierDirectory
    ) -> [Sighting] {
        func sighting(_ match: SupplierIndex.Match) -> Sighting {
            Sighting(
                match: match, place: part.place, componentClass: part.componentClass, location: part.location,
                path: part.evidence.path, probe: part.evidence.probe)
        }
        let direct = suppliers.matches(part)
        guard let maker = part.manufacturer, !directory.isEmpty else { return direct.map(sighting) }
        let related = linked(
            maker, "manufacturer", part.evidence.access == .virtual ? .c : .b, directory, besides: direct)
        return direct.map(sighting) + related.map { $0.entered(in: sighting($0.match)) }
    }

    /// What the as-built record says of makers and suppliers: the factory's own statement.
    private static func recorded(_ context: RuleContext, _ suppliers: SupplierIndex) -> [Sighting] {
        (context.record?.components ?? []).flatMap { built in
            func sighting(_ match: SupplierIndex.Match) -> Sighting {
                let place = built.location ?? built.designator
                return Sighting(
                    match: match,
                    place: ["record of \(built.componentClass.rawValue)", place].compactMap(\.self)
                        .joined(separator: " "), componentClass: built.componentClass, location: built.location)
            }
            let names = [("recorded supplier", built.supplier), ("recorded maker", built.part.manufacturer)]
            return names.flatMap { basis, name -> [Sighting] in
                guard let name else { return [] }
                let direct = suppliers.matches(name: name, confidence: .a, as: basis)
                let related = linked(name, basis, .a, context.suppliers, besides: direct)
                return direct.map(sighting) + related.map { $0.entered(in: sighting($0.match)) }
            }
        }
    }

    /// A listed supplier behind a company that something names.
    private struct Related {
        let match: SupplierIndex.Match
        let link: SupplierDirectory.Link
        let graph: String

        func entered(in sighting: Sighting) -> Sighting {
            var sighting = sighting
            sighting.link = link
            sighting.graph = graph
            return sighting
        }
    }

    /// Listed suppliers to whom the company behind a name belongs, or who sell to it, but those that the name itself means.
    private static func linked(
        _ name: String, _ basis: String, _ confidence: Finding.Confidence, _ directory: SupplierDirectory,
        besides direct: [SupplierIndex.Match]
    ) -> [Related] {
        let named = Set(direct.map(\.supplier))
        return directory.companies(named: name).flatMap { company in
            directory.links(of: company).filter { !named.contains($0.supplier) }.map { link in
                Related(
                    match: SupplierIndex.Match(
                        supplier: link.supplier, basis: "\(basis) \(name): \(link.words)",
                        confidence: min(confidence, link.confidence)), link: link, graph: directory.graph(of: company))
            }
        }
    }
}

internal import AssayModel

/// One line of a profile that is learned from several units: what each unit has in this place.
struct GoldenLine {
    /// The part of each unit that has one, as a profile of that unit alone would ask for it.
    var seen: [ExpectedComponent]
    /// Number of units that were asked.
    var units: Int

    /// The line that every unit fulfils.
    ///
    /// The make that most units have comes first, the others are alternates. Inside one make, values that differ are
    /// all accepted, and what not every unit states is not asked for.
    func merged() -> (line: ExpectedComponent, variations: [GoldenVariation])? {
        guard var line = seen.first else { return nil }
        var variations: [GoldenVariation] = []
        let makes = self.makes
        for (index, make) in makes.enumerated() {
            let (part, differences) = GoldenPart.merge(make.map(\.part))
            variations += differences.map { variation(line, $0.field, $0.values, $0.treatment) }
            if index == 0 {
                line.part = part
            } else {
                line.alternates.append(ExpectedComponent.Alternate(name: GoldenPart.name(part), part: part))
            }
        }
        if makes.count > 1 {
            var values: [String: Int] = [:]
            for make in makes { values[make.first.map { GoldenPart.name($0.part) } ?? "", default: 0] += make.count }
            variations.append(variation(line, "part", values, "each is an approved alternate"))
        }
        line.access = seen.compactMap(\.access).max { $0.weakness < $1.weakness }
        if seen.count < units {
            line.optional = true
            let values = ["present": seen.count, "absent": units - seen.count]
            variations.append(variation(line, "presence", values, "the part is optional"))
        }
        return (line, variations)
    }

    /// Parts of equal identity together, the most frequent first.
    private var makes: [[ExpectedComponent]] {
        var order: [[String]] = []
        var groups: [[String]: [ExpectedComponent]] = [:]
        for part in seen {
            let identity = GoldenPart.identity(part.part)
            if groups[identity] == nil { order.append(identity) }
            groups[identity, default: []].append(part)
        }
        let ranked = order.enumerated().sorted {
            let counts = (groups[$0.element]?.count ?? 0, groups[$1.element]?.count ?? 0)
            return (counts.1, $0.offset) < (counts.0, $1.offset)
        }
        return ranked.compactMap { groups[$0.element] }
    }

    private func variation(
        _ line: ExpectedComponent, _ field: String, _ values: [String: Int], _ treatment: String
    ) -> GoldenVariation {
        GoldenVariation(
            componentClass: line.componentClass, location: line.slot ?? line.componentClass.rawValue, field: field,
            values: values, treatment: treatment)
    }
}

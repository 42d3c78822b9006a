internal import AssayModel

/// Turns a profile and an as-built record into what is expected of one unit.
struct ExpectationBuilder {
    let profile: HardwareProfile?
    let record: AsBuiltRecord?
    let placeholders: PlaceholderList

    /// Every expected part, firmware included, in the order of the records.
    func build() -> [Expectation] {
        var expectations = profile.map(lines) ?? []
        guard let record else { return expectations }
        let byClass = Dictionary(grouping: record.components.indices) { record.components[$0].componentClass }
        for (componentClass, indices) in byClass.sorted(by: { $0.key < $1.key }) {
            overlay(indices, of: record, componentClass, on: &expectations)
        }
        return expectations
    }

    /// Whether the record says which parts of a class the unit has.
    ///
    /// A record that does not say what it covers covers all parts; firmware is covered only where it is listed.
    func recordCovers(_ componentClass: ComponentClass) -> Bool {
        guard let record else { return false }
        if let covers = record.covers { return covers.contains(componentClass) }
        if record.components.contains(where: { $0.componentClass == componentClass }) { return true }
        return profile == nil && componentClass != .firmware && !LearningPolicy.isLeftOut(componentClass)
    }

    /// What a part that nothing expects leads to.
    ///
    /// What is no part of its own (sockets, connectors, caches …) counts only where a record or a policy speaks of it.
    func reactionToUnexpected(_ componentClass: ComponentClass) -> Reaction {
        if let stated = profile?.policy(for: componentClass).unexpected { return stated }
        if recordCovers(componentClass) { return .fail }
        let isListed = profile?.components.contains { $0.componentClass == componentClass } ?? false
        if LearningPolicy.isLeftOut(componentClass), !isListed { return .ignore }
        return profile == nil ? .notice : .fail
    }

    private func lines(of profile: HardwareProfile) -> [Expectation] {
        var result: [Expectation] = []
        for (index, line) in profile.components.enumerated() {
            let expectation = expectation(line, source: "\(profile.citation) component #\(index + 1)", profile)
            result += Array(repeating: expectation, count: max(0, line.quantity))
        }
        for (index, line) in profile.firmware.enumerated() {
            result.append(expectation(line, source: "\(profile.citation) firmware #\(index + 1)", profile))
        }
        return result
    }

    private func expectation(
        _ line: ExpectedComponent, source: String, _ profile: HardwareProfile
    ) -> Expectation {
        let policy = profile.policy(for: line.componentClass)
        func variant(_ name: String?, _ part: PartDescription) -> Expectation.Variant {
            Expectation.Variant(
                alternate: name,
                fields: part.statements.map { field in
                    let rule = policy.rule(for: field.name) ?? .exact
                    return ExpectedField(name: field.name, accepted: field.accepted, rule: rule, source: source)
                })
        }
        let alternates = line.alternates.enumerated().map { index, alternate in
            variant(alternate.name ?? "alternate #\(index + 1)", alternate.part)
        }
        return Expectation(
            componentClass: line.componentClass, slot: line.slot.map { Pattern($0) }, optional: line.optional,
            variants: [variant(nil, line.part)] + alternates, source: source,
            access: line.access ?? policy.access ?? .reported, name: line.name)
    }

    private func expectation(
        _ line: FirmwareRequirement, source: String, _ profile: HardwareProfile
    ) -> Expectation {
        let policy = profile.policy(for: .firmware)
        var fields: [ExpectedField] = []
        func add(_ name: String, _ accepted: ExpectedField.Accepted) {
            let rule = policy.rule(for: name) ?? .exact
            fields.append(ExpectedField(name: name, accepted: accepted, rule: rule, source: source))
        }
        if let manufacturer = line.manufacturer {
            add("manufacturer", .values([FieldText(manufacturer, form: .words)]))
        }
        if !line.version.isEmpty { add("firmwareVersion", .version(line.version)) }
        if !line.digests.isEmpty {
            add(ExpectedField.anyDigest, .values(line.digests.map { FieldText($0.description, form: .hexadecimal) }))
        }
        return Expectation(
            componentClass: .firmware, slot: Pattern(line.location), optional: line.optional,
            variants: [Expectation.Variant(alternate: nil, fields: fields)], source: source,
            access: line.access ?? policy.access ?? .reported, name: line.name)
    }
}

extension ExpectationBuilder {
    /// Lays the parts of one class over the profile's lines; optional lines that the record leaves empty are dropped.
    private func overlay(
        _ indices: [Int], of record: AsBuiltRecord, _ componentClass: ComponentClass,
        on expectations: inout [Expectation]
    ) {
        let rows = expectations.indices.filter { expectations[$0].componentClass == componentClass }
        let lines = rows.map { expectations[$0] }
        let names = lines.reduce(into: Set<String>()) { $0.formUnion($1.fieldNames) }
        let built = indices.map { index in
            FoundPart(record.components[index].asComponent, fields: names, placeholders: placeholders)
        }
        let match = ClassMatcher(placeholders: placeholders).match(lines, built)
        for pair in match.pairs {
            let index = indices[pair.column]
            lay(
                record.components[index], source: Self.source(of: index, in: record), on: &expectations[rows[pair.row]])
        }
        for column in match.unmatchedColumns {
            let index = indices[column]
            expectations.append(own(record.components[index], source: Self.source(of: index, in: record)))
        }
        if recordCovers(componentClass) {
            let unused = Set(match.unmatchedRows.map { rows[$0] }.filter { expectations[$0].optional })
            expectations = expectations.indices.filter { !unused.contains($0) }.map { expectations[$0] }
        }
    }

    /// The record that states a part, or the delta that brought it in.
    private static func source(of index: Int, in record: AsBuiltRecord) -> String {
        record.components[index].statedBy ?? "\(record.citation) component #\(index + 1)"
    }

    private func lay(_ built: BuiltComponent, source: String, on expectation: inout Expectation) {
        let fields = fields(built, source: source)
        for index in expectation.variants.indices {
            expectation.variants[index].fields = fields + expectation.variants[index].fields
        }
        if let location = built.location { expectation.slot = Pattern(location) }
        expectation.optional = false
        expectation.source = "\(source); \(expectation.source)"
        expectation.notes += built.traceNotes
    }

    private func own(_ built: BuiltComponent, source: String) -> Expectation {
        let policy = profile?.policy(for: built.componentClass)
        return Expectation(
            componentClass: built.componentClass, slot: built.location.map { Pattern($0) }, optional: false,
            variants: [Expectation.Variant(alternate: nil, fields: fields(built, source: source))], source: source,
            access: policy?.access ?? .reported, name: built.designator,
            notes: built.traceNotes + (profile.map { ["\($0.citation) has no line for this part"] } ?? []))
    }

    /// The record's serials are exact whatever the policy says; its firmware is what left the factory, hence the lowest
    /// that may run.
    private func fields(_ built: BuiltComponent, source: String) -> [ExpectedField] {
        let policy = profile?.policy(for: built.componentClass)
        return built.part.statements.map { field in
            let fallback: FieldRule = field.name == "firmwareVersion" ? .minimum : .exact
            let rule = field.name == "serial" ? .exact : policy?.rule(for: field.name) ?? fallback
            return ExpectedField(name: field.name, accepted: field.accepted, rule: rule, source: source)
        }
    }
}

extension PartDescription {
    /// The stated fields in a fixed order.
    var statements: [(name: String, accepted: ExpectedField.Accepted)] {
        var result: [(name: String, accepted: ExpectedField.Accepted)] = []
        func add(_ name: String, _ values: [String]) {
            result.append((name, .values(values.map { FieldText($0, form: .init(of: name)) })))
        }
        if let manufacturer { add("manufacturer", [manufacturer]) }
        if let model { add("model", [model]) }
        if let partNumber { add("partNumber", [partNumber]) }
        if let serial { add("serial", [serial]) }
        if let revision { add("revision", [revision]) }
        if let firmwareVersion, !firmwareVersion.isEmpty {
            result.append(("firmwareVersion", .version(firmwareVersion)))
        }
        for (name, accepted) in ids.sorted(by: { $0.key < $1.key }) { add("ids." + name, accepted.values) }
        for (name, accepted) in digests.sorted(by: { $0.key < $1.key }) { add("digests." + name, accepted.values) }
        for (name, accepted) in properties.sorted(by: { $0.key < $1.key }) {
            add("properties." + name, accepted.values)
        }
        return result
    }
}

extension BuiltComponent {
    /// The part as if it had been found, so that it can be paired with the profile's lines.
    fileprivate var asComponent: Component {
        var component = Component(
            componentClass, at: location ?? "", evidence: Evidence(probe: "record", path: "", access: .reported))
        component.manufacturer = part.manufacturer
        component.model = part.model
        component.partNumber = part.partNumber
        component.serial = part.serial
        component.revision = part.revision
        component.firmwareVersion = part.firmwareVersion?.versions.first
        component.ids = part.ids.compactMapValues(\.values.first)
        component.properties = part.properties.compactMapValues(\.values.first)
        return component
    }

    /// Lot and date code, which no interface shows, for the person who holds the part.
    fileprivate var traceNotes: [String] {
        var notes: [String] = []
        if let lot { notes.append("built from lot \(lot)") }
        if let dateCode { notes.append("date code \(dateCode)") }
        if let supplier { notes.append("supplied by \(supplier)") }
        return notes
    }
}

internal import AssayModel

/// Turns the lines of a profile into expectations.
struct ProfileLines {
    let profile: HardwareProfile
    let rules: ClassRules
    let placeholders: PlaceholderList

    /// The expectations by class, in the order of the profile; a part that is there twice is expected twice.
    func expectations() -> [ComponentClass: [Expectation]] {
        var lines: [ComponentClass: [Expectation]] = [:]
        for (index, line) in profile.components.enumerated() where line.quantity > 0 {
            let expectation = expectation(line, source: "\(profile.citation) component #\(index + 1)")
            lines[line.componentClass, default: []] += Array(repeating: expectation, count: line.quantity)
        }
        for (index, line) in profile.firmware.enumerated() {
            let expectation = expectation(line, source: "\(profile.citation) firmware #\(index + 1)")
            lines[.firmware, default: []].append(expectation)
        }
        return lines
    }

    private func expectation(_ line: ExpectedComponent, source: String) -> Expectation {
        let rules = rules[line.componentClass]
        func variant(_ name: String?, _ part: PartDescription) -> Expectation.Variant {
            let fields = part.fields(source: source, placeholders: placeholders) { rules.rule(for: $0) ?? .exact }
            return Expectation.Variant(alternate: name, fields: fields)
        }
        let alternates = line.alternates.enumerated().map { index, alternate in
            variant(alternate.name ?? "alternate #\(index + 1)", alternate.part)
        }
        return Expectation(
            componentClass: line.componentClass, slot: line.slot.map { Pattern($0) }, optional: line.optional,
            variants: [variant(nil, line.part)] + alternates, source: source,
            access: line.access ?? profile.policy(for: line.componentClass).access ?? .reported, name: line.name)
    }

    private func expectation(_ line: FirmwareRequirement, source: String) -> Expectation {
        let rules = rules[.firmware]
        var fields: [ExpectedField] = []
        func add(_ name: FieldName, _ accepted: ExpectedField.Accepted) {
            let rule = rules.rule(for: name) ?? .exact
            fields.append(
                ExpectedField(name: name, accepted: accepted, rule: rule, source: source, placeholders: placeholders))
        }
        if let manufacturer = line.manufacturer {
            add(.manufacturer, .values([FieldText(manufacturer, form: .words)]))
        }
        if !line.version.isEmpty { add(.firmwareVersion, .version(line.version)) }
        if !line.digests.isEmpty {
            add(.anyDigest, .values(line.digests.map { FieldText($0.description, form: .hexadecimal) }))
        }
        return Expectation(
            componentClass: .firmware, slot: Pattern(line.location), optional: line.optional,
            variants: [Expectation.Variant(alternate: nil, fields: fields)], source: source,
            access: line.access ?? profile.policy(for: .firmware).access ?? .reported, name: line.name)
    }
}

extension PartDescription {
    /// The stated fields in a fixed order, each under the rule that `rule` gives.
    func fields(
        source: String, placeholders: PlaceholderList, rule: (FieldName) -> FieldRule
    ) -> [ExpectedField] {
        var fields: [ExpectedField] = []
        func add(_ name: FieldName, _ accepted: ExpectedField.Accepted) {
            fields.append(
                ExpectedField(
                    name: name, accepted: accepted, rule: rule(name), source: source, placeholders: placeholders))
        }
        func add(_ name: FieldName, _ text: String?) {
            if let text { add(name, .values([FieldText(text, form: name.form)])) }
        }
        func add(_ map: [String: AcceptedValues], _ name: (String) -> FieldName) {
            for (key, accepted) in map.sorted(by: { $0.key < $1.key }) {
                let name = name(key)
                add(name, .values(accepted.values.map { FieldText($0, form: name.form) }))
            }
        }
        add(.manufacturer, manufacturer)
        add(.model, model)
        add(.partNumber, partNumber)
        add(.serial, serial)
        add(.revision, revision)
        if let firmwareVersion, !firmwareVersion.isEmpty { add(.firmwareVersion, .version(firmwareVersion)) }
        add(ids) { .id($0) }
        add(digests) { .digest($0) }
        add(properties) { .property($0) }
        return fields
    }
}

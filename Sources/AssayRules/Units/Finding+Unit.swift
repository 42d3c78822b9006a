package import AssayModel

extension Finding {
    /// A finding about a form, made one about a unit of it: with the unit's own values, and bound to its device.
    package func bound(to device: String, with values: UnitValues) -> Finding {
        bound(to: device, with: values.standIns)
    }

    fileprivate func bound(to device: String, with standIns: StandIns) -> Finding {
        var finding = self
        finding.replaceTexts { standIns.restored($0) }
        finding.bind(to: device)
        return finding
    }

    private mutating func replaceTexts(_ replace: (String) -> String) {
        title = replace(title)
        location = location.map(replace)
        expected = expected.map(replace)
        observed = observed.map(replace)
        source = replace(source)
        path = path.map(replace)
        advice = replace(advice)
        notes = notes.map(replace)
        basis = basis.map(replace)
        fields = fields.map { field in
            FieldDifference(
                name: field.name, expected: field.expected.map(replace), observed: field.observed.map(replace),
                note: field.note.map(replace))
        }
        reproduction = reproduction.map {
            Finding.Reproduction(path: replace($0.path), value: replace($0.value), expected: replace($0.expected))
        }
        name = name.map { LocalName(key: $0.key.map(replace), instance: $0.instance.map(replace)) }
    }
}

extension VerifyResult {
    /// A result about a form as the result of a unit of it.
    ///
    /// Outcomes keep their stand-ins: they are counted, and no text of them leaves the collector.
    package func bound(to device: String, with values: UnitValues?) -> VerifyResult {
        var result = self
        let standIns = (values ?? UnitValues(of: [], placeholders: .standard)).standIns
        result.findings = findings.map { $0.bound(to: device, with: standIns) }.sorted(by: Finding.precedes)
        result.reasons = reasons.map { standIns.restored($0) }
        return result
    }
}

extension Finding {
    /// The gravest first, then by rule and place.
    static func precedes(_ left: Finding, _ right: Finding) -> Bool {
        (right.severity, left.rule, left.location ?? "", left.id) < (
            left.severity, right.rule, right.location ?? "", right.id
        )
    }
}

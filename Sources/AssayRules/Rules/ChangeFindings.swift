internal import AssayModel

/// Collects what changed since the last report; long lists are cut and the rest is counted.
struct ChangeFindings {
    /// Most findings of one rule for one report.
    static let limit = 200

    let descriptor: RuleDescriptor
    private(set) var findings: [Finding] = []
    private var more = 0

    init(_ descriptor: RuleDescriptor) { self.descriptor = descriptor }

    /// What a change is about.
    struct Subject {
        var componentClass: ComponentClass?
        var location: String
        var path: String?
        var probe: String?
    }

    /// Adds one change.
    mutating func add(
        _ title: String, _ subject: Subject, from old: String?, to new: String?, fields: [FieldDifference] = [],
        severity: Finding.Severity? = nil
    ) {
        guard findings.count < Self.limit else {
            more += 1
            return
        }
        var finding = Finding(
            rule: descriptor.id, severity: severity ?? descriptor.severity, title: title, source: "previous report",
            advice: descriptor.advice, componentClass: subject.componentClass, location: subject.location,
            expected: old,
            observed: new, fields: fields, path: subject.path, probe: subject.probe)
        finding.identify(
            key: [subject.componentClass?.rawValue ?? "", subject.location, old ?? "", new ?? ""])
        findings.append(finding)
    }

    /// The rule's answer.
    var verdict: RuleVerdict {
        if findings.isEmpty { return .satisfied }
        var listed = findings
        if more > 0 {
            listed[listed.count - 1].more = more
            listed[listed.count - 1].notes.append("\(more) more of this kind are not listed")
        }
        return .violated(listed)
    }
}

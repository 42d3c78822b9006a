internal import AssayModel

/// The versions that a field accepts, brought once to the form in which they are compared.
struct AcceptedVersions: Sendable {
    /// What is accepted, in the words of the record.
    let requirement: VersionRequirement
    private let listed: [FieldText]

    /// Takes what a record states; under the rule `minimum` the lowest listed version is the lowest allowed one.
    init(_ stated: VersionRequirement, rule: FieldRule) {
        listed = stated.versions.map { FieldText($0, form: .words) }
        requirement = rule == .minimum ? Self.minimum(of: stated) : stated
    }

    private static func minimum(of stated: VersionRequirement) -> VersionRequirement {
        guard stated.minimum == nil, let first = stated.versions.first else { return stated }
        let lowest = stated.versions.dropFirst().reduce(first) { low, next in
            VersionOrder.compare(next, low) == .lower ? next : low
        }
        return VersionRequirement(minimum: lowest, maximum: stated.maximum)
    }

    /// Compares with a version that was found.
    func agreement(with found: String) -> ExpectedField.Agreement {
        if let first = listed.first {
            if first.raw == found { return .equal(nil) }
            let folded = FieldText(found, form: .words)
            if let same = listed.first(where: { $0.equals(folded) }) { return .equal(same.note(against: folded)) }
        }
        if requirement.minimum == nil && requirement.maximum == nil { return .differs(nil) }
        if let low = requirement.minimum {
            guard let order = VersionOrder.compare(found, low) else { return .unreadable(.noCommonOrder(found, low)) }
            if order == .lower { return .differs(.lower(than: low)) }
        }
        if let high = requirement.maximum {
            guard let order = VersionOrder.compare(found, high) else { return .unreadable(.noCommonOrder(found, high)) }
            if order == .higher { return .differs(.higher(than: high)) }
        }
        return .equal(found == requirement.minimum ? nil : .inside(requirement))
    }
}

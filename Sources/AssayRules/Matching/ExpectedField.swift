internal import AssayModel

/// One field that an expectation states, and how it is compared.
///
/// An object, since the units of a model and the alternates of a part share what is stated of them.
final class ExpectedField: Sendable {
    /// What is accepted.
    enum Accepted: Sendable {
        case values([FieldText])
        case version(VersionRequirement)
    }

    /// What it means that the part does not show the field.
    enum Absence {
        /// Whether it agrees stays open.
        case leavesOpen
        /// Nothing: most interfaces have no such field.
        case saysNothing
        /// Nothing, but it is worth a note that nobody compared.
        case isNoted
    }

    /// How a found value stands to the field.
    enum Agreement: Equatable {
        /// They agree; the reason names a normalisation.
        case equal(Reason?)
        /// They differ; the reason says what makes it so where the values do not.
        case differs(Reason?)
        /// They differ and the rule says that this is worth a note only.
        case noticed
        /// The part does not show the field, or shows a placeholder.
        case unreadable(Reason)
        /// The expectation itself is a placeholder, or the rule ignores the field.
        case unconstrained(Reason?)
    }

    let name: FieldName
    let rule: FieldRule
    /// Record that states the field.
    let source: String
    /// The accepted texts, the preferred one first; those of a version requirement are compared as versions.
    let values: [FieldText]
    /// The first value or version that is accepted.
    let preferred: String?
    private let absence: Absence
    private let versions: AcceptedVersions?
    private let isVersion: Bool
    /// Whether the field is a serial that says nothing.
    private let isPlaceholder: Bool

    init(
        name: FieldName, accepted: Accepted, rule: FieldRule, source: String, placeholders: PlaceholderList,
        absence: Absence = .leavesOpen
    ) {
        self.name = name
        self.absence = absence
        self.rule = rule
        self.source = source
        switch accepted {
        case .version(let requirement):
            values = []
            preferred = requirement.versions.first
            versions = AcceptedVersions(requirement, rule: rule)
            isVersion = true
            isPlaceholder = false
        case .values(let texts):
            values = texts
            preferred = texts.first?.raw
            versions =
                rule == .minimum ? AcceptedVersions(VersionRequirement(versions: texts.map(\.raw)), rule: rule) : nil
            isVersion = false
            isPlaceholder = name == .serial && texts.allSatisfy { placeholders.contains($0.raw) }
        }
    }

    /// What is expected, in words.
    var expectation: String {
        if isVersion, let versions { return versions.requirement.description }
        return values.count == 1 ? values[0].raw : values.map(\.raw).joined(separator: " or ")
    }

    /// Compares with what was found.
    func agreement(with part: FoundPart, placeholders: PlaceholderList) -> Agreement {
        if rule == .ignore { return .unconstrained(nil) }
        if name == .anyDigest { return anyDigestAgreement(part) }
        if isPlaceholder { return .unconstrained("the record's serial is a placeholder: serial not attestable") }
        guard let found = part.value(of: name) else { return unshown }
        let agreement = compare(found, of: part, placeholders)
        if rule == .notice, case .differs = agreement { return .noticed }
        return agreement
    }

    private var unshown: Agreement {
        switch absence {
        case .leavesOpen: .unreadable("the part does not show this field")
        case .saysNothing: .unconstrained(nil)
        case .isNoted: .unconstrained("the part does not show this field, which was not compared")
        }
    }

    private func anyDigestAgreement(_ part: FoundPart) -> Agreement {
        if isVersion { return .unconstrained(nil) }
        let found = part.digests
        if found.isEmpty { return .unreadable("the image could not be hashed") }
        if found.contains(where: { digest in values.contains { $0.raw == digest } }) { return .equal(nil) }
        return rule == .notice ? .noticed : .differs("none of the part's digests is allowed")
    }

    private func compare(_ found: String, of part: FoundPart, _ placeholders: PlaceholderList) -> Agreement {
        if !isVersion, name == .serial, part.serialKey == nil {
            return .unreadable("the part shows a placeholder: serial not attestable")
        }
        if let versions { return versions.agreement(with: found) }
        if values.first?.raw == found { return .equal(nil) }
        let text = part.text(of: name, found)
        if let value = values.first(where: { $0.equals(text) }) { return .equal(value.note(against: text)) }
        if part.isPlaceholder(name, found), values.contains(where: { placeholders.contains($0.raw) }) {
            return .equal("both are placeholders")
        }
        return .differs(nil)
    }
}

extension ExpectedField {
    /// Why a comparison came out as it did; put into words only where somebody reads them.
    enum Reason: Equatable, ExpressibleByStringLiteral {
        case words(String)
        case inside(VersionRequirement)
        case lower(than: String)
        case higher(than: String)
        case noCommonOrder(String, String)

        init(stringLiteral value: String) { self = .words(value) }

        /// The reason for a person.
        var text: String {
            switch self {
            case .words(let words): words
            case .inside(let requirement): "inside \(requirement.description)"
            case .lower(let version): "lower than \(version)"
            case .higher(let version): "higher than \(version)"
            case .noCommonOrder(let one, let other): "\(one) and \(other) have no common order"
            }
        }
    }
}

extension FieldText {
    /// The normalisation that makes two texts equal as a reason.
    func note(against other: FieldText) -> ExpectedField.Reason? {
        normalisation(against: other).map { .words($0) }
    }
}

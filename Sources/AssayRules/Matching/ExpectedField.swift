internal import AssayModel

/// One field that an expectation states, and how it is compared.
struct ExpectedField {
    /// What is accepted.
    enum Accepted {
        case values([FieldText])
        case version(VersionRequirement)
    }

    /// How a found value stands to the field.
    enum Agreement: Equatable {
        /// They agree; the note names a normalisation.
        case equal(note: String?)
        /// They differ; the note says what makes it so where the values do not.
        case differs(note: String?)
        /// They differ and the rule says that this is worth a note only.
        case noticed
        /// The part does not show the field, or shows a placeholder.
        case unreadable(note: String)
        /// The expectation itself is a placeholder, or the rule ignores the field.
        case unconstrained(note: String?)
    }

    /// Name of a field that any digest of the part may fulfil.
    static let anyDigest = "digests.*"

    let name: String
    let accepted: Accepted
    let rule: FieldRule
    /// Record that states the field.
    let source: String

    /// What is expected, in words.
    var expectation: String {
        switch accepted {
        case .values(let values): values.map(\.raw).joined(separator: " or ")
        case .version(let version): rule == .minimum ? minimum(of: version).description : version.description
        }
    }

    /// Compares with what was found.
    func agreement(with part: FoundPart, placeholders: PlaceholderList) -> Agreement {
        if rule == .ignore { return .unconstrained(note: nil) }
        if name == Self.anyDigest { return anyDigestAgreement(part) }
        if name == "serial", case .values(let values) = accepted, values.allSatisfy({ placeholders.contains($0.raw) }) {
            return .unconstrained(note: "the record's serial is a placeholder: serial not attestable")
        }
        guard let found = part[name] else { return .unreadable(note: "the part does not show this field") }
        let agreement = compare(found, placeholders)
        if rule == .notice, case .differs = agreement { return .noticed }
        return agreement
    }

    private func anyDigestAgreement(_ part: FoundPart) -> Agreement {
        guard case .values(let values) = accepted else { return .unconstrained(note: nil) }
        let found = part.component.digests.values
        if found.isEmpty { return .unreadable(note: "the image could not be hashed") }
        let listed = found.contains { digest in values.contains { $0.raw == digest.description } }
        if listed { return .equal(note: nil) }
        return rule == .notice ? .noticed : .differs(note: "none of the part's digests is allowed")
    }

    private func compare(_ found: FieldText, _ placeholders: PlaceholderList) -> Agreement {
        switch accepted {
        case .version(let version): return compare(found.raw, version)
        case .values(let values):
            if name == "serial", placeholders.contains(found.raw) {
                return .unreadable(note: "the part shows a placeholder: serial not attestable")
            }
            if rule == .minimum {
                return compare(found.raw, VersionRequirement(versions: values.map(\.raw)))
            }
            if let value = values.first(where: { $0.equals(found) }) {
                return .equal(note: value.normalisation(against: found))
            }
            if placeholders.contains(found.raw), values.contains(where: { placeholders.contains($0.raw) }) {
                return .equal(note: "both are placeholders")
            }
            return .differs(note: nil)
        }
    }

    private func compare(_ found: String, _ version: VersionRequirement) -> Agreement {
        let folded = FieldText(found, form: .words)
        let listed = version.versions.lazy.map { FieldText($0, form: .words) }
        if let same = listed.first(where: { $0.equals(folded) }) {
            return .equal(note: same.normalisation(against: folded))
        }
        let range = rule == .minimum ? minimum(of: version) : version
        guard range.minimum != nil || range.maximum != nil else { return .differs(note: nil) }
        if let low = range.minimum {
            guard let order = VersionOrder.compare(found, low) else {
                return .unreadable(note: "\(found) and \(low) have no common order")
            }
            if order == .lower { return .differs(note: "lower than \(low)") }
        }
        if let high = range.maximum {
            guard let order = VersionOrder.compare(found, high) else {
                return .unreadable(note: "\(found) and \(high) have no common order")
            }
            if order == .higher { return .differs(note: "higher than \(high)") }
        }
        return .equal(note: found == range.minimum ? nil : "inside \(range.description)")
    }

    /// Under the rule `minimum` the lowest listed version is the lowest allowed one.
    private func minimum(of version: VersionRequirement) -> VersionRequirement {
        if version.minimum != nil || version.versions.isEmpty { return version }
        let lowest = version.versions.dropFirst().reduce(version.versions[0]) { low, next in
            VersionOrder.compare(next, low) == .lower ? next : low
        }
        return VersionRequirement(minimum: lowest, maximum: version.maximum)
    }

    /// How much a difference in the field speaks against the pair.
    var weight: Int64 {
        switch name {
        case "model", "partNumber", "ids.vendor", "ids.device", "ids.product": 4000
        case "manufacturer": 2000
        case "serial": 3000
        case "revision": 200
        case "firmwareVersion": 50
        default: name.hasPrefix("ids.") ? 1000 : 100
        }
    }

    /// Whether the field says what the part is, as opposed to which one it is or in which state.
    var isIdentity: Bool {
        switch name {
        case "manufacturer", "model", "partNumber", "ids.vendor", "ids.device", "ids.product": true
        default: false
        }
    }
}

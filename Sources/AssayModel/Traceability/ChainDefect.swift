/// Something that is wrong with the chain of a record and its deltas; each defect stands alone.
public struct ChainDefect: Sendable, Hashable, Codable {
    /// What is wrong.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The delta amends a record or delta that is not here: a link is missing.
        case missingLink = "missing-link"
        /// The delta is older than what it amends.
        case dateOrder = "date-order"
        /// A date is none.
        case invalidDate = "invalid-date"
        /// The delta speaks of another unit; its changes are left out.
        case otherUnit = "other-unit"
        /// Deltas amend each other in a circle.
        case cycle
        /// One delta is there twice; it counts once.
        case repeatedLink = "repeated-link"
        /// A part is added that is there already.
        case addedPresent = "added-present"
        /// A part is added to a place that another one holds.
        case placeTaken = "place-taken"
        /// A part is removed that is not there.
        case removedAbsent = "removed-absent"
        /// A part is modified that is not there.
        case modifiedAbsent = "modified-absent"
        /// Several different parts fit a change; the first was taken.
        case ambiguous
        /// There are more deltas than are followed; those beyond the limit are left out.
        case tooManyLinks = "too-many-links"
        /// Another record of the same unit says something else.
        case contradictingRecord = "contradicting-record"
        /// The source of the record says something else elsewhere.
        case contradictsItself = "contradicts-itself"
        /// The certificate does not hold at the time of the check.
        case outsideValidity = "outside-validity"
        /// The signature was not checked, since no trusted issuer was named.
        case signatureUnchecked = "signature-unchecked"
        /// The signature is over a hash that is known to be broken.
        case weakSignature = "weak-signature"
    }

    /// What is wrong.
    public var kind: Kind
    /// Record or delta that the defect lies in, as findings cite it.
    public var link: String
    /// Part that a change speaks of.
    public var part: String?
    /// What would be right.
    public var expected: String?
    /// What stands there.
    public var observed: String?

    /// Describes a defect.
    public init(
        _ kind: Kind, in link: String, part: String? = nil, expected: String? = nil, observed: String? = nil
    ) {
        self.kind = kind
        self.link = link
        self.part = part
        self.expected = expected
        self.observed = observed
    }

    /// The defect in one line for a person.
    public var summary: String {
        switch kind {
        case .missingLink: "amends a record that is not here"
        case .dateOrder: "is older than what it amends"
        case .invalidDate: "has a date that is none"
        case .otherUnit: "speaks of another unit"
        case .cycle: "stands in a circle of deltas that amend each other"
        case .repeatedLink: "is there twice"
        case .addedPresent: "adds a part that is there already"
        case .placeTaken: "adds a part to a place that another one holds"
        case .removedAbsent: "removes a part that is not there"
        case .modifiedAbsent: "modifies a part that is not there"
        case .ambiguous: "changes a part of which several different ones are there"
        case .tooManyLinks: "has more deltas than are followed; the others are left out"
        case .contradictingRecord: "is contradicted by another record of the same unit"
        case .contradictsItself: "comes from a source that says something else elsewhere"
        case .outsideValidity: "rests on a certificate that does not hold now"
        case .signatureUnchecked: "rests on a certificate whose signature was not checked"
        case .weakSignature: "rests on a certificate whose signature can be forged"
        }
    }

    /// Whether the defect is worth a note only: nothing contradicts the record.
    public var isNotice: Bool { [.signatureUnchecked, .weakSignature, .repeatedLink].contains(kind) }
}

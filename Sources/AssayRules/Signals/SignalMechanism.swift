internal import AssayModel

/// One way in which a field can give a part away; what is compared stands in the data, not here.
protocol SignalMechanism: Sendable {
    /// Looks at a part to which the signal applies.
    func judge(_ subject: SignalSubject, _ placeholders: PlaceholderList) -> SignalAnswer
}

/// What a mechanism makes of a part.
enum SignalAnswer: Sendable, Hashable {
    /// The part is as it should be.
    case fits
    /// It is not: the field that shows it, what stands there, and what should.
    case differs(field: String, observed: String, expected: String)
    /// The fields that would tell were not read.
    case unknown
}

/// The closed set of mechanisms, as the data names them.
package struct SignalCheck: Sendable, Decodable {
    /// Names of the mechanisms.
    enum Kind: String, Decodable, CaseIterable {
        case forbidden, required
        case knownCombination = "known-combination"
        case date
        case capacityInName = "capacity-in-name"
        case equalNumbers = "equal-numbers"
        case equalTexts = "equal-texts"
        case luhn
        case derivedAddress = "derived-address"
        case changed
        case appeared
    }

    let mechanism: any SignalMechanism

    private enum CodingKeys: String, CodingKey { case mechanism }

    /// Reads the mechanism that the data names.
    package init(from decoder: any Decoder) throws {
        let kind = try decoder.container(keyedBy: CodingKeys.self).decode(Kind.self, forKey: .mechanism)
        mechanism =
            switch kind {
            case .forbidden: try ForbiddenValues(from: decoder)
            case .required: try RequiredValues(from: decoder)
            case .knownCombination: try KnownCombination(from: decoder)
            case .date: try PlausibleDate(from: decoder)
            case .capacityInName: try CapacityInName(from: decoder)
            case .equalNumbers: try EqualNumbers(from: decoder)
            case .equalTexts: try EqualTexts(from: decoder)
            case .luhn: try LuhnDigit(from: decoder)
            case .derivedAddress: try DerivedAddress(from: decoder)
            case .changed: try ChangedField(from: decoder)
            case .appeared: try AppearedPart(from: decoder)
            }
    }
}

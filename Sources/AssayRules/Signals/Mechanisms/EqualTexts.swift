internal import AssayModel

/// Two fields that name the same thing; a placeholder names nothing.
struct EqualTexts: SignalMechanism, Decodable {
    let field: SignalField
    let other: SignalField

    private enum CodingKeys: String, CodingKey, CaseIterable { case mechanism, field, other }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        field = try values.decode(SignalField.self, forKey: .field)
        other = try values.decode(SignalField.self, forKey: .other)
    }

    func judge(_ subject: SignalSubject, _ placeholders: PlaceholderList) -> SignalAnswer {
        guard let left = subject.text(field), let right = subject.text(other), !placeholders.contains(left),
            !placeholders.contains(right)
        else { return .unknown }
        let (one, two) = (WordText(left), WordText(right))
        if one.contains(two) || two.contains(one) { return .fits }
        return .differs(field: field.description, observed: left, expected: "\(right), as \(other) says")
    }
}

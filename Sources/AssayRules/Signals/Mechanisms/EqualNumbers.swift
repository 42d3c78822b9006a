internal import AssayModel

/// Two fields that state the same quantity.
struct EqualNumbers: SignalMechanism, Decodable {
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
        guard let left = subject.text(field), let right = subject.text(other),
            let one = SignalNumber.value(left, field), let two = SignalNumber.value(right, other), one > 0, two > 0
        else { return .unknown }
        if one == two { return .fits }
        return .differs(field: field.description, observed: left, expected: "\(right), as \(other) says")
    }
}

internal import AssayModel

/// A field that stays the same over the life of a part, against the report before.
struct ChangedField: SignalMechanism, Decodable {
    let field: SignalField

    private enum CodingKeys: String, CodingKey, CaseIterable { case mechanism, field }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        field = try decoder.container(keyedBy: CodingKeys.self).decode(SignalField.self, forKey: .field)
    }

    func judge(_ subject: SignalSubject, _ placeholders: PlaceholderList) -> SignalAnswer {
        guard let former = subject.former, let then = SignalSubject(former).text(field), let now = subject.text(field)
        else { return .unknown }
        if then == now { return .fits }
        return .differs(field: field.description, observed: now, expected: "\(then), as in the report before")
    }
}

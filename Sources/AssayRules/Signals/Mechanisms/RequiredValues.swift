internal import AssayModel

/// What every genuine part of this kind shows: the signal is there when a statement is false.
struct RequiredValues: SignalMechanism, Decodable {
    let conditions: [SignalCondition]

    private enum CodingKeys: String, CodingKey, CaseIterable { case mechanism, conditions }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        conditions = try values.decode([SignalCondition].self, forKey: .conditions)
        guard !conditions.isEmpty else {
            throw DecodingError.dataCorruptedError(
                forKey: .conditions, in: values, debugDescription: "an empty list asks nothing")
        }
    }

    func judge(_ subject: SignalSubject, _ placeholders: PlaceholderList) -> SignalAnswer {
        var isKnown = true
        for condition in conditions {
            switch condition.holds(for: subject, placeholders) {
            case true: continue
            case nil: isKnown = false
            case false:
                return .differs(
                    field: condition.field.description, observed: subject.text(condition.field) ?? "absent",
                    expected: condition.words)
            }
        }
        return isKnown ? .fits : .unknown
    }
}

internal import AssayModel

/// A combination of values that no genuine part shows: the signal is there when every statement is true.
struct ForbiddenValues: SignalMechanism, Decodable {
    let conditions: [SignalCondition]
    let expected: String

    private enum CodingKeys: String, CodingKey, CaseIterable { case mechanism, conditions, expected }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        conditions = try values.decode([SignalCondition].self, forKey: .conditions)
        expected = try values.decode(String.self, forKey: .expected)
        guard !conditions.isEmpty else {
            throw DecodingError.dataCorruptedError(
                forKey: .conditions, in: values, debugDescription: "an empty list says nothing")
        }
    }

    func judge(_ subject: SignalSubject, _ placeholders: PlaceholderList) -> SignalAnswer {
        switch conditions.allHold(for: subject, placeholders) {
        case nil: .unknown
        case false: .fits
        case true:
            .differs(
                field: conditions[0].field.description, observed: conditions.observed(in: subject), expected: expected)
        }
    }
}

extension [SignalCondition] {
    /// What stands in the fields, each once, in the order of the conditions.
    func observed(in subject: SignalSubject) -> String {
        var seen: Set<String> = []
        return compactMap { condition in
            let name = condition.field.description
            guard seen.insert(name).inserted else { return nil }
            return "\(name) \(subject.text(condition.field) ?? "absent")"
        }.joined(separator: ", ")
    }
}

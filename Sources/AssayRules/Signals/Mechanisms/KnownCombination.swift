internal import AssayModel

/// A table of the combinations that a maker shipped: the signal is there when no row is true of the part.
///
/// A row whose fields were not read leaves the question open.
struct KnownCombination: SignalMechanism, Decodable {
    let rows: [Row]
    let expected: String

    /// One combination and what it stands for.
    struct Row: Sendable, Decodable {
        let name: String
        let conditions: [SignalCondition]

        private enum CodingKeys: String, CodingKey, CaseIterable { case name, conditions }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            name = try values.decode(String.self, forKey: .name)
            conditions = try values.decode([SignalCondition].self, forKey: .conditions)
        }
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case mechanism, rows, expected }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        rows = try values.decode([Row].self, forKey: .rows)
        expected = try values.decode(String.self, forKey: .expected)
        guard !rows.isEmpty, rows.allSatisfy({ !$0.conditions.isEmpty }) else {
            throw DecodingError.dataCorruptedError(
                forKey: .rows, in: values, debugDescription: "a table without rows or conditions says nothing")
        }
    }

    func judge(_ subject: SignalSubject, _ placeholders: PlaceholderList) -> SignalAnswer {
        let answers = rows.map { $0.conditions.allHold(for: subject, placeholders) }
        if answers.contains(true) { return .fits }
        if answers.contains(nil) { return .unknown }
        let all = rows.flatMap(\.conditions)
        return .differs(
            field: rows[0].conditions[0].field.description, observed: all.observed(in: subject), expected: expected)
    }
}

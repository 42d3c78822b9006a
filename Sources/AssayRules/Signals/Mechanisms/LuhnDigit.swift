internal import AssayModel

/// A number of digits whose last one checks the others (ISO/IEC 7812-1, annex B; for an IMEI 3GPP TS 23.003, annex B).
struct LuhnDigit: SignalMechanism, Decodable {
    let field: SignalField
    let length: Int

    private enum CodingKeys: String, CodingKey, CaseIterable { case mechanism, field, length }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        field = try values.decode(SignalField.self, forKey: .field)
        length = try values.decode(Int.self, forKey: .length)
    }

    func judge(_ subject: SignalSubject, _ placeholders: PlaceholderList) -> SignalAnswer {
        guard let text = subject.text(field), text.utf8.count == length,
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return .unknown }
        if Self.isValid(text) { return .fits }
        return .differs(field: field.description, observed: text, expected: "a number whose last digit fits the others")
    }

    private static func isValid(_ text: String) -> Bool {
        var sum = 0
        for (position, byte) in text.utf8.reversed().enumerated() {
            let digit = Int(byte) - 0x30
            let weighed = position.isMultiple(of: 2) ? digit : digit * 2
            sum += weighed > 9 ? weighed - 9 : weighed
        }
        return sum.isMultiple(of: 10)
    }
}

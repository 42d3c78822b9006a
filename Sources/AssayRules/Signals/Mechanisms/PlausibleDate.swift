internal import AssayModel

/// A date of manufacture that can be: not before such parts existed, and not after today.
struct PlausibleDate: SignalMechanism, Decodable {
    let field: SignalField
    let notBefore: CalendarDay
    /// Days by which clocks and calendars of makers may be ahead.
    let tolerance: Int

    private enum CodingKeys: String, CodingKey, CaseIterable { case mechanism, field, notBefore, tolerance }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        field = try values.decode(SignalField.self, forKey: .field)
        notBefore = try values.decode(CalendarDay.self, forKey: .notBefore)
        tolerance = try values.decodeIfPresent(Int.self, forKey: .tolerance) ?? 0
    }

    func judge(_ subject: SignalSubject, _ placeholders: PlaceholderList) -> SignalAnswer {
        guard let text = subject.text(field), let day = CalendarDay(text) else { return .unknown }
        if day < notBefore {
            return .differs(field: field.description, observed: text, expected: "not before \(notBefore)")
        }
        guard let today = subject.today else { return .unknown }
        guard day.days(since: today) <= tolerance else {
            return .differs(field: field.description, observed: text, expected: "not after \(today)")
        }
        return .fits
    }
}

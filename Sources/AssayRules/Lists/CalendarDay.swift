/// A day of the proleptic Gregorian calendar, handed in wherever a rule needs to know how late it is.
package struct CalendarDay: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Days since 1970-01-01.
    package let number: Int

    /// Counts days from 1970-01-01.
    package init(number: Int) { self.number = number }

    /// Takes the day of a moment in seconds since 1970-01-01 00:00 UTC.
    package init(secondsSince1970 seconds: Int64) {
        let day = seconds / 86_400 - (seconds % 86_400 < 0 ? 1 : 0)
        number = Int(clamping: day)
    }

    /// Reads the ISO 8601 forms `2026`, `2026-11`, `2026-W14` and `2026-11-24`, and SMBIOS's `11/24/2026` (DSP0134, 7.1);
    /// the first day of what is named.
    package init?(_ text: some StringProtocol) {
        let american = text.split(separator: "/", omittingEmptySubsequences: false)
        let form = american.count == 3 ? "\(american[2])-\(american[0])-\(american[1])" : String(text)
        guard let number = Self.number(of: form) else { return nil }
        self.init(number: number)
        // The 30th of February is a day of March.
        guard form.utf8.count < 10 || description == form else { return nil }
    }

    private static func number(of text: String) -> Int? {
        let fields = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(fields.count), fields[0].utf8.count == 4, let year = digits(fields[0]) else {
            return nil
        }
        if fields.count == 2, fields[1].first == "W" {
            guard let week = digits(fields[1].dropFirst()), (1...53).contains(week) else { return nil }
            // Week 1 holds the fourth of January, and weeks begin on Monday (ISO 8601, 2.2.10).
            let fourth = number(year, 1, 4)
            return fourth - (fourth + 3) % 7 + (week - 1) * 7
        }
        let month = fields.count > 1 ? digits(fields[1]) : 1
        let day = fields.count > 2 ? digits(fields[2]) : 1
        guard let month, let day, (1...12).contains(month), (1...31).contains(day) else { return nil }
        return number(year, month, day)
    }

    /// Reads the text form.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let day = CalendarDay(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "is not a day like 2026-11-24")
        }
        self = day
    }

    /// Writes the text form.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// The day as `2026-11-24`.
    package var description: String {
        let (year, month, day) = civil
        func padded(_ number: Int, to width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
    }

    /// Days from `other` to this day.
    package func days(since other: CalendarDay) -> Int { number - other.number }

    /// Orders by time.
    package static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.number < right.number }

    /// Days since 1970-01-01; years begin in March here, so that the leap day comes last.
    private static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private var civil: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let civilMonth = month < 10 ? month + 3 : month - 9
        return (yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth, dayOfYear - (153 * month + 2) / 5 + 1)
    }

    private static func digits(_ text: some StringProtocol) -> Int? {
        guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}

/// A day or a moment of RFC 3339 as a number that can be compared.
public struct RecordMoment: Sendable, Hashable, Comparable {
    /// Seconds since 1970-01-01T00:00:00Z; a day alone is its first second.
    public let seconds: Int64

    /// Takes seconds since 1970-01-01T00:00:00Z.
    public init(seconds: Int64) { self.seconds = seconds }

    /// Reads `2026-09-18`, `2026-09-18T10:00:00Z` or with an offset; nil for anything else.
    public init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        guard let year = Self.number(&rest, 4), Self.take(&rest, "-"), let month = Self.number(&rest, 2),
            Self.take(&rest, "-"), let day = Self.number(&rest, 2), (1...12).contains(month),
            (1...Self.days(in: month, of: year)).contains(day)
        else { return nil }
        let midnight = Self.daysSince1970(year, month, day) * 86_400
        if rest.isEmpty {
            seconds = midnight
            return
        }
        guard let separator = rest.popFirst(), separator | 0x20 == 0x74 || separator == 0x20,
            let time = Self.time(&rest), let offset = Self.offset(&rest), rest.isEmpty
        else { return nil }
        seconds = midnight + time - offset
    }

    /// Orders by time.
    public static func < (left: RecordMoment, right: RecordMoment) -> Bool { left.seconds < right.seconds }

    private static func time(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        guard let hour = number(&rest, 2), take(&rest, ":"), let minute = number(&rest, 2), take(&rest, ":"),
            let second = number(&rest, 2), hour < 24, minute < 60, second <= 60
        else { return nil }
        if take(&rest, ".") {
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            guard !digits.isEmpty else { return nil }
            rest = rest.dropFirst(digits.count)
        }
        return hour * 3600 + minute * 60 + second
    }

    private static func offset(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        guard let sign = rest.popFirst() else { return nil }
        if sign | 0x20 == 0x7a { return 0 }
        guard sign == 0x2b || sign == 0x2d, let hour = number(&rest, 2), take(&rest, ":"),
            let minute = number(&rest, 2), hour < 24, minute < 60
        else { return nil }
        return (hour * 3600 + minute * 60) * (sign == 0x2b ? 1 : -1)
    }

    private static func number(_ rest: inout ArraySlice<UInt8>, _ count: Int) -> Int64? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        rest = rest.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    private static func take(_ rest: inout ArraySlice<UInt8>, _ character: Character) -> Bool {
        guard rest.first == character.asciiValue else { return false }
        rest = rest.dropFirst()
        return true
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The count of days in the proleptic Gregorian calendar, with years that begin in March.
    private static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        let monthFromMarch = (month + 9) % 12
        return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + (153 * monthFromMarch + 2) / 5 + day - 1
            - 719_468
    }
}

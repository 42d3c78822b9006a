internal import Glibc

/// A moment in UTC with millisecond resolution, written as RFC 3339 text.
///
/// It does its own arithmetic: the calendar is a dozen lines, and a formatter would cost the agent more than it weighs.
public struct Timestamp: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let milliseconds: Int64

    /// Wraps a count of milliseconds since 1970.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Wraps a count of seconds since 1970; what no calendar reaches is held at the ends.
    public init(seconds: Int64) {
        let product = seconds.multipliedReportingOverflow(by: 1000)
        milliseconds = product.overflow ? (seconds < 0 ? .min : .max) : product.partialValue
    }

    /// A moment of the Gregorian calendar in UTC; nil when a field is out of range.
    ///
    /// A leap second is the first second of the next minute.
    public init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...CivilDay.count(year: year, month: month)) ~= day,
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        let days = CivilDay(year: year, month: month, day: day).number
        self.init(seconds: Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second))
    }

    /// The present moment.
    public static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Whole seconds since 1970, rounded down.
    public var seconds: Int64 { milliseconds / 1000 - (milliseconds % 1000 < 0 ? 1 : 0) }

    /// RFC 3339 text in UTC, whole seconds: `2026-01-31T12:00:00Z`.
    ///
    /// Moments that RFC 3339 cannot write, before the year 1 or after 9999, are written as its first or last second.
    public var description: String {
        let seconds = min(max(seconds, Self.first), Self.last)
        let rest = Int((seconds % 86_400 + 86_400) % 86_400)
        let day = CivilDay(number: Int((seconds - Int64(rest)) / 86_400))
        return "\(Self.pad(day.year, 4))-\(Self.pad(day.month, 2))-\(Self.pad(day.day, 2))"
            + "T\(Self.pad(rest / 3600, 2)):\(Self.pad(rest / 60 % 60, 2)):\(Self.pad(rest % 60, 2))Z"
    }

    /// The moment `duration` later.
    public func adding(_ duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        let delta = Timestamp(seconds: seconds).milliseconds
            .addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        let sum = milliseconds.addingReportingOverflow(delta.partialValue)
        guard !delta.overflow, !sum.overflow else { return Timestamp(milliseconds: seconds < 0 ? .min : .max) }
        return Timestamp(milliseconds: sum.partialValue)
    }

    /// Orders moments in time.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// Reads RFC 3339 text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Timestamp(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an RFC 3339 time")
        }
        self = value
    }

    /// Writes RFC 3339 text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z, the first and last second of RFC 3339.
    static let first: Int64 = -62_135_596_800
    static let last: Int64 = 253_402_300_799

    private static func pad(_ value: Int, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}

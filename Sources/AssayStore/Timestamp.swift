internal import FoundationEssentials

/// A moment in UTC with millisecond resolution, written as RFC 3339 text.
package struct Timestamp: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package let milliseconds: Int64

    /// Wraps a count of milliseconds since 1970.
    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Reads RFC 3339 text with any offset; nil for anything else.
    package init?(_ text: String) {
        guard let date = Self.parse(text) else { return nil }
        let value = (date.timeIntervalSince1970 * 1000).rounded()
        guard value.magnitude < 1e17 else { return nil }
        milliseconds = Int64(value)
    }

    /// The present moment.
    package static var now: Timestamp { Timestamp(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000)) }

    /// RFC 3339 text in UTC, whole seconds.
    package var description: String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(.iso8601)
    }

    /// The moment `duration` later.
    package func adding(_ duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        let delta = seconds.multipliedReportingOverflow(by: 1000)
        let sum = milliseconds.addingReportingOverflow(
            delta.overflow ? .max : delta.partialValue + attoseconds / 1_000_000_000_000_000)
        return Timestamp(milliseconds: sum.overflow ? .max : sum.partialValue)
    }

    /// Orders moments in time.
    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// Reads RFC 3339 text.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Timestamp(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an RFC 3339 time")
        }
        self = value
    }

    /// Writes RFC 3339 text.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    private static func parse(_ text: String) -> Date? {
        if let date = try? Date(text, strategy: .iso8601) { return date }
        return try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}

package import FoundationEssentials

/// Times as they stand in reports: RFC 3339, UTC, whole seconds.
package enum Timestamp {
    /// The present time.
    package static func now() -> String { text(Date()) }

    /// Text of a time.
    package static func text(_ date: Date) -> String { date.formatted(Date.ISO8601FormatStyle()) }

    /// The time that `text` states; nil when it is not of that form.
    package static func parse(_ text: String) -> Date? { try? Date.ISO8601FormatStyle().parse(text) }
}

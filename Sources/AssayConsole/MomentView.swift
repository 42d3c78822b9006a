package import AssayModel

/// A moment as a page shows it, through the template `time`: how long ago, and exactly in the title.
package struct MomentView: Sendable, Hashable {
    let exact: String
    let relative: String

    /// Shows a moment as seen from `now`.
    package init(_ moment: Timestamp, at now: Timestamp) {
        exact = moment.description
        relative = Self.words(from: moment, to: now)
    }

    /// How long ago it was, or when.
    package var words: String { relative }

    /// Shows a moment that there may not be.
    package init?(_ moment: Timestamp?, at now: Timestamp) {
        guard let moment else { return nil }
        self.init(moment, at: now)
    }

    private static func words(from moment: Timestamp, to now: Timestamp) -> String {
        let seconds = now.seconds.subtractingReportingOverflow(moment.seconds).partialValue
        let span = seconds.magnitude
        let text: String
        switch span {
        case 0..<60: return seconds < 0 ? "in a moment" : "just now"
        case 60..<3600: text = "\(span / 60) min"
        case 3600..<86_400: text = "\(span / 3600) h"
        // Beyond a month a date says more than a number of days.
        case 86_400..<2_678_400: text = span / 86_400 == 1 ? "1 day" : "\(span / 86_400) days"
        default: return String(moment.description.prefix(10))
        }
        return seconds < 0 ? "in \(text)" : "\(text) ago"
    }
}

package import AssayModel

/// A word with the colour that belongs to it.
package struct BadgeView: Sendable, Hashable {
    let word: String
    /// Classes of the style sheet.
    let style: String

    /// Shows a word plainly.
    package init(_ word: String, style: String = "badge") {
        self.word = word
        self.style = style
    }

    /// Shows a device's verdict.
    package init(verdict: String) {
        let style =
            switch verdict {
            case "pass", "pass-with-waivers": "badge pass"
            case "fail": "badge fail"
            case "undetermined": "badge unsure"
            case "pending": "badge wait"
            default: "badge"
            }
        self.init(verdict.replacing("-", with: " "), style: style)
    }

    /// Shows a number of findings of one severity.
    package init(_ count: Int, severity: String) { self.init("\(count) \(severity)", style: "badge \(severity)") }

    /// Shows a severity.
    package init(severity: String) {
        self.init(severity, style: severity == "info" ? "badge" : "badge \(severity)")
    }

    /// Shows what became of an expected or found part.
    package init(_ outcome: Outcome) {
        let word = outcome.kind.rawValue.replacing("-", with: " ")
        switch outcome.kind {
        case .matched, .matchedAlternate: self.init(word, style: "badge pass")
        case .notVerifiable: self.init(word, style: "badge unsure")
        case .mismatched, .missing, .unexpected, .duplicate, .moved:
            self.init(word, style: outcome.fails ? "badge fail" : "badge")
        }
    }
}

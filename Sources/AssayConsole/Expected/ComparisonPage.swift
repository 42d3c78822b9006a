/// What differs between two revisions of a document.
package struct ComparisonPage: ConsolePage {
    package static let template = "comparison"
    package static let place: ConsolePlace? = .expected
    package var title: String { "\(id): revisions \(from) and \(to)" }

    /// One place that differs.
    package struct Difference: Sendable, Hashable {
        let place: String
        let before: String?
        let after: String?

        /// Shows a difference.
        package init(place: String, before: String?, after: String?) {
            self.place = place
            self.before = before
            self.after = after
        }
    }

    let id: String
    let noun: String
    let path: String
    let from: Int
    let to: Int
    let numbers: [Choice]
    let differences: [Difference]
    let isEqual: Bool
    let omitted: Int?

    /// A revision to choose.
    struct Choice: Sendable, Hashable {
        let number: Int
        let isFrom: Bool
        let isTo: Bool
    }

    /// Compares two of `count` revisions of the document at `path`.
    package init(
        id: String, noun: String, path: String, from: Int, to: Int, count: Int, differences: [Difference], omitted: Int
    ) {
        self.id = id
        self.noun = noun
        self.path = path
        self.from = from
        self.to = to
        numbers = (1...max(1, min(count, 1000))).map { Choice(number: $0, isFrom: $0 == from, isTo: $0 == to) }
        self.differences = differences
        isEqual = differences.isEmpty
        self.omitted = omitted > 0 ? omitted : nil
    }
}

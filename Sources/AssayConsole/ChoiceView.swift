/// One entry of a list to choose from.
package struct ChoiceView: Sendable, Hashable {
    let value: String
    let name: String
    let isChosen: Bool

    /// Shows an entry.
    package init(_ value: String, _ name: String, isChosen: Bool) {
        self.value = value
        self.name = name
        self.isChosen = isChosen
    }

    /// Shows entries of which one is chosen.
    package static func list(_ entries: [(value: String, name: String)], chosen: String?) -> [ChoiceView] {
        entries.map { ChoiceView($0.value, $0.name, isChosen: $0.value == chosen ?? "") }
    }
}

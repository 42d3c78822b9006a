/// A unit's serial number or id as a person writes it: letter case and surplus blanks do not count.
package struct UnitName: Sendable, Hashable {
    private let folded: String

    /// Takes a name.
    package init(_ text: String) { folded = FoldedText.words(text) }
}

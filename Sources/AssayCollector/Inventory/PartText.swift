package import AssayModel

/// A sentence about a part, which may begin with its numbers: `8086:1533 revision 03`.
package struct PartText: Sendable, Hashable {
    /// Kind of part.
    package let componentClass: ComponentClass
    /// The sentence.
    package let text: String

    /// States a sentence.
    package init(_ componentClass: ComponentClass, _ text: String) {
        self.componentClass = componentClass
        self.text = text
    }
}

/// Adds names to the numbers of parts, for people who read the pages; a sentence that gets none is left out.
package typealias PartNaming = @Sendable (Set<PartText>) async -> [PartText: String]

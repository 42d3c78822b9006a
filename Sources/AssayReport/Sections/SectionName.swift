/// A section of an inventory.
package enum SectionName: String, Sendable, Hashable, Codable, CaseIterable {
    case platform, components, firmware, boot, kernel, packages, files, gaps

    /// Whether `text` may name a section, of this version or of a later one: 1 to 32 lower-case letters and dashes.
    package static func isPlausible(_ text: String) -> Bool {
        (1...32).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x61...0x7a).contains($0) || $0 == UInt8(ascii: "-") }
    }
}

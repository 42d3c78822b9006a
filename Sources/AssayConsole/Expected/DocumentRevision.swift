package import AssayModel

/// One revision of a document in a list of them.
package struct DocumentRevision: Sendable, Hashable {
    let number: Int
    let digest: String
    let imported: MomentView
    let isShown: Bool
    let path: String
    let compare: String?

    /// Shows a revision of the document at `path`.
    package init(_ number: Int, digest: ContentDigest, imported: MomentView, isShown: Bool, path: String) {
        self.number = number
        self.digest = String(digest.hex.prefix(12))
        self.imported = imported
        self.isShown = isShown
        self.path = "\(path)?revision=\(number)"
        compare = number > 1 ? "\(path)/compare?from=\(number - 1)&to=\(number)" : nil
    }
}

/// A name with what it stands for.
package struct NamedFact: Sendable, Hashable {
    let name: String
    let text: String

    /// Names a fact; nil where there is nothing to say.
    package init?(_ name: String, _ text: String?) {
        guard let text, !text.isEmpty else { return nil }
        self.name = name
        self.text = text
    }

    /// Names a list; nil where it is empty.
    package init?(_ name: String, list: [String]?) { self.init(name, list?.joined(separator: ", ")) }
}

/// A part in words.
enum PartText {
    /// What a person would say: maker, model, part number.
    static func summary(_ part: PartDescription) -> String {
        var words = [part.manufacturer, part.model, part.partNumber].compactMap(\.self)
        if let revision = part.revision { words.append("revision \(revision)") }
        return words.joined(separator: " ")
    }

    /// What machines compare, one fact each.
    static func details(_ part: PartDescription) -> [String] {
        var lines: [String] = []
        if let serial = part.serial { lines.append("serial \(serial)") }
        if let firmware = part.firmwareVersion, !firmware.isEmpty { lines.append("firmware \(firmware.description)") }
        for (group, values) in [("", part.ids), ("digest ", part.digests), ("", part.properties)] {
            for (name, value) in values.sorted(by: { $0.key < $1.key }) {
                lines.append("\(group)\(name) \(value.values.joined(separator: " or "))")
            }
        }
        return lines
    }
}

/// A package URL in canonical form (ECMA-427).
package struct PackageURL: Sendable, Hashable, CustomStringConvertible {
    /// Package type, lower case: `deb`.
    package var type: String
    /// Segments that name who distributes the package, outermost first: `["debian"]`.
    package var namespace: [String]
    /// Name.
    package var name: String
    /// Version as the package manager spells it, epoch included.
    package var version: String?
    /// Further facts by lower-case key; empty values are left out.
    package var qualifiers: [String: String]

    /// Names a package.
    package init(
        type: String, namespace: [String] = [], name: String, version: String? = nil,
        qualifiers: [String: String] = [:]
    ) {
        self.type = type
        self.namespace = namespace
        self.name = name
        self.version = version
        self.qualifiers = qualifiers
    }

    /// The canonical text: qualifiers in key order, everything but `A–Z a–z 0–9 . - _ ~ :` percent-encoded.
    package var description: String {
        var text = "pkg:" + type.lowercased()
        for segment in namespace where !segment.isEmpty { text += "/" + Self.encode(segment) }
        text += "/" + Self.encode(name)
        if let version, !version.isEmpty { text += "@" + Self.encode(version) }
        var separator = "?"
        for (key, value) in qualifiers.sorted(by: { $0.key < $1.key }) where !value.isEmpty {
            text += separator + key.lowercased() + "=" + Self.encode(value)
            separator = "&"
        }
        return text
    }

    private static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x3a, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e: encoded.append(byte)
            default: encoded += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}

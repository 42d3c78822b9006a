internal import AssayBytes

/// A name of X.501: attributes in the order of the certificate.
package struct DistinguishedName: Sendable, Hashable, CustomStringConvertible {
    /// One attribute of the name.
    package struct Attribute: Sendable, Hashable {
        /// Type as an object identifier in dotted form.
        package let type: String
        /// Value.
        package let value: String
    }

    /// Attributes in order.
    package let attributes: [Attribute]

    /// The name in one line: `C=US,O=org,CN=ca`; special characters are escaped as in RFC 4514.
    package var description: String {
        attributes.map { "\(Self.short[$0.type] ?? $0.type)=\(Self.escaped($0.value))" }.joined(separator: ",")
    }

    private static let short = [
        "2.5.4.3": "CN", "2.5.4.5": "serialNumber", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST",
        "2.5.4.9": "STREET",
        "2.5.4.10": "O", "2.5.4.11": "OU", "0.9.2342.19200300.100.1.25": "DC", "1.2.840.113549.1.9.1": "emailAddress",
    ]

    private static func escaped(_ value: String) -> String {
        value.reduce(into: "") { text, character in
            if ",+\"\\<>;=".contains(character) { text.append("\\") }
            text.append(character)
        }
    }

    /// Values of the attribute `type`.
    package func values(_ type: String) -> [String] { attributes.filter { $0.type == type }.map(\.value) }

    /// Reads a `Name`: a list of sets of attributes.
    init(_ element: DERElement, _ what: String) throws(ParseFailure) {
        var attributes: [Attribute] = []
        for set in try element.elements(what, most: 128) {
            for pair in try set.elements(what, most: 64) {
                guard let attribute = try Self.attribute(pair, what) else { continue }
                attributes.append(attribute)
            }
        }
        self.attributes = attributes
    }

    /// One type and value; nil where the value is a structure.
    private static func attribute(_ pair: DERElement, _ what: String) throws(ParseFailure) -> Attribute? {
        var cursor = try pair.list(what)
        let type = try cursor.require(DERTag.objectIdentifier, "attribute type").objectIdentifier(what)
        guard let value = try cursor.next(), !value.isConstructed else { return nil }
        return Attribute(type: type, value: try value.text(what))
    }

    /// The directory name in a list of general names (RFC 5280, 4.2.1.6); nil when there is none.
    static func directoryName(inGeneralNames list: DERElement, _ what: String) throws(ParseFailure) -> Self? {
        for name in try list.elements(what, most: 64) where name.tag == DERTag.contextList(4) {
            var cursor = try name.list(what)
            return try DistinguishedName(cursor.require(DERTag.sequence, "directory name"), what)
        }
        return nil
    }
}

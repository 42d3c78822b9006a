internal import AssayBytes
package import AssayModel

/// One component of a platform certificate or of a paccor component list, in the form's own words.
package struct PlatformComponent: Sendable, Hashable {
    /// An address with its kind.
    package struct Address: Sendable, Hashable {
        /// Kind as an object identifier below `2.23.133.17`.
        package var type: String
        /// Text as it is written.
        package var value: String

        /// Pairs kind and text.
        package init(type: String, value: String) {
            self.type = type
            self.value = value
        }
    }

    /// Object identifier of the component class registry; nil in profile 1.0.
    package var registry: String?
    /// The four octets of the class in hexadecimal; nil in profile 1.0.
    package var classValue: String?
    /// Maker.
    package var manufacturer: String?
    /// Model.
    package var model: String?
    /// Serial number.
    package var serial: String?
    /// Revision.
    package var revision: String?
    /// Private enterprise number of the maker, as an object identifier.
    package var manufacturerID: String?
    /// Whether it can be replaced in the field.
    package var fieldReplaceable: Bool?
    /// Addresses.
    package var addresses: [Address] = []
    /// The component's own platform certificate.
    package var certificate: CertificateReference?
    /// Where that certificate is.
    package var certificateURI: URIReference?
    /// What a delta did to it.
    package var status: ComponentChange.Status?
    /// Part number (trait category 38).
    package var partNumber: String?
    /// Place (trait category 12).
    package var location: String?
    /// Country of origin (trait category 40).
    package var countryOfOrigin: String?
    /// Further traits by their category, as text.
    package var traits: [String: String] = [:]

    /// A component without fields.
    package init() {}
}

/// How a component names another certificate (`CertificateIdentifier`).
package struct CertificateReference: Sendable, Hashable {
    /// Hash algorithm over the signature value.
    package var hashAlgorithm: String?
    /// That hash in hexadecimal.
    package var hash: String?
    /// Issuer and serial number.
    package var name: CertificateName?

    /// Names nothing yet.
    package init() {}
}

/// A place on the network and what must be found there.
package struct URIReference: Sendable, Hashable {
    /// The place.
    package var uri: String
    /// Hash algorithm as an object identifier.
    package var hashAlgorithm: String?
    /// Hash in hexadecimal.
    package var hash: String?

    /// Names a place.
    package init(_ uri: String, hashAlgorithm: String? = nil, hash: String? = nil) {
        self.uri = uri
        self.hashAlgorithm = hashAlgorithm
        self.hash = hash
    }
}

/// A name and value that a platform certificate states of the platform as a whole.
package struct PlatformProperty: Sendable, Hashable {
    /// Name.
    package var name: String
    /// Value.
    package var value: String
    /// What a delta did to it.
    package var status: ComponentChange.Status?

    /// Pairs name and value.
    package init(name: String, value: String, status: ComponentChange.Status? = nil) {
        self.name = name
        self.value = value
        self.status = status
    }
}

extension PlatformComponent {
    /// Reads a `ComponentIdentifier` (profile 1.0) or `ComponentIdentifierV2` (1.1); issuers that put the class into the
    /// former without a registry are tolerated, `notes` says so.
    init(_ element: DERElement, notes: inout Set<String>) throws(ParseFailure) {
        var cursor = try element.list("component")
        if let componentClass = try cursor.next(if: DERTag.sequence) {
            var pair = try componentClass.list("component class")
            registry = try pair.require(DERTag.objectIdentifier, "registry").objectIdentifier(
                "component class registry")
            classValue = Hex.string(try pair.require(DERTag.octetString, "value").content)
        } else if let value = try cursor.next(if: DERTag.octetString) {
            classValue = Hex.string(value.content)
            notes.insert("components carry a class without a registry, an encoding from before the profile was final")
        }
        manufacturer = try cursor.require(DERTag.utf8String, "manufacturer").text("component manufacturer").orNil
        model = try cursor.require(DERTag.utf8String, "model").text("component model").orNil
        while let field = try cursor.next() { try take(field, &notes) }
    }

    private mutating func take(_ field: DERElement, _ notes: inout Set<String>) throws(ParseFailure) {
        switch field.tag {
        case DERTag.context(0): serial = try field.text("component serial").orNil
        case DERTag.context(1): revision = try field.text("component revision").orNil
        case DERTag.context(2): manufacturerID = try Self.enterpriseNumber(field, &notes)
        case DERTag.context(3): fieldReplaceable = try field.boolean("field replaceable")
        case DERTag.contextList(4):
            for address in try field.elements("component addresses", most: 256) {
                addresses.append(try Address(address))
            }
        case DERTag.contextList(5): certificate = try CertificateReference(field)
        case DERTag.contextList(6): certificateURI = try URIReference(field)
        case DERTag.context(7): status = try Self.status(field)
        default: throw ParseFailure(.badValue, "component field", at: field.whole.startIndex)
        }
    }

    /// An object identifier, or the digits of the number as text, as issuers wrote it before the profile was final.
    static func enterpriseNumber(_ field: DERElement, _ notes: inout Set<String>) throws(ParseFailure) -> String {
        if !field.content.isEmpty, field.content.allSatisfy({ (0x30...0x39).contains($0) }) {
            notes.insert("makers are numbered by digits instead of an object identifier")
            return "1.3.6.1.4.1." + String(decoding: field.content, as: UTF8.self)
        }
        return try field.objectIdentifier("component manufacturer id")
    }

    static func status(_ field: DERElement) throws(ParseFailure) -> ComponentChange.Status {
        switch try field.smallInteger("attribute status") {
        case 0: return .added
        case 1: return .modified
        case 2: return .removed
        default: throw ParseFailure(.badValue, "attribute status", at: field.offset)
        }
    }
}

extension PlatformComponent.Address {
    init(_ element: DERElement) throws(ParseFailure) {
        var cursor = try element.list("component address")
        type = try cursor.require(DERTag.objectIdentifier, "type").objectIdentifier("address type")
        value = try cursor.require(DERTag.utf8String, "value").text("address")
    }
}

extension CertificateReference {
    /// Reads the fields of a `CertificateIdentifier`.
    init(_ element: DERElement) throws(ParseFailure) {
        for field in try element.elements("certificate identifier", most: 2) {
            var cursor = try field.list("certificate identifier")
            switch field.tag {
            case DERTag.contextList(0):
                var algorithm = try cursor.require(DERTag.sequence, "hash algorithm").list("hash algorithm")
                hashAlgorithm = try algorithm.require(DERTag.objectIdentifier, "identifier").objectIdentifier("hash")
                hash = Hex.string(try cursor.require(DERTag.octetString, "hash").content)
            case DERTag.contextList(1):
                name = try CertificateName(issuerSerial: field)
            default: throw ParseFailure(.badValue, "certificate identifier", at: field.offset)
            }
        }
    }
}

extension CertificateName {
    /// Reads an `IssuerSerial` (RFC 5755, 4.1).
    init(issuerSerial element: DERElement) throws(ParseFailure) {
        var cursor = try element.list("issuer and serial number")
        let names = try cursor.require(DERTag.sequence, "issuer")
        let issuer = try DistinguishedName.directoryName(inGeneralNames: names, "issuer")
        let serial = try cursor.require(DERTag.integer, "serial number").integerHex
        self.init(issuer: issuer?.description ?? "", serial: serial)
    }
}

extension URIReference {
    /// Reads a `URIReference`.
    init(_ element: DERElement) throws(ParseFailure) {
        var cursor = try element.list("URI reference")
        self.init(try cursor.require(DERTag.ia5String, "URI").text("URI"))
        if let algorithm = try cursor.next(if: DERTag.sequence) {
            var fields = try algorithm.list("hash algorithm")
            hashAlgorithm = try fields.require(DERTag.objectIdentifier, "identifier").objectIdentifier("hash algorithm")
        }
        if let value = try cursor.next(if: DERTag.bitString) { hash = Hex.string(try value.bitString("hash")) }
    }
}

extension String {
    /// The text, or nil when there is none.
    var orNil: String? { isEmpty ? nil : self }
}

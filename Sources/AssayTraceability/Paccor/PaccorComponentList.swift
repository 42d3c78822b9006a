internal import AssayBytes
package import AssayModel

/// A component list in the JSON form of paccor: what its collectors write and its certificate tools read.
package struct PaccorComponentList: Sendable, Hashable {
    /// What the platform is called.
    package var platform = PlatformCertificate.Platform()
    /// Components in the order of the list.
    package var components: [PlatformComponent] = []
    /// Properties of the platform.
    package var properties: [PlatformProperty] = []
    /// Where a list of components is.
    package var componentsURI: URIReference?
    /// Where further properties are.
    package var propertiesURI: URIReference?

    /// A list without components.
    package init() {}

    /// Reads the JSON form with long or short names, and components given as traits.
    package init(json bytes: some Collection<UInt8>) throws(RecordFailure) {
        let root = try JSONNode(parsing: bytes)
        if let node = try root.child("PLATFORM") { platform = try Self.platform(node) }
        for node in try root.list("COMPONENTS") { components.append(try PlatformComponent(paccor: node)) }
        for node in try root.list("PROPERTIES") {
            let name = try node.text("PROPERTYNAME", "NAME")
            guard let name else { throw node.failure("has no PROPERTYNAME", .invalid) }
            properties.append(
                PlatformProperty(
                    name: name, value: try node.text("PROPERTYVALUE", "VALUE") ?? "", status: try node.status()))
        }
        componentsURI = try root.child("COMPONENTSURI")?.uriReference()
        propertiesURI = try root.child("PROPERTIESURI")?.uriReference()
    }

    private static func platform(_ node: JSONNode) throws(RecordFailure) -> PlatformCertificate.Platform {
        var platform = PlatformCertificate.Platform()
        platform.manufacturer = try node.text("PLATFORMMANUFACTURERSTR", "MANUFACTURERSTR", "MANUFACTURER")
        platform.manufacturerID = try node.text("PLATFORMMANUFACTURERID", "MANUFACTURERID")
        platform.model = try node.text("PLATFORMMODEL", "MODEL")
        platform.version = try node.text("PLATFORMVERSION", "VERSION")
        platform.serial = try node.text("PLATFORMSERIAL", "SERIAL")
        return platform
    }

    /// Whether it lists changes instead of parts.
    package var isDelta: Bool { components.contains { $0.status != nil } }
}

extension PlatformComponent {
    /// Reads one entry of `COMPONENTS`: an object, a list of traits, or both.
    init(paccor node: JSONNode) throws(RecordFailure) {
        self.init()
        var traits: [JSONNode] = []
        if case .list = node.tree {
            traits = try node.list()
        } else {
            try takeFields(node)
            traits = try node.list("TRAITS")
        }
        for trait in traits { try takeTrait(trait) }
        guard manufacturer != nil || model != nil || serial != nil || registry != nil else {
            throw node.failure("describes no component", .invalid)
        }
    }

    private mutating func takeFields(_ node: JSONNode) throws(RecordFailure) {
        if let componentClass = try node.child("COMPONENTCLASS") {
            registry = try componentClass.text("COMPONENTCLASSREGISTRY", "REGISTRY") ?? registry
            if let value = try componentClass.child("COMPONENTCLASSVALUE", "VALUE") {
                classValue = try Self.classValue(value)
            }
        }
        manufacturer = try node.text("MANUFACTURER", "componentManufacturer") ?? manufacturer
        model = try node.text("MODEL", "componentModel") ?? model
        serial = try node.text("SERIAL", "componentSerial") ?? serial
        revision = try node.text("REVISION", "componentRevision") ?? revision
        manufacturerID = try node.text("MANUFACTURERID", "componentManufacturerId") ?? manufacturerID
        fieldReplaceable = try node.boolean("FIELDREPLACEABLE") ?? fieldReplaceable
        for address in try node.list("ADDRESSES", "componentAddresses") { addresses += try address.addresses() }
        certificate = try node.child("PLATFORMCERT", "componentPlatformCert")?.certificateReference() ?? certificate
        certificateURI =
            try node.child("COMPONENTPLATFORMCERTURI", "PLATFORMCERTURI")?.uriReference() ?? certificateURI
        status = try node.status() ?? status
    }

    /// Four octets: hexadecimal with or without `0x`, or an object with their base64.
    private static func classValue(_ node: JSONNode) throws(RecordFailure) -> String {
        if case .object = node.tree {
            guard let text = try node.text("base64"), let bytes = Base64Text.decode(text), bytes.count == 4 else {
                throw node.failure("must be four octets in base64", .invalid)
            }
            return Hex.string(bytes)
        }
        var digits = (try node.text() ?? "").lowercased()
        if digits.hasPrefix("0x") { digits = String(digits.dropFirst(2)) }
        guard digits.utf8.count == 8, Hex.bytes(digits) != nil else {
            throw node.failure("must be eight hexadecimal digits", .invalid)
        }
        return digits
    }

    /// One trait: the category says what the value is.
    private mutating func takeTrait(_ node: JSONNode) throws(RecordFailure) {
        let category = try node.text("traitCategory") ?? ""
        let number = category.hasPrefix(Self.categories) ? Int(category.dropFirst(Self.categories.count)) : nil
        guard let value = try node.child("traitValue", "utf8", "COMPONENTCLASS", "value") else {
            throw node.failure("has no traitValue", .invalid)
        }
        if case .object = value.tree, number == 26 || number == nil || (number == 7 && value.hasFields) {
            return try takeFields(value)
        }
        switch number {
        case 7, nil:
            registry = try node.text("traitRegistry") ?? registry
            classValue = try Self.classValue(value)
        case 8: manufacturer = try value.text()
        case 9: model = try value.text()
        case 10: serial = try value.text()
        case 11: status = try value.statusValue()
        case 12: location = try value.text()
        case 13: revision = try value.text()
        case 14: fieldReplaceable = try value.text().map { $0.lowercased() == "true" }
        case 29: addresses += try value.addresses()
        case 31: manufacturerID = try value.text()
        case 38: partNumber = try value.text()
        case 40: countryOfOrigin = try value.text()
        default: if case .text(let text) = value.tree { self.traits[category] = text }
        }
    }

    private static let categories = "2.23.133.19.2."
}

extension JSONNode {
    /// Whether the object has fields of a component instead of octets.
    fileprivate var hasFields: Bool {
        guard case .object(let values) = tree else { return false }
        return values["base64"] == nil
    }

    fileprivate func status() throws(RecordFailure) -> ComponentChange.Status? {
        try child("STATUS")?.statusValue()
    }

    fileprivate func statusValue() throws(RecordFailure) -> ComponentChange.Status? {
        guard let text = try text() else { return nil }
        let numbers: [String: ComponentChange.Status] = ["0": .added, "1": .modified, "2": .removed]
        guard let status = ComponentChange.Status(rawValue: text.lowercased()) ?? numbers[text] else {
            throw failure("must be ADDED, MODIFIED or REMOVED", .invalid)
        }
        return status
    }

    /// Each key names a kind: `ETHERNETMAC`, `WLANMAC`, `BLUETOOTHMAC`.
    fileprivate func addresses() throws(RecordFailure) -> [PlatformComponent.Address] {
        var result: [PlatformComponent.Address] = []
        for (key, type) in [
            ("ETHERNETMAC", "2.23.133.17.1"), ("WLANMAC", "2.23.133.17.2"), ("BLUETOOTHMAC", "2.23.133.17.3"),
        ] {
            if let value = try text(key) { result.append(PlatformComponent.Address(type: type, value: value)) }
        }
        guard !result.isEmpty else { throw failure("names no address", .invalid) }
        return result
    }

    fileprivate func uriReference() throws(RecordFailure) -> URIReference? {
        guard let uri = try text("UNIFORMRESOURCEIDENTIFIER", "URI") else { return nil }
        return URIReference(
            uri, hashAlgorithm: try text("HASHALGORITHM", "HASHALG"),
            hash: try text("HASHVALUE", "HASH").map { Base64Text.decode($0).map { Hex.string($0) } ?? $0 })
    }

    fileprivate func certificateReference() throws(RecordFailure) -> CertificateReference {
        var reference = CertificateReference()
        if let hashed = try child("ATTRIBUTECERTIDENTIFIER", "HASHEDCERTIDENTIFIER") {
            reference.hashAlgorithm = try hashed.text("HASHALGORITHM", "HASHALG")
            reference.hash = try hashed.text("HASH", "HASHOVERSIGNATUREVALUE")
                .map { Base64Text.decode($0).map { Hex.string($0) } ?? $0 }
        }
        if let generic = try child("GENERICCERTIDENTIFIER") {
            reference.name = CertificateName(
                issuer: try generic.text("ISSUER") ?? "", serial: try generic.text("SERIAL") ?? "")
        }
        return reference
    }
}

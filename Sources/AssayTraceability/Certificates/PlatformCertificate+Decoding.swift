package import AssayBytes
internal import AssayModel

extension PlatformCertificate {
    private static let attributeVersion = 1

    /// Reads the DER form.
    package init(der bytes: [UInt8]) throws(ParseFailure) {
        let outer = try SignedStructure(der: bytes[...], "platform certificate")
        var first = try outer.signed.list("platform certificate")
        var notes: Set<String> = []
        // An attribute certificate begins with its version; a public-key certificate with a tagged version or its number,
        // which no holder follows.
        let version = try first.next(if: DERTag.integer)
        let holder = try first.next()
        if version != nil, holder?.tag == DERTag.sequence, try Self.isHolder(holder) {
            try self.init(attributes: outer, &notes)
        } else {
            try self.init(publicKey: outer, &notes)
        }
        if outer.padding > 0 { notes.insert("\(outer.padding) bytes of padding stand behind the certificate") }
        if signatureAlgorithm.isWeak {
            notes.insert("signed with \(signatureAlgorithm.name), whose hash is known to be broken")
        }
        for component in components {
            for address in component.addresses where !NetworkAddress(.ethernet, address.value).isWellFormed {
                notes.insert(
                    "the address \(address.value) of \(component.model ?? "a component") is no EUI-48 or EUI-64")
            }
        }
        self.notes = notes.sorted()
    }

    /// A holder has tagged fields; an algorithm, which stands there otherwise, begins with an object identifier.
    private static func isHolder(_ element: DERElement?) throws(ParseFailure) -> Bool {
        guard let first = element?.content.first else { return false }
        return [0xa0, 0xa1, 0xa2].contains(first)
    }

    private init(
        issuer: DistinguishedName, serial: String, validity: [String], _ structure: Structure, _ outer: SignedStructure
    ) {
        self.structure = structure
        self.issuer = issuer
        serialNumber = serial
        validFrom = validity[0]
        validUntil = validity[1]
        signatureAlgorithm = outer.algorithm
        signature = Array(outer.signature)
        signed = Array(outer.signed.whole)
    }

    /// `AttributeCertificateInfo` (RFC 5755, 4.1).
    private init(attributes outer: SignedStructure, _ notes: inout Set<String>) throws(ParseFailure) {
        var cursor = try outer.signed.list("attribute certificate")
        let version = try cursor.require(DERTag.integer, "version").smallInteger("version")
        guard version == Self.attributeVersion else {
            throw ParseFailure(.unsupported, "attribute certificate version \(version)", at: outer.signed.offset)
        }
        let holder = try Holder(try cursor.require(DERTag.sequence, "holder"))
        guard let issuerForm = try cursor.next(if: DERTag.contextList(0), DERTag.sequence) else {
            throw ParseFailure(.badValue, "attribute certificate issuer", at: outer.signed.offset)
        }
        let issuer = try Self.issuer(issuerForm)
        _ = try cursor.require(DERTag.sequence, "algorithm")
        let serial = try cursor.require(DERTag.integer, "serial number").integerHex
        let validity = try cursor.require(DERTag.sequence, "validity").elements("validity", most: 2)
        guard validity.count == 2 else { throw ParseFailure(.badValue, "validity", at: outer.signed.offset) }
        self.init(
            issuer: issuer, serial: serial,
            validity: [try validity[0].time("not before"), try validity[1].time("not after")], .attribute, outer)
        self.holder = holder
        try takeAttributes(try cursor.require(DERTag.sequence, "attributes"), &notes)
        _ = try cursor.next(if: DERTag.bitString)
        if let list = try cursor.next(if: DERTag.sequence) {
            try takeExtensions(try CertificateExtensions(list), &notes)
        }
        try refuseWithoutPlatform(at: outer.signed.offset)
    }

    private init(publicKey outer: SignedStructure, _ notes: inout Set<String>) throws(ParseFailure) {
        let fields = try PublicKeyCertificateFields(outer.signed)
        self.init(
            issuer: fields.issuer, serial: fields.serialNumber, validity: [fields.validFrom, fields.validUntil],
            .publicKey,
            outer)
        // Subject directory attributes (RFC 5280, 4.2.1.8) carry what an attribute certificate has as its attributes.
        if let octets = fields.extensions.octets("2.5.29.9") {
            try takeAttributes(try DERElement(first: octets, "subject directory attributes"), &notes)
        }
        try takeExtensions(fields.extensions, &notes)
        try refuseWithoutPlatform(at: outer.signed.offset)
    }

    /// Any certificate parses so far; only one that speaks of a platform is ours.
    private func refuseWithoutPlatform(at offset: Int) throws(ParseFailure) {
        let isNamed = platform.manufacturer != nil || platform.model != nil || platform.serial != nil
        guard isNamed || configurationVersion != nil || platformSpecification != nil else {
            throw ParseFailure(.badMagic, "no platform certificate: it names no platform", at: offset)
        }
    }

    private static func issuer(_ form: DERElement) throws(ParseFailure) -> DistinguishedName {
        var names: DERElement? = form
        if form.tag == DERTag.contextList(0) {
            var cursor = try form.list("issuer")
            names = try cursor.next(if: DERTag.sequence)
        }
        guard let names, let name = try DistinguishedName.directoryName(inGeneralNames: names, "issuer") else {
            throw ParseFailure(.badValue, "attribute certificate issuer", at: form.offset)
        }
        return name
    }
}

extension PlatformCertificate.Holder {
    /// Reads a `Holder` (RFC 5755, 4.1); a digest of the holder's key names nothing that we could follow.
    init(_ element: DERElement) throws(ParseFailure) {
        for field in try element.elements("holder", most: 3) {
            switch field.tag {
            case DERTag.contextList(0):
                var cursor = try field.list("holder")
                let names = try cursor.require(DERTag.sequence, "issuer")
                issuer = try DistinguishedName.directoryName(inGeneralNames: names, "holder")
                serial = try cursor.require(DERTag.integer, "serial number").integerHex
            case DERTag.contextList(1):
                if issuer == nil { issuer = try DistinguishedName.directoryName(inGeneralNames: field, "holder") }
            default: break
            }
        }
    }
}

extension PlatformCertificate {
    private mutating func takeAttributes(_ list: DERElement, _ notes: inout Set<String>) throws(ParseFailure) {
        for attribute in try list.elements("attributes", most: 128) {
            var cursor = try attribute.list("attribute")
            let type = try cursor.require(DERTag.objectIdentifier, "type").objectIdentifier("attribute")
            let values = try cursor.require(DERTag.set, "values").elements("attribute \(type)", most: 64)
            guard let value = values.first else { continue }
            try take(type, value, &notes)
        }
    }

    private mutating func take(
        _ type: String, _ value: DERElement, _ notes: inout Set<String>
    ) throws(ParseFailure) {
        switch type {
        case "2.23.133.5.1.7.1": try take(try PlatformConfiguration(value, version: 1, notes: &notes))
        case "2.23.133.5.1.7.2": try take(try PlatformConfiguration(value, version: 2, notes: &notes))
        case "2.23.133.5.1.7.3": try take(try PlatformConfiguration(value, version: 3, notes: &notes))
        case "2.23.133.5.1.3": configurationURI = try URIReference(value)
        case "2.23.133.2.17":
            let fields = try value.elements("platform specification", most: 2)
            if let version = fields.first { platformSpecification = try Specification(version) }
            platformClass = fields.dropFirst().first.map { Array($0.content) }
            if fields.last?.tag == DERTag.utf8String {
                notes.insert("the platform class is a text, an encoding from before the profile was final")
            }
        case "2.23.133.2.23": credentialSpecification = try Specification(value)
        case "2.23.133.2.19": securityAssertions = try TBBSecurityAssertions(value)
        case "2.23.133.2.25":
            var cursor = try value.list("credential type")
            let kind = try cursor.require(DERTag.objectIdentifier, "type").objectIdentifier("credential type")
            isDelta = ["2.23.133.8.5", "2.23.133.8.6"].contains(kind)
        case "2.23.133.2.26":
            for item in try value.elements("previous certificates", most: 1024) {
                previous.append(try CertificateReference(try PlatformTrait(item).value))
            }
        default: break
        }
    }

    private mutating func take(_ configuration: PlatformConfiguration) throws(ParseFailure) {
        configurationVersion = configuration.version
        components = configuration.components
        componentsURI = configuration.componentsURI
        properties = configuration.properties
        propertiesURI = configuration.propertiesURI
    }

    private mutating func takeExtensions(
        _ extensions: CertificateExtensions, _ notes: inout Set<String>
    ) throws(ParseFailure) {
        if let octets = extensions.octets("2.5.29.35") {
            var cursor = try DERElement(first: octets, "authority key identifier").list("authority key identifier")
            authorityKeyIdentifier = try cursor.next(if: DERTag.context(0)).map { Hex.string($0.content) }
        }
        guard let octets = extensions.octets("2.5.29.17") else { return }
        for name in try DERElement(first: octets, "subject names").elements("subject names", most: 64)
        where name.tag == DERTag.contextList(4) {
            var cursor = try name.list("subject name")
            for set in try cursor.require(DERTag.sequence, "directory name").elements("subject name", most: 128) {
                for pair in try set.elements("subject name", most: 64) { try platform.take(pair, &notes) }
            }
        }
    }
}

extension PlatformCertificate.Specification {
    /// Reads three numbers, which stand in a list of their own in some certificates.
    init(_ element: DERElement) throws(ParseFailure) {
        var fields = try element.elements("specification version", most: 8)
        if let inner = fields.first, inner.isConstructed {
            fields = try inner.elements("specification version", most: 8)
        }
        guard fields.count >= 3 else { throw ParseFailure(.badValue, "specification version", at: element.offset) }
        major = try fields[0].smallInteger("major version")
        minor = try fields[1].smallInteger("minor version")
        revision = try fields[2].smallInteger("revision")
    }
}

extension PlatformCertificate.Platform {
    /// Takes one attribute of the subject's alternative name.
    fileprivate mutating func take(_ pair: DERElement, _ notes: inout Set<String>) throws(ParseFailure) {
        var cursor = try pair.list("platform name")
        let type = try cursor.require(DERTag.objectIdentifier, "type").objectIdentifier("platform name")
        guard let value = try cursor.next() else { return }
        switch type {
        case "2.23.133.5.1.1": manufacturer = try value.text("platform manufacturer").orNil
        case "2.23.133.5.1.2": manufacturerID = try Self.enterpriseNumber(value, &notes)
        case "2.23.133.5.1.4": model = try value.text("platform model").orNil
        case "2.23.133.5.1.5": version = try value.text("platform version").orNil
        case "2.23.133.5.1.6": serial = try value.text("platform serial").orNil
        case "2.23.133.5.1.8": try takeTraits(value, &notes)
        // Numbers of the TPM's own name, which stood for the platform's before the profile was final.
        case "2.23.133.2.4": manufacturer = try old(value, &notes)
        case "2.23.133.2.5": model = try old(value, &notes)
        case "2.23.133.2.6": version = try old(value, &notes)
        default: break
        }
    }

    private func old(_ value: DERElement, _ notes: inout Set<String>) throws(ParseFailure) -> String? {
        notes.insert("the platform is named by attributes from before the profile was final")
        return try value.text("platform name").orNil
    }

    private static func enterpriseNumber(
        _ value: DERElement, _ notes: inout Set<String>
    ) throws(ParseFailure) -> String {
        guard value.isConstructed else { return try PlatformComponent.enterpriseNumber(value, &notes) }
        var cursor = try value.list("platform manufacturer id")
        return try cursor.require(DERTag.objectIdentifier, "number").objectIdentifier("platform manufacturer id")
    }

    private mutating func takeTraits(_ list: DERElement, _ notes: inout Set<String>) throws(ParseFailure) {
        for item in try list.elements("platform traits", most: 64) {
            let trait = try PlatformTrait(item)
            switch trait.categoryNumber {
            case 1: manufacturer = trait.text.orNil
            case 2: model = trait.text.orNil
            case 3: version = trait.text.orNil
            case 4: serial = trait.text.orNil
            case 5: manufacturerID = try PlatformComponent.enterpriseNumber(trait.value, &notes)
            default: break
            }
        }
    }
}

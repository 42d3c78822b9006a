internal import AssayModel
internal import FoundationEssentials

/// A hardware bill of materials in CycloneDX (1.4 and later) as a record of one unit.
///
/// What CycloneDX has a field or a `cdx:device` property for stands there; the rest stands in `assay:` properties.
enum CycloneDXRecord {
    /// Deepest nesting of components.
    static let maximumDepth = 16

    /// Reads a bill of materials.
    static func read(_ bytes: [UInt8]) throws(RecordFailure) -> AsBuiltRecord {
        let root = try JSONNode(parsing: bytes)
        guard try root.text("bomFormat") == "CycloneDX" else {
            throw RecordFailure(.unknownForm, field: "bomFormat", detail: "must be CycloneDX")
        }
        guard let unit = try root.child("metadata")?.child("component") else {
            throw RecordFailure(
                .invalid, field: "metadata.component", detail: "is required: it names the unit that was built")
        }
        var record = AsBuiltRecord(device: try device(unit))
        record.builtAt = try unit.property("cdx:device:prodTimestamp")
        for (name, value) in try unit.properties() {
            if name.hasPrefix(CycloneDXName.certifications) {
                record.certifications[String(name.dropFirst(CycloneDXName.certifications.count))] = value
            }
        }
        if let row = try unit.assayFields() { record.take(row.record) }
        for node in try unit.list("components") + root.list("components") {
            try read(node, into: &record.components, depth: 0)
        }
        record.source = RecordProvenance(origin: "imported", date: try root.child("metadata")?.text("timestamp"))
        return record
    }

    private static func device(_ node: JSONNode) throws(RecordFailure) -> AsBuiltRecord.Unit {
        let serial = try node.property("cdx:device:serialNumber")
        if serial == nil, try node.property(CycloneDXName.unitID) == nil {
            throw RecordFailure(
                .invalid, field: node.path, detail: "has no property cdx:device:serialNumber, which names the unit")
        }
        var unit = AsBuiltRecord.Unit(
            serial: serial, manufacturer: try node.organisation("manufacturer", "publisher", "supplier"),
            model: try node.model())
        unit.revision = try node.text("version")
        return unit
    }

    private static func read(
        _ node: JSONNode, into parts: inout [BuiltComponent], depth: Int
    ) throws(RecordFailure) {
        guard depth < maximumDepth else { throw node.failure("nested deeper than \(maximumDepth) levels", .tooDeep) }
        let quantity = try node.property("cdx:device:quantity").map { Int($0) ?? 0 } ?? 1
        guard (1...1024).contains(quantity), parts.count + quantity <= RecordJSON.maximumEntries else {
            throw node.failure("has a quantity that is no number from 1 to 1024, or is one part too many", .invalid)
        }
        let part = try part(node)
        parts += Array(repeating: part, count: quantity)
        for child in try node.list("components") { try read(child, into: &parts, depth: depth + 1) }
    }

    private static func part(_ node: JSONNode) throws(RecordFailure) -> BuiltComponent {
        let isFirmware = try node.text("type") == "firmware"
        let fields = try node.assayFields()
        var built = fields?.part ?? BuiltComponent("")
        if built.componentClass.rawValue.isEmpty {
            let kind = try node.property("cdx:device:deviceType")?.lowercased()
            built.componentClass = isFirmware ? .firmware : kind.map { ComponentClass(rawValue: $0) } ?? .unclassified
        }
        built.part.model = try node.model()
        built.part.manufacturer = try node.organisation("manufacturer", "publisher")
        built.part.serial = try node.property("cdx:device:serialNumber")
        if let version = try node.text("version") {
            if isFirmware {
                built.part.firmwareVersion = VersionRequirement(versions: [version])
            } else {
                built.part.revision = version
            }
        }
        built.supplier = try node.organisation("supplier")
        if let number = try node.property("cdx:device:sku") { built.part.partNumber = number }
        built.lot = try node.property("cdx:device:lotNumber")
        built.dateCode = try node.property("cdx:device:prodTimestamp")
        built.location = try node.property("cdx:device:location")
        let addresses = try node.properties().filter { $0.0 == "cdx:device:macAddress" }
        built.addresses = addresses.map { NetworkAddress(.ethernet, $0.1) } + built.addresses
        for hash in try node.list("hashes") where try hash.text("alg") == "SHA-256" {
            guard let digest = ContentDigest("sha256:" + (try hash.text("content") ?? "").lowercased()) else {
                throw hash.failure("is no SHA-256 in hexadecimal", .invalid)
            }
            built.part.digests["image"] = AcceptedValues(digest.description)
        }
        return built
    }

    /// Writes a record as CycloneDX 1.6.
    static func write(_ record: AsBuiltRecord) throws -> [UInt8] {
        let digest = ContentDigest.sha256(of: try CanonicalJSON.encode(record))
        var metadata: [String: JSONTree] = ["component": unit(record)]
        if let builtAt = record.builtAt, builtAt.utf8.count > 10 { metadata["timestamp"] = .text(builtAt) }
        let document: JSONTree = .object([
            "bomFormat": .text("CycloneDX"), "specVersion": .text("1.6"), "version": .number(1),
            "serialNumber": .text("urn:uuid:" + uuid(digest)), "metadata": .object(metadata),
            "components": .list(record.components.enumerated().map { component($1, number: $0 + 1) }),
        ])
        return try CanonicalJSON.encodeForPeople(document)
    }

    /// A name-based UUID (RFC 9562, version 8), so that equal records give equal documents.
    private static func uuid(_ digest: ContentDigest) -> String {
        var digits = Array(digest.hex.prefix(32))
        digits[12] = "8"
        digits[16] = "8"
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }

    private static func unit(_ record: AsBuiltRecord) -> JSONTree {
        var values: [String: JSONTree] = [
            "type": .text("device"), "bom-ref": .text("unit"),
            "name": .text(record.device.model ?? record.device.serial ?? record.device.id ?? "unit"),
        ]
        values["version"] = record.device.revision.map { .text($0) }
        values["manufacturer"] = record.device.manufacturer.map(organisation)
        var properties: [(String, String)] = []
        func add(_ name: String, _ value: String?) { if let value { properties.append((name, value)) } }
        if record.device.model == nil { add(CycloneDXName.nameOnly, "true") }
        add("cdx:device:serialNumber", record.device.serial)
        add(CycloneDXName.unitID, record.device.id)
        add("cdx:device:prodTimestamp", record.builtAt)
        for (name, value) in record.certifications { add(CycloneDXName.certifications + name, value) }
        for (name, value) in record.rowFields where name != "builtAt" && !name.hasPrefix("device.") {
            add(CycloneDXName.own + name, value)
        }
        values["properties"] = list(properties)
        return .object(values)
    }

    private static func component(_ built: BuiltComponent, number: Int) -> JSONTree {
        let isFirmware = built.componentClass == .firmware
        let part = built.part
        var values: [String: JSONTree] = [
            "type": .text(isFirmware ? "firmware" : "device"), "bom-ref": .text("component-\(number)"),
            "name": .text(part.model ?? part.partNumber ?? built.componentClass.rawValue),
        ]
        values["manufacturer"] = part.manufacturer.map(organisation)
        values["supplier"] = built.supplier.map(organisation)
        values["version"] = (isFirmware ? part.firmwareVersion?.versions.first : part.revision).map { .text($0) }
        var properties: [(String, String)] = []
        func add(_ name: String, _ value: String?) { if let value { properties.append((name, value)) } }
        add("cdx:device:deviceType", built.componentClass.rawValue)
        add("cdx:device:serialNumber", part.serial)
        add("cdx:device:sku", part.partNumber)
        add("cdx:device:lotNumber", built.lot)
        add("cdx:device:prodTimestamp", built.dateCode)
        add("cdx:device:location", built.location)
        if part.model == nil { add(CycloneDXName.nameOnly, "true") }
        for address in built.addresses where address.kind == .ethernet { add("cdx:device:macAddress", address.value) }
        let known: Set<String> = [
            "serial", "partNumber", "lot", "dateCode", "location", "manufacturer", "model", "supplier",
            "address.ethernet", isFirmware ? "firmwareVersion" : "revision",
        ]
        for (name, value) in built.rowFields where !known.contains(name) { add(CycloneDXName.own + name, value) }
        values["properties"] = list(properties)
        return .object(values)
    }

    private static func organisation(_ name: String) -> JSONTree { .object(["name": .text(name)]) }

    private static func list(_ properties: [(String, String)]) -> JSONTree {
        .list(
            properties.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map {
                .object(["name": .text($0.0), "value": .text($0.1)])
            })
    }
}

/// Names of properties that several places use.
enum CycloneDXName {
    /// What CycloneDX has no name for; our column names follow.
    static let own = "assay:"
    /// Marks a name that stands for no model.
    static let nameOnly = "assay:nameIsNoModel"
    /// The unit's identifier, which CycloneDX has no name for.
    static let unitID = own + "device.id"
    static let certifications = "cdx:device:certifications:"
}

extension JSONNode {
    /// Names and values of `properties`.
    fileprivate func properties() throws(RecordFailure) -> [(String, String)] {
        var result: [(String, String)] = []
        for node in try list("properties") {
            guard let name = try node.text("name"), let value = try node.text("value") else { continue }
            result.append((name, value))
        }
        return result
    }

    fileprivate func property(_ name: String) throws(RecordFailure) -> String? {
        try properties().first { $0.0 == name }?.1
    }

    /// The name, unless it stands for no model.
    fileprivate func model() throws(RecordFailure) -> String? {
        try property(CycloneDXName.nameOnly) == nil ? text("name") : nil
    }

    /// The name of an organisation, which older versions gave as a text.
    fileprivate func organisation(_ names: String...) throws(RecordFailure) -> String? {
        for name in names {
            guard let node = try child(name) else { continue }
            if case .text = node.tree { return try node.text() }
            if let text = try node.text("name") { return text }
        }
        return nil
    }

    /// What our own properties say; nil when there are none.
    fileprivate func assayFields() throws(RecordFailure) -> ImportRow? {
        var row = ImportRow()
        var isEmpty = true
        for (name, value) in try properties() where name.hasPrefix(CycloneDXName.own) && name != CycloneDXName.nameOnly
        {
            guard let field = RowField(String(name.dropFirst(CycloneDXName.own.count))) else { continue }
            do { try row.set(field, value) } catch {
                throw RecordFailure(.invalid, field: "\(path).properties.\(name)", detail: error.detail)
            }
            isEmpty = false
        }
        return isEmpty ? nil : row
    }
}

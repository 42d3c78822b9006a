internal import AssayModel

/// What one row of a table says: of the unit, of one part, and of the change where it is one.
struct ImportRow {
    var record = AsBuiltRecord(device: AsBuiltRecord.Unit())
    var delta = RecordDelta(device: AsBuiltRecord.Unit(), amends: RecordDelta.Amended())
    var part = BuiltComponent("")
    var status: ComponentChange.Status?
    var quantity = 1
    /// Whether a cell spoke of a part.
    var hasPart = false

    /// Why a cell cannot be used.
    struct Fault: Error {
        let detail: String
    }

    /// Sets `field` from the text of a cell.
    mutating func set(_ field: RowField, _ text: String) throws(Fault) {
        if field.isOfUnit {
            try setUnit(field.name, text)
        } else {
            hasPart = true
            if try !setGroup(field.name, text), try !setNumber(field.name, text) { setText(field.name, text) }
        }
    }

    private mutating func setUnit(_ name: String, _ text: String) throws(Fault) {
        switch name {
        case "device.serial": record.device.serial = text
        case "device.id": record.device.id = text
        case "device.manufacturer": record.device.manufacturer = text
        case "device.model": record.device.model = text
        case "device.revision": record.device.revision = text
        case "profile": record.profile = text
        case "factory": record.factory = text
        case "line": record.line = text
        case "station": record.station = text
        case "operator": record.operatorName = text
        case "builtAt": record.builtAt = try Self.moment(text)
        case "traceabilityLevel": record.traceabilityLevel = try Self.word(text)
        case "delta.id": delta.id = text
        case "delta.kind": delta.kind = try Self.word(text)
        case "delta.changedAt": delta.changedAt = try Self.moment(text)
        case "delta.site": delta.site = text
        case "delta.reason": delta.reason = text
        default: record.certifications[String(name.dropFirst("certifications.".count))] = text
        }
    }

    private mutating func setGroup(_ name: String, _ text: String) throws(Fault) -> Bool {
        guard let dot = name.firstIndex(of: ".") else { return false }
        let key = String(name[name.index(after: dot)...])
        switch name[..<dot] {
        case "ids": part.part.ids[key] = AcceptedValues(text)
        case "properties": part.part.properties[key] = AcceptedValues(text)
        case "digests": part.part.digests[key] = AcceptedValues(try Self.digest(text).description)
        case "registry": setRegistry(key, text)
        case "identityDigests": part.identityDigests[key] = try Self.digest(text)
        case "address":
            let address = NetworkAddress(NetworkAddress.Kind(rawValue: key) ?? .other, text)
            guard address.isWellFormed else { throw Fault(detail: "\(text) is no EUI-48 or EUI-64") }
            part.addresses.append(address)
        default: return false
        }
        return true
    }

    private mutating func setRegistry(_ key: String, _ text: String) {
        var entry = part.registryEntry ?? RegistryEntry(registry: "", value: "")
        switch key {
        case "name": entry.registry = text
        case "class": entry.value = text.lowercased()
        default: entry.texts[key] = text
        }
        part.registryEntry = entry
    }

    /// Fields that are not free text; whether `name` is one.
    private mutating func setNumber(_ name: String, _ text: String) throws(Fault) -> Bool {
        switch name {
        case "supplierTier": part.supplierTier = try Self.number(text, 1...99)
        case "quantity": quantity = try Self.number(text, 1...1024)
        case "fieldReplaceable": part.fieldReplaceable = try Self.boolean(text)
        case "partTraceabilityLevel": part.traceabilityLevel = try Self.word(text)
        case "status": status = try Self.word(text)
        default: return false
        }
        return true
    }

    private mutating func setText(_ name: String, _ text: String) {
        switch name {
        case "class": part.componentClass = ComponentClass(rawValue: text.lowercased())
        case "location": part.location = text
        case "designator": part.designator = text
        case "manufacturer": part.part.manufacturer = text
        case "model": part.part.model = text
        case "partNumber": part.part.partNumber = text
        case "serial": part.part.serial = text
        case "revision": part.part.revision = text
        case "firmwareVersion": part.part.firmwareVersion = VersionRequirement(versions: [text])
        case "lot": part.lot = text
        case "dateCode": part.dateCode = text
        case "supplier": part.supplier = text
        case "origin": part.origin = text
        case "manufacturerID": part.manufacturerID = text
        case "evidenceDocument": part.evidenceDocument = text
        default: break
        }
    }

    private static func word<T: RawRepresentable & CaseIterable>(_ text: String) throws(Fault) -> T
    where T.RawValue == String {
        if let value = T(rawValue: text.lowercased()) { return value }
        throw Fault(detail: "\(text) is none of \(T.allCases.map(\.rawValue).joined(separator: ", "))")
    }

    private static func number(_ text: String, _ range: ClosedRange<Int>) throws(Fault) -> Int {
        guard let value = Int(text), range.contains(value) else {
            throw Fault(detail: "\(text) is no number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    private static func boolean(_ text: String) throws(Fault) -> Bool {
        switch text.lowercased() {
        case "true", "yes", "y", "1": return true
        case "false", "no", "n", "0": return false
        default: throw Fault(detail: "\(text) is neither yes nor no")
        }
    }

    private static func moment(_ text: String) throws(Fault) -> String {
        guard RecordMoment(text) != nil else { throw Fault(detail: "\(text) is no day or moment of RFC 3339") }
        return text
    }

    /// With or without the name of the algorithm.
    private static func digest(_ text: String) throws(Fault) -> ContentDigest {
        let lower = text.lowercased()
        guard let digest = ContentDigest(lower.hasPrefix("sha256:") ? lower : "sha256:" + lower) else {
            throw Fault(detail: "is no SHA-256 in hexadecimal")
        }
        return digest
    }
}

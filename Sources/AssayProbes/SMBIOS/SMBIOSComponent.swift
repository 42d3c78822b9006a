internal import AssayBytes
internal import AssayModel

/// Turns the fields of one structure into a component.
struct SMBIOSComponent {
    /// Words that firmware writes, and tools print, where there is nothing to say.
    private static let nothing: Set<String> = ["Not Specified", "Unknown"]
    /// Shorter property names where the field's own is long or says less.
    private static let renamed = [
        "Core Count": "cores", "Core Enabled": "coresEnabled", "Thread Count": "threads",
        "Thread Enabled": "threadsEnabled", "Current Speed": "speed", "SKU Number": "sku",
    ]
    /// Codes of makers and products in a memory device (7.18.8 and on): field, name among the ids, offset.
    private static let codes = [
        ("Module Manufacturer ID", "moduleManufacturer", 0x2c), ("Module Product ID", "moduleProduct", 0x2e),
        ("Memory Subsystem Controller Manufacturer ID", "controllerManufacturer", 0x30),
        ("Memory Subsystem Controller Product ID", "controllerProduct", 0x32),
        ("PMIC0 Manufacturer ID", "pmicManufacturer", 0x5c), ("RCD Manufacturer ID", "rcdManufacturer", 0x60),
    ]

    /// The component so far.
    private(set) var component: Component

    /// Describes a structure of a table.
    init(_ record: SMBIOSRecord, part: SMBIOSPart, evidence: Evidence) {
        component = Component(part.componentClass, at: "", evidence: evidence)
        add(record.attributes, fields: part.fields)
        component.digests["structure"] = record.structure.digest
        component.properties["smbios.handle"] = record.structure.handleText
        component.properties["smbios.type"] = "\(record.structure.type)"
        addPresence(record)
        addIDs(record)
    }

    /// Describes a part that only its strings are known of.
    init(_ attributes: [SMBIOSAttribute], part: SMBIOSPart, evidence: Evidence) {
        component = Component(part.componentClass, at: "", evidence: evidence)
        add(attributes, fields: part.fields)
    }

    private mutating func add(_ attributes: [SMBIOSAttribute], fields: [String: SMBIOSPart.Field]) {
        for attribute in attributes {
            if let field = fields[attribute.name] {
                if let value = attribute.value { set(field, value) }
            } else {
                addProperty(attribute)
            }
        }
    }

    private mutating func set(_ field: SMBIOSPart.Field, _ raw: String) {
        let value = DeviceText.normalize(raw).flatMap { Self.nothing.contains($0) ? nil : $0 }
        if value != raw, !raw.isEmpty {
            component.properties["raw.\(field.rawValue)"] = DeviceText.lossyForm(raw.utf8) ?? raw
        }
        guard let value else { return }
        switch field {
        case .manufacturer: component.manufacturer = value
        case .model: component.model = value
        case .partNumber: component.partNumber = value
        case .serial: component.serial = value
        case .revision: component.revision = value
        case .firmwareVersion: component.firmwareVersion = value
        }
    }

    private mutating func addProperty(_ attribute: SMBIOSAttribute) {
        // An error handle changes with every error that the firmware logs; an ID is among the ids.
        if ["Error Information Handle", "ID"].contains(attribute.name) { return }
        let key = Self.key(attribute.name)
        if let code = attribute.code { component.properties["\(key).code"] = "0x" + Hex.string(code) }
        if attribute.name == "UUID", let value = attribute.value, Self.isNoUUID(value) {
            component.properties["uuid.state"] = value
            return
        }
        if let byteCount = attribute.byteCount {
            component.properties[key] = "\(byteCount)"
            component.properties["\(key)Text"] = attribute.value
            return
        }
        if !attribute.items.isEmpty {
            component.properties[key] = attribute.items.joined(separator: "; ")
            return
        }
        guard let raw = attribute.value, !raw.isEmpty else { return }
        let value = DeviceText.normalize(raw).flatMap { Self.nothing.contains($0) ? nil : $0 }
        component.properties[key] = value
        if value != raw { component.properties["raw.\(key)"] = raw }
    }

    private static func isNoUUID(_ value: String) -> Bool {
        value == SMBIOSRecord.uuidNotPresent || value == SMBIOSRecord.uuidNotSettable
    }

    /// A socket without a part must not look like a part.
    private mutating func addPresence(_ record: SMBIOSRecord) {
        let isPopulated: Bool
        switch record.structure.type {
        case 4:
            guard let status = record["Status"] else { return }
            isPopulated = status != SMBIOSRecord.unpopulated
        case 17:
            isPopulated = record.attribute("Size")?.byteCount != 0
        case 39:
            guard let status = record["Status"] else { return }
            isPopulated = status != SMBIOSRecord.notPresent
        default: return
        }
        component.properties["populated"] = "\(isPopulated)"
        if !isPopulated { emptySocket() }
    }

    /// Keeps what firmware writes of a part that is not there as raw text alone.
    private mutating func emptySocket() {
        let fields: [(SMBIOSPart.Field, WritableKeyPath<Component, String?>)] = [
            (.manufacturer, \.manufacturer), (.model, \.model), (.partNumber, \.partNumber), (.serial, \.serial),
            (.revision, \.revision), (.firmwareVersion, \.firmwareVersion),
        ]
        for (field, path) in fields {
            guard let value = component[keyPath: path] else { continue }
            let key = "raw.\(field.rawValue)"
            component.properties[key] = component.properties[key] ?? value
            component[keyPath: path] = nil
        }
        component.properties["size"] = nil
        component.properties["sizeText"] = nil
    }

    private mutating func addIDs(_ record: SMBIOSRecord) {
        switch record.structure.type {
        case 4:
            if let id = record["ID"] { component.ids["processorID"] = id.filter { $0 != " " }.lowercased() }
            if let family = SMBIOSRecord.processorFamily(of: record.structure) {
                component.ids["processorFamily"] = Hex.string(family)
            }
        case 17:
            for (name, key, offset) in Self.codes where record[name] != nil {
                component.ids[key] = record.structure.word(offset).map(Hex.string)
            }
        case 43:
            component.ids["vendor"] = Hex.string(record.structure.formatted.dropFirst(4).prefix(4))
        default: break
        }
    }

    /// Property name of a field: `Non-Volatile Size` is `nonVolatileSize`, `ROM Size` is `romSize`.
    static func key(_ name: String) -> String {
        if let short = renamed[name] { return short }
        let words = name.split { $0 == " " || $0 == "-" || $0 == "/" }.map(String.init)
        guard let first = words.first else { return name }
        let rest = words.dropFirst().map { $0 == $0.uppercased() ? $0 : $0.prefix(1).uppercased() + $0.dropFirst() }
        return first.lowercased() + rest.joined()
    }
}

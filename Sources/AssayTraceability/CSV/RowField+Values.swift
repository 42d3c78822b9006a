internal import AssayModel

extension BuiltComponent {
    /// The part as the fields of a row; what a row has no field for is left out.
    var rowFields: [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        func add(_ name: String, _ value: String?) { if let value { fields.append((name, value)) } }
        add("class", componentClass.rawValue)
        add("location", location)
        add("designator", designator)
        add("manufacturer", part.manufacturer)
        add("model", part.model)
        add("partNumber", part.partNumber)
        add("serial", part.serial)
        add("revision", part.revision)
        add("firmwareVersion", part.firmwareVersion?.versions.first)
        add("lot", lot)
        add("dateCode", dateCode)
        add("supplier", supplier)
        add("supplierTier", supplierTier.map { "\($0)" })
        add("origin", origin)
        add("manufacturerID", manufacturerID)
        add("fieldReplaceable", fieldReplaceable.map { $0 ? "true" : "false" })
        add("evidenceDocument", evidenceDocument)
        add("partTraceabilityLevel", traceabilityLevel?.rawValue)
        for address in addresses where address.isWellFormed && address.kind != .other {
            add("address.\(address.kind.rawValue)", address.value)
        }
        for (name, values) in part.ids.sorted(by: { $0.key < $1.key }) { add("ids." + name, values.values.first) }
        for (name, values) in part.digests.sorted(by: { $0.key < $1.key }) {
            add("digests." + name, values.values.first)
        }
        for (name, values) in part.properties.sorted(by: { $0.key < $1.key }) {
            add("properties." + name, values.values.first)
        }
        for (name, digest) in identityDigests.sorted(by: { $0.key < $1.key }) {
            add("identityDigests." + name, digest.description)
        }
        if let registryEntry {
            add("registry.class", registryEntry.value)
            add("registry.name", registryEntry.registry)
            for (name, text) in registryEntry.texts.sorted(by: { $0.key < $1.key }) { add("registry.\(name)", text) }
        }
        return fields
    }
}

extension AsBuiltRecord {
    /// What a row says of the unit.
    var rowFields: [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        func add(_ name: String, _ value: String?) { if let value { fields.append((name, value)) } }
        add("device.serial", device.serial)
        add("device.id", device.id)
        add("device.manufacturer", device.manufacturer)
        add("device.model", device.model)
        add("device.revision", device.revision)
        add("profile", profile)
        add("factory", factory)
        add("line", line)
        add("station", station)
        add("operator", operatorName)
        add("builtAt", builtAt)
        add("traceabilityLevel", traceabilityLevel?.rawValue)
        return fields
    }

    /// Takes over what a row says of the unit's making.
    mutating func take(_ row: AsBuiltRecord) {
        profile = row.profile ?? profile
        factory = row.factory ?? factory
        line = row.line ?? line
        station = row.station ?? station
        operatorName = row.operatorName ?? operatorName
        builtAt = row.builtAt ?? builtAt
        traceabilityLevel = row.traceabilityLevel ?? traceabilityLevel
        device.id = row.device.id ?? device.id
    }
}

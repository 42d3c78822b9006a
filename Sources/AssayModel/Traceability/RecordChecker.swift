/// Checks of decoded records that the shape alone does not give.
enum RecordChecker {
    /// Highest quantity of one line.
    static let maximumQuantity = 1024

    static func check(_ profile: HardwareProfile) throws(RecordFailure) {
        try required(profile.id, "id")
        try required(profile.version, "version")
        try text(profile.title, "title")
        try list(profile.components, "components")
        try list(profile.firmware, "firmware")
        try list(profile.files?.allowedDigests ?? [], "files.allowedDigests")
        try list(profile.files?.allowedPaths ?? [], "files.allowedPaths")
        for (name, policy) in profile.classes.sorted(by: { $0.key < $1.key }) {
            for field in policy.fields.keys.sorted() {
                try checkFieldName(field, "classes.\(name.rawValue).fields.\(field)")
            }
        }
        for (index, path) in (profile.files?.allowedPaths ?? []).enumerated() {
            try text(path, "files.allowedPaths[\(index)]")
        }
        for (index, component) in profile.components.enumerated() { try check(component, "components[\(index)]") }
        for (index, firmware) in profile.firmware.enumerated() { try check(firmware, "firmware[\(index)]") }
    }

    static func check(_ record: AsBuiltRecord) throws(RecordFailure) {
        try text(record.device.serial, "device.serial")
        try text(record.device.id, "device.id")
        guard record.device.serial != nil || record.device.id != nil else {
            throw RecordFailure(.invalid, field: "device", detail: "states neither a serial nor an id")
        }
        try list(record.components, "components")
        for (index, component) in record.components.enumerated() {
            let field = "components[\(index)]"
            try required(component.componentClass.rawValue, field + ".class")
            try text(component.location, field + ".location")
            try check(component.part, field)
        }
    }

    private static func check(_ component: ExpectedComponent, _ field: String) throws(RecordFailure) {
        try required(component.componentClass.rawValue, field + ".class")
        try text(component.slot, field + ".slot")
        guard (1...maximumQuantity).contains(component.quantity) else {
            throw RecordFailure(.invalid, field: field + ".quantity", detail: "is not between 1 and \(maximumQuantity)")
        }
        if let slot = component.slot, !slot.contains("*"), component.quantity > 1 {
            throw RecordFailure(
                .invalid, field: field + ".quantity", detail: "more than one part for the one slot \(slot)")
        }
        try check(component.part, field)
        try list(component.alternates, field + ".alternates", most: 256)
        for (index, alternate) in component.alternates.enumerated() {
            try check(alternate.part, "\(field).alternates[\(index)]")
        }
    }

    private static func check(_ firmware: FirmwareRequirement, _ field: String) throws(RecordFailure) {
        try required(firmware.location, field + ".location")
        try list(firmware.version.versions, field + ".versions")
        try list(firmware.digests, field + ".digests")
        for (index, version) in firmware.version.versions.enumerated() {
            try required(version, "\(field).versions[\(index)]")
        }
        try text(firmware.version.minimum, field + ".minimum")
        try text(firmware.version.maximum, field + ".maximum")
    }

    private static func check(_ part: PartDescription, _ field: String) throws(RecordFailure) {
        try text(part.manufacturer, field + ".manufacturer")
        try text(part.model, field + ".model")
        try text(part.partNumber, field + ".partNumber")
        try text(part.serial, field + ".serial")
        try text(part.revision, field + ".revision")
        for value in part.firmwareVersion?.versions ?? [] { try text(value, field + ".firmwareVersion") }
        try map(part.ids, field + ".ids")
        try map(part.digests, field + ".digests")
        try map(part.properties, field + ".properties")
        for (name, accepted) in part.ids.sorted(by: { $0.key < $1.key })
        where accepted.values.contains(where: \.isEmpty) {
            throw RecordFailure(.invalid, field: "\(field).ids.\(name)", detail: "is empty")
        }
    }

    private static func map(_ map: [String: AcceptedValues], _ field: String) throws(RecordFailure) {
        try list(map, field, most: 256)
        for (name, accepted) in map.sorted(by: { $0.key < $1.key }) {
            try required(name, field)
            try list(accepted.values, "\(field).\(name)", most: 256)
            for value in accepted.values { try text(value, "\(field).\(name)") }
        }
    }

    private static func checkFieldName(_ name: String, _ field: String) throws(RecordFailure) {
        let plain = [
            "manufacturer", "model", "partNumber", "serial", "revision", "firmwareVersion", "location",
        ]
        if plain.contains(name) { return }
        for group in ["ids.", "digests.", "properties."] where name.hasPrefix(group) && name != group { return }
        throw RecordFailure(.unknownField, field: field, detail: "is not a field of a component")
    }

    private static func list(
        _ list: some Collection, _ field: String, most: Int = RecordJSON.maximumEntries
    ) throws(RecordFailure) {
        guard list.count <= most else {
            throw RecordFailure(.tooLarge, field: field, detail: "has more than \(most) entries")
        }
    }

    private static func required(_ value: String, _ field: String) throws(RecordFailure) {
        guard !value.isEmpty else { throw RecordFailure(.invalid, field: field, detail: "is empty") }
        try text(value, field)
    }

    private static func text(_ value: String?, _ field: String) throws(RecordFailure) {
        guard let value else { return }
        guard value.utf8.count <= RecordJSON.maximumText else {
            throw RecordFailure(.tooLarge, field: field, detail: "is longer than \(RecordJSON.maximumText) bytes")
        }
        guard value.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else {
            throw RecordFailure(.invalid, field: field, detail: "holds a control character")
        }
    }
}

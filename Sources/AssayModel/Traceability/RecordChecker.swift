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
        try list(profile.intendedUse ?? [], "intendedUse", most: 64)
        for (index, use) in (profile.intendedUse ?? []).enumerated() { try required(use, "intendedUse[\(index)]") }
        for (names, field) in [
            (profile.approvedSuppliers ?? [], "approvedSuppliers"), (profile.supplierPapers ?? [], "supplierPapers"),
        ] {
            try list(names, field, most: 1024)
            for (index, name) in names.enumerated() { try required(name, "\(field)[\(index)]") }
        }
        try list(profile.usbInterfaces ?? [], "usbInterfaces", most: 1024)
        for (index, code) in (profile.usbInterfaces ?? []).enumerated() {
            guard code.utf8.allSatisfy({ "0123456789abcdefABCDEF:*".utf8.contains($0) }), !code.isEmpty else {
                throw RecordFailure(
                    .invalid, field: "usbInterfaces[\(index)]", detail: "is no class code such as 08:06:50 or 03:*")
            }
        }
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
        try check(record.device)
        guard record.device.serial != nil || record.device.id != nil else {
            throw RecordFailure(.invalid, field: "device", detail: "states neither a serial nor an id")
        }
        try check(record.source)
        try list(record.components, "components")
        for (index, component) in record.components.enumerated() { try check(component, "components[\(index)]") }
        try list(record.certifications, "certifications", most: 256)
        for (name, value) in record.certifications.sorted(by: { $0.key < $1.key }) {
            try required(name, "certifications")
            try text(value, "certifications.\(name)")
        }
        try list(record.properties, "properties")
        for (name, value) in record.properties.sorted(by: { $0.key < $1.key }) {
            try required(name, "properties")
            try text(value, "properties.\(name)")
        }
        try list(record.references, "references", most: 256)
        for (index, reference) in record.references.enumerated() {
            try required(reference.name, "references[\(index)].name")
            try required(reference.uri, "references[\(index)].uri")
        }
        try list(record.firmwareManifest, "firmwareManifest")
        for (index, image) in record.firmwareManifest.enumerated() {
            let field = "firmwareManifest[\(index)]"
            try required(image.name, field + ".name")
            for (value, name) in [
                (image.location, "location"), (image.version, "version"), (image.signer, "signer"),
                (image.site, "site"),
            ] { try text(value, "\(field).\(name)") }
        }
    }

    static func check(_ delta: RecordDelta) throws(RecordFailure) {
        try text(delta.id, "id")
        try check(delta.device)
        guard !delta.amends.isEmpty else {
            throw RecordFailure(.invalid, field: "amends", detail: "names no document, certificate, serial or id")
        }
        try text(delta.amends.serial, "amends.serial")
        try text(delta.amends.id, "amends.id")
        try moment(delta.changedAt, "changedAt")
        for (value, field) in [(delta.site, "site"), (delta.operatorName, "operator"), (delta.reason, "reason")] {
            try text(value, field)
        }
        try check(delta.source)
        try list(delta.changes, "changes")
        for (index, change) in delta.changes.enumerated() { try check(change.component, "changes[\(index)]") }
    }

    private static func check(_ source: RecordProvenance?) throws(RecordFailure) {
        try list(source?.contradictions ?? [], "source.contradictions", most: 256)
        for (index, words) in (source?.contradictions ?? []).enumerated() {
            try text(words, "source.contradictions[\(index)]")
        }
    }

    private static func check(_ unit: AsBuiltRecord.Unit) throws(RecordFailure) {
        for (value, field) in [
            (unit.serial, "serial"), (unit.id, "id"), (unit.manufacturer, "manufacturer"), (unit.model, "model"),
            (unit.revision, "revision"),
        ] { try text(value, "device." + field) }
    }

    private static func check(_ component: BuiltComponent, _ field: String) throws(RecordFailure) {
        try required(component.componentClass.rawValue, field + ".class")
        for (value, name) in [
            (component.location, "location"), (component.designator, "designator"), (component.lot, "lot"),
            (component.dateCode, "dateCode"), (component.supplier, "supplier"), (component.origin, "origin"),
            (component.manufacturerID, "manufacturerID"), (component.evidenceDocument, "evidenceDocument"),
        ] { try text(value, "\(field).\(name)") }
        if let tier = component.supplierTier, !(1...99).contains(tier) {
            throw RecordFailure(.invalid, field: field + ".supplierTier", detail: "is not between 1 and 99")
        }
        try list(component.addresses, field + ".addresses", most: 256)
        for (index, address) in component.addresses.enumerated() {
            try text(address.value, "\(field).addresses[\(index)].value")
        }
        try list(component.identityDigests, field + ".identityDigests", most: 256)
        try check(component.part, field)
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
            "manufacturerID",
            "fieldReplaceable", "addresses",
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

    private static func moment(_ value: String?, _ field: String) throws(RecordFailure) {
        guard let value, RecordMoment(value) == nil else { return }
        throw RecordFailure(.invalid, field: field, detail: "is no day or moment of RFC 3339")
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

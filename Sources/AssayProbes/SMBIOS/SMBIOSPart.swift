internal import AssayModel

/// What a structure type becomes in an inventory, as data.
struct SMBIOSPart: Sendable {
    /// How the location of a component is made.
    enum Place: Sendable, Hashable {
        /// There should be one: `system`.
        case single(String)
        /// Counted in table order: `chassis/0`.
        case numbered(String)
        /// Named by the first of the fields that has a value, counted when none has: `dimm/A1`.
        ///
        /// Where names repeat, the field `within` goes before them if that makes all of them different.
        case labelled(String, by: [String], within: String?)
    }

    /// The named fields of a component.
    enum Field: String, Sendable, Hashable {
        case manufacturer, model, partNumber, serial, revision, firmwareVersion
    }

    /// Class of the component.
    var componentClass: ComponentClass
    /// How it is located.
    var place: Place
    /// Fields of the structure that fill named fields of the component.
    var fields: [String: Field] = [:]
}

extension ComponentClass {
    /// A range of addresses that memory answers to (SMBIOS type 19).
    static let memoryRange: ComponentClass = "memory-range"
    /// Settings and notes of the firmware (SMBIOS types 11, 13 and 32).
    static let firmwareData: ComponentClass = "firmware-data"
}

extension SMBIOSPart {
    /// Parts by structure type.
    static let byType: [UInt8: SMBIOSPart] = [
        0: SMBIOSPart(
            componentClass: .firmware, place: .single("fw/bios"),
            fields: ["Vendor": .manufacturer, "Version": .firmwareVersion]),
        1: SMBIOSPart(
            componentClass: .system, place: .single("system"),
            fields: [
                "Manufacturer": .manufacturer, "Product Name": .model, "Version": .revision, "Serial Number": .serial,
            ]),
        2: SMBIOSPart(
            componentClass: .baseboard, place: .numbered("board"),
            fields: [
                "Manufacturer": .manufacturer, "Product Name": .model, "Version": .revision, "Serial Number": .serial,
            ]),
        3: SMBIOSPart(
            componentClass: .chassis, place: .numbered("chassis"),
            fields: ["Manufacturer": .manufacturer, "Version": .revision, "Serial Number": .serial]),
        4: SMBIOSPart(
            componentClass: .processor, place: .labelled("cpu", by: ["Socket Designation"], within: nil),
            fields: [
                "Manufacturer": .manufacturer, "Version": .model, "Serial Number": .serial, "Part Number": .partNumber,
            ]),
        7: SMBIOSPart(
            componentClass: .cache, place: .labelled("cache", by: ["Socket Designation"], within: nil)),
        8: SMBIOSPart(
            componentClass: .port,
            place: .labelled(
                "port", by: ["Internal Reference Designator", "External Reference Designator"],
                within: "External Reference Designator")),
        9: SMBIOSPart(
            componentClass: .slot, place: .labelled("slot", by: ["Designation"], within: "Bus Address")),
        11: SMBIOSPart(componentClass: .firmwareData, place: .single("smbios/oem-strings")),
        13: SMBIOSPart(componentClass: .firmwareData, place: .single("smbios/boot-language")),
        16: SMBIOSPart(componentClass: .memoryArray, place: .numbered("memory-array")),
        17: SMBIOSPart(
            componentClass: .memory, place: .labelled("dimm", by: ["Locator"], within: "Bank Locator"),
            fields: [
                "Manufacturer": .manufacturer, "Serial Number": .serial, "Part Number": .partNumber,
                "Firmware Version": .firmwareVersion,
            ]),
        19: SMBIOSPart(componentClass: .memoryRange, place: .numbered("memory-range")),
        22: SMBIOSPart(
            componentClass: .battery, place: .numbered("battery/smbios"),
            fields: [
                "Manufacturer": .manufacturer, "Name": .model, "Serial Number": .serial, "SBDS Serial Number": .serial,
            ]),
        27: SMBIOSPart(
            componentClass: .sensor, place: .labelled("sensor/cooling", by: ["Description"], within: nil)),
        28: SMBIOSPart(
            componentClass: .sensor, place: .labelled("sensor/temperature", by: ["Description"], within: "Location")),
        32: SMBIOSPart(componentClass: .firmwareData, place: .single("smbios/boot-status")),
        38: SMBIOSPart(componentClass: .managementController, place: .numbered("management-controller/smbios")),
        39: SMBIOSPart(
            componentClass: .powerSupply, place: .numbered("power-supply/smbios"),
            fields: [
                "Manufacturer": .manufacturer, "Name": .model, "Model Part Number": .partNumber,
                "Serial Number": .serial, "Revision": .revision,
            ]),
        41: SMBIOSPart(
            componentClass: .onboard,
            place: .labelled("onboard", by: ["Reference Designation"], within: "Bus Address")),
        43: SMBIOSPart(
            componentClass: .tpm, place: .single("tpm/smbios"),
            fields: ["Vendor ID": .manufacturer, "Description": .model, "Firmware Revision": .firmwareVersion]),
        45: SMBIOSPart(
            componentClass: .firmware,
            place: .labelled("fw/smbios", by: ["Firmware Component Name"], within: "Firmware ID"),
            fields: [
                "Manufacturer": .manufacturer, "Firmware Component Name": .model,
                "Firmware Version": .firmwareVersion,
            ]),
    ]
}

internal import AssayBytes
internal import AssayHost
internal import AssayModel

/// The identity strings that the kernel takes from the SMBIOS table at boot and shows to everybody.
///
/// Serial numbers and the UUID among them are for root alone.
struct DMIIdentity {
    /// Where they are; the second is what the first links to.
    static let folders = ["/sys/class/dmi/id", "/sys/devices/virtual/dmi/id"]

    /// Attribute files by structure type, with the name of the field that each one shows.
    private static let files: [UInt8: [(file: String, field: String)]] = [
        0: [
            ("bios_vendor", "Vendor"), ("bios_version", "Version"), ("bios_date", "Release Date"),
            ("bios_release", "BIOS Revision"), ("ec_firmware_release", "Firmware Revision"),
        ],
        1: [
            ("sys_vendor", "Manufacturer"), ("product_name", "Product Name"), ("product_version", "Version"),
            ("product_serial", "Serial Number"), ("product_uuid", "UUID"), ("product_sku", "SKU Number"),
            ("product_family", "Family"),
        ],
        2: [
            ("board_vendor", "Manufacturer"), ("board_name", "Product Name"), ("board_version", "Version"),
            ("board_serial", "Serial Number"), ("board_asset_tag", "Asset Tag"),
        ],
        3: [
            ("chassis_vendor", "Manufacturer"), ("chassis_type", "Type"), ("chassis_version", "Version"),
            ("chassis_serial", "Serial Number"), ("chassis_asset_tag", "Asset Tag"),
        ],
    ]

    /// Folder that was read.
    let path: String
    /// Fields by structure type; types of which nothing is known are left out.
    private(set) var attributes: [UInt8: [SMBIOSAttribute]] = [:]
    /// What could not be read.
    private(set) var gaps: [Gap] = []

    /// Reads the strings.
    init(_ root: HostRoot) {
        path = Self.folders.first { root.exists($0) } ?? Self.folders[0]
        for (type, files) in Self.files.sorted(by: { $0.key < $1.key }) {
            let known = files.compactMap { read($0.file, as: $0.field, in: root) }
            if !known.isEmpty { attributes[type] = known }
        }
    }

    private mutating func read(_ file: String, as field: String, in root: HostRoot) -> SMBIOSAttribute? {
        do {
            guard let bytes = try root.read("\(path)/\(file)", limit: 4096) else { return nil }
            var text = DeviceText.decode(bytes)
            if text.hasSuffix("\n") { text.removeLast() }
            return text.isEmpty ? nil : Self.attribute(field, text)
        } catch {
            gaps.append(SMBIOSProbe.gap(for: error, in: root))
            return nil
        }
    }

    private static func attribute(_ field: String, _ text: String) -> SMBIOSAttribute {
        switch field {
        case "Type":
            guard let code = UInt8(text) else { return SMBIOSAttribute(name: field, value: text) }
            return SMBIOSAttribute(name: field, value: SMBIOSEnumeration.chassisType[code & 0x7f])
        case "UUID":
            let digits = text.filter { $0 != "-" }
            if digits.allSatisfy({ $0 == "f" || $0 == "F" }) {
                return SMBIOSAttribute(name: field, value: SMBIOSRecord.uuidNotPresent)
            }
            if digits.allSatisfy({ $0 == "0" }) {
                return SMBIOSAttribute(name: field, value: SMBIOSRecord.uuidNotSettable)
            }
            return SMBIOSAttribute(name: field, value: text.lowercased())
        default: return SMBIOSAttribute(name: field, value: text)
        }
    }
}

import AssayModel

/// Short ways to write parts and records in tests.
enum Parts {
    static let memoryPath = "/sys/firmware/dmi/tables/DMI"

    static func memory(
        _ slot: String, _ serial: String? = nil, maker: String? = "Micron", model: String? = nil,
        part: String? = "MTA8ATF1G64HZ"
    ) -> Component {
        Component(
            .memory, at: "dimm/\(slot)",
            evidence: Evidence(probe: "smbios/tables", path: memoryPath, access: .reported),
            manufacturer: maker, model: model, partNumber: part, serial: serial)
    }

    static func pci(
        _ address: String, _ vendor: String = "8086", _ device: String = "15f3", kind: String = "020000",
        firmware: String? = nil, serial: String? = nil, access: Evidence.Access = .direct
    ) -> Component {
        Component(
            .pci, at: "pci/\(address)",
            evidence: Evidence(probe: "pci/devices", path: "/sys/bus/pci/devices/\(address)", access: access),
            serial: serial, firmwareVersion: firmware, ids: ["vendor": vendor, "device": device, "class": kind])
    }

    static func usb(_ port: String, _ vendor: String, _ device: String, serial: String? = nil) -> Component {
        Component(
            .usb, at: "usb/\(port)", evidence: Evidence(probe: "usb/devices", path: "/sys/bus/usb/devices/\(port)"),
            serial: serial, ids: ["vendor": vendor, "device": device, "class": "00"])
    }

    static func drive(
        _ name: String, model: String = "SAMSUNG MZVL2512", firmware: String? = "1.3", serial: String? = nil,
        access: Evidence.Access = .direct
    ) -> Component {
        Component(
            .storage, at: "storage/\(name)",
            evidence: Evidence(probe: "storage/block", path: "/sys/class/block/\(name)", access: access), model: model,
            serial: serial, firmwareVersion: firmware)
    }

    static func firmware(_ name: String, _ version: String?, digest: ContentDigest? = nil) -> Component {
        Component(
            .firmware, at: "fw/\(name)",
            evidence: Evidence(probe: "smbios/tables", path: memoryPath, access: .reported), manufacturer: "Insyde",
            firmwareVersion: version, digests: digest.map { ["image": $0] } ?? [:])
    }

    static func expectedMemory(
        slot: String? = nil, quantity: Int = 1, maker: String? = "Micron", part: String? = "MTA8ATF1G64HZ"
    ) -> ExpectedComponent {
        ExpectedComponent(
            .memory, slot: slot.map { "dimm/\($0)" }, quantity: quantity,
            part: PartDescription(manufacturer: maker, partNumber: part))
    }

    static func expectedPCI(_ address: String?, _ vendor: String = "8086", _ device: String = "15f3")
        -> ExpectedComponent
    {
        ExpectedComponent(
            .pci, slot: address.map { "pci/\($0)" },
            part: PartDescription(ids: ["vendor": AcceptedValues(vendor), "device": AcceptedValues(device)]))
    }

    static func profile(_ components: [ExpectedComponent]) -> HardwareProfile {
        var profile = HardwareProfile(id: "bench", version: "1")
        profile.components = components
        return profile
    }

    static func record(_ components: [BuiltComponent]) -> AsBuiltRecord {
        AsBuiltRecord(device: AsBuiltRecord.Unit(serial: "U-1001-7"), components: components)
    }

    static func inventory(_ components: [Component], serial: String? = "U-1001-7", gaps: [Gap] = [])
        -> InventorySnapshot
    {
        var device = DeviceFacts()
        device.serial = serial
        return InventorySnapshot(device: device, components: components, gaps: gaps)
    }
}

extension [Outcome] {
    /// What is not plainly matched, as `kind class location`.
    var differences: [String] {
        filter { $0.kind != .matched }.map { "\($0.kind.rawValue) \($0.componentClass.rawValue) \($0.location ?? "-")" }
    }
}

internal import AssayModel

/// One kernel interface that shows nothing but the version of a firmware, described as data.
struct FirmwareVersionRow: Sendable {
    /// Directory whose entries are the devices.
    var directory: String
    /// Attributes below an entry that hold versions, by the last part of the location.
    var attributes: [String: String]
    /// Name of the firmware, and second part of its location: `fw/gpu/…`.
    var name: String

    /// Every attribute that is read, for the probe's description.
    var pattern: String { "\(directory)/*/{\(attributes.values.sorted().joined(separator: ","))}" }

    /// Every interface of this form.
    static let all: [FirmwareVersionRow] = [
        FirmwareVersionRow(
            directory: "/sys/bus/pci/drivers/amdgpu",
            attributes: [
                "vbios": "vbios_version", "smc": "fw_version/smc_fw_version", "sos": "fw_version/sos_fw_version",
                "vcn": "fw_version/vcn_fw_version",
            ], name: "gpu")
    ]

    /// Adds a firmware component for each version that is there.
    func read(with reader: inout SysfsReader) {
        for entry in reader.devices(directory) {
            let path = directory + "/" + entry
            let device = reader.canonicalPath(path).flatMap(DevicePath.init)
            for part in attributes.keys.sorted() {
                guard let attribute = attributes[part], let version = reader.text(path + "/" + attribute) else {
                    continue
                }
                var component = Component(
                    .firmware, at: "fw/\(name)/\(device?.location ?? entry)/\(part)",
                    evidence: reader.evidence(path + "/" + attribute), model: name + " " + part)
                component.set(.firmwareVersion, version)
                component.setProperty("parent", device?.location)
                reader.output.firmware.append(component)
            }
        }
    }
}

internal import AssayModel

/// One kernel interface that shows devices as directories of one-value text files, described as data.
struct DeviceClassRow: Sendable {
    /// Directory whose entries are the devices.
    var directory: String
    /// Class of the components, and first part of their locations.
    var componentClass: ComponentClass
    /// Attribute without which an entry is not one of the devices (a bus lists domains and ports as well).
    var required: String
    /// Text fields by attribute path below the entry.
    var fields: [Component.TextField: String] = [:]
    /// Numeric identities by attribute path.
    var ids: [String: String] = [:]
    /// Further properties by attribute path.
    var properties: [String: String] = [:]
    /// Digests over whole attributes, by attribute path.
    var digests: [String: String] = [:]
    /// How far the interface speaks for the part.
    var access = Evidence.Access.direct

    /// Every attribute that is read, for the probe's description.
    var pattern: String {
        let names = Set([required] + fields.values + ids.values + properties.values + digests.values).sorted()
        return "\(directory)/*/" + (names.count == 1 ? names[0] : "{\(names.joined(separator: ","))}")
    }

    /// Every interface of this form, in the order of their directories.
    static let all: [DeviceClassRow] = [
        DeviceClassRow(
            directory: "/sys/bus/cxl/devices", componentClass: "cxl", required: "firmware_version",
            fields: [.firmwareVersion: "firmware_version", .serial: "serial"], properties: ["ramSize": "ram/size"]),
        DeviceClassRow(
            directory: "/sys/bus/hdaudio/devices", componentClass: "audio-codec", required: "vendor_id",
            fields: [.manufacturer: "vendor_name", .model: "chip_name"],
            ids: ["vendor": "vendor_id", "subsystem": "subsystem_id", "revision": "revision_id"]),
        DeviceClassRow(
            directory: "/sys/bus/hid/devices", componentClass: "hid", required: "report_descriptor",
            digests: ["reportDescriptor": "report_descriptor"]),
        DeviceClassRow(
            directory: "/sys/bus/nd/devices", componentClass: "nvdimm", required: "nfit/serial",
            fields: [.serial: "nfit/serial", .revision: "nfit/rev_id"],
            ids: [
                "vendor": "nfit/vendor", "device": "nfit/device", "subsystemVendor": "nfit/subsystem_vendor",
                "subsystemDevice": "nfit/subsystem_device",
            ], properties: ["id": "nfit/id"], access: .reported),
        DeviceClassRow(
            directory: "/sys/bus/thunderbolt/devices", componentClass: "thunderbolt", required: "unique_id",
            fields: [
                .manufacturer: "vendor_name", .model: "device_name", .serial: "unique_id",
                .firmwareVersion: "nvm_version",
            ], ids: ["vendor": "vendor", "device": "device"], properties: ["generation": "generation"]),
        DeviceClassRow(
            directory: "/sys/class/chromeos", componentClass: "embedded-controller", required: "version",
            fields: [.firmwareVersion: "version"]),
        DeviceClassRow(
            directory: "/sys/class/fc_host", componentClass: "fibre-channel", required: "port_name",
            fields: [.serial: "serial_number", .model: "model_name", .firmwareVersion: "firmware_version"],
            ids: ["nodeName": "node_name", "portName": "port_name"], properties: ["symbolicName": "symbolic_name"]),
        DeviceClassRow(
            directory: "/sys/class/fpga_manager", componentClass: "fpga", required: "name", fields: [.model: "name"],
            access: .reported),
        DeviceClassRow(
            directory: "/sys/class/infiniband", componentClass: "infiniband", required: "node_guid",
            fields: [.model: "hca_type", .firmwareVersion: "fw_ver", .revision: "hw_rev", .partNumber: "board_id"],
            properties: ["nodeGUID": "node_guid"]),
        DeviceClassRow(
            directory: "/sys/class/remoteproc", componentClass: "remote-processor", required: "name",
            fields: [.model: "name"], properties: ["firmwareFile": "firmware"], access: .reported),
        DeviceClassRow(
            directory: "/sys/class/typec", componentClass: "typec", required: "identity/id_header",
            ids: [
                "idHeader": "identity/id_header", "certification": "identity/cert_stat", "product": "identity/product",
            ], properties: ["type": "type"]),
    ]
}

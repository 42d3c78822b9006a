internal import AssayModel

/// A system on chip as its driver shows it (Documentation/ABI/testing/sysfs-devices-soc).
struct SystemOnChip {
    /// Reads every one: usually `soc0` alone, two on kernels with both a vendor's driver and the SMCCC one.
    static func read(with reader: inout SysfsReader) {
        var paths = reader.devices("/sys/bus/soc/devices").map { "/sys/bus/soc/devices/" + $0 }
        if paths.isEmpty, reader.exists("/sys/devices/soc0/soc_id") { paths = ["/sys/devices/soc0"] }
        for path in paths {
            let number = path.split(separator: "/").last.map { $0.drop { !$0.isNumber } } ?? "0"
            var component = Component(.soc, at: "soc/\(number)", evidence: reader.evidence(path))
            component.set(.model, reader.textBytes(path + "/soc_id"))
            component.set(.serial, reader.textBytes(path + "/serial_number"))
            component.set(.revision, reader.textBytes(path + "/revision"))
            component.setProperty("family", reader.text(path + "/family"))
            component.setProperty("machine", reader.text(path + "/machine"))
            guard component.model != nil || !component.properties.isEmpty else { continue }
            reader.output.components.append(component)
        }
    }
}

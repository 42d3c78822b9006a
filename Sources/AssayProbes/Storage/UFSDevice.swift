internal import AssayModel

/// A UFS chip, as its host controller's driver shows its descriptors (JESD220F, 14.1.4).
struct UFSDevice {
    /// Reads every chip and returns the canonical paths of their host controllers.
    static func read(with reader: inout SysfsReader) -> Set<String> {
        var paths: Set<String> = []
        for bus in ["platform", "pci"] {
            let drivers = "/sys/bus/\(bus)/drivers"
            for driver in reader.names(drivers) where driver.contains("ufs") {
                let folder = drivers + "/" + driver
                for device in reader.devices(folder) {
                    let path = folder + "/" + device
                    guard reader.exists(path + "/device_descriptor") else { continue }
                    paths.insert(reader.canonicalPath(path) ?? path)
                }
            }
        }
        for path in paths.sorted() { reader.output.components.append(component(path, with: &reader)) }
        return paths
    }

    private static func component(_ path: String, with reader: inout SysfsReader) -> Component {
        let name = path.split(separator: "/").last.map(String.init) ?? "ufs"
        let bus = DevicePath(path)?.location
        var component = Component(.storage, at: "ufs/" + name, evidence: reader.evidence(path))
        let strings = path + "/string_descriptors/"
        component.set(.manufacturer, reader.textBytes(strings + "manufacturer_name"))
        component.set(.model, reader.textBytes(strings + "product_name"))
        component.set(.serial, reader.textBytes(strings + "serial_number"))
        component.set(.firmwareVersion, reader.textBytes(strings + "product_revision"))
        component.setProperty("oemID", reader.text(strings + "oem_id"))
        component.properties["kind"] = "ufs"
        component.setProperty("parent", bus)
        let descriptor = path + "/device_descriptor/"
        component.setID("manufacturer", reader.word(descriptor + "manufacturer_id"))
        component.setID("class", reader.word(descriptor + "device_class"))
        for (property, attribute) in [
            ("specificationVersion", "specification_version"), ("manufactured", "manufacturing_date"),
            ("deviceVersion", "device_version"), ("logicalUnits", "number_of_luns"),
        ] {
            component.setProperty(property, reader.word(descriptor + attribute))
        }
        // Capacity in units of 512 bytes (JESD220F, 14.1.4.4, qTotalRawDeviceCapacity).
        if let units = reader.number(path + "/geometry_descriptor/raw_device_capacity") {
            component.properties["size"] = String(units &* 512)
        }
        return component
    }
}

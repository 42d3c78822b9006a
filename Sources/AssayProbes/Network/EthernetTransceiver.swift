internal import AssayModel

/// An Ethernet transceiver (PHY) on a management bus; its id is in registers 2 and 3 (IEEE 802.3, 22.2.4.3.1).
struct EthernetTransceiver {
    /// Reads every transceiver.
    static func read(with reader: inout SysfsReader) {
        for name in reader.devices("/sys/bus/mdio_bus/devices") {
            let path = "/sys/bus/mdio_bus/devices/" + name
            guard let id = reader.number(path + "/phy_id"), id != 0, id != 0xffff_ffff else { continue }
            var component = Component("phy", at: "phy/" + name, evidence: reader.evidence(path))
            component.setID("phy", reader.word(path + "/phy_id"))
            // 22 bits of the maker's identifier, six of the model, four of the revision.
            component.properties["model"] = String(id >> 4 & 0x3f)
            component.revision = String(id & 15)
            component.setProperty("driver", reader.linkName(path + "/driver"))
            component.setProperty("interfaceMode", reader.word(path + "/phy_interface"))
            component.setProperty("parent", reader.canonicalPath(path).flatMap(DevicePath.init)?.location)
            reader.output.components.append(component)
        }
    }
}

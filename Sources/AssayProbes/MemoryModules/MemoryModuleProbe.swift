internal import AssayBytes
internal import AssayModel

/// Reads the identification memories of memory modules through the drivers that offer them.
package struct MemoryModuleProbe: Probe {
    /// What the probe is and touches.
    package static let descriptor = ProbeDescriptor(
        id: "memory/spd",
        summary: "Memory modules as their own identification chips describe them.",
        accesses: [.init("/sys/bus/i2c/drivers/{ee1004,spd5118,eeprom}/*/eeprom")])
    private static let drivers = ["ee1004", "eeprom", "spd5118"]
    private static let sizeLimit = 4096

    /// A probe without settings.
    package init() {}

    /// Reads every module below the root.
    package func read(_ context: ProbeContext) -> ProbeOutput {
        var reader = SysfsReader(context.root, probe: Self.descriptor.id)
        for driver in Self.drivers {
            let folder = "/sys/bus/i2c/drivers/" + driver
            for name in reader.devices(folder, where: { $0.first?.isNumber ?? false }) {
                add(folder + "/" + name, name, isGeneric: driver == "eeprom", with: &reader)
            }
        }
        return reader.output
    }

    private func add(_ path: String, _ name: String, isGeneric: Bool, with reader: inout SysfsReader) {
        guard let bytes = reader.bytes(path + "/eeprom", limit: Self.sizeLimit), !bytes.isEmpty else { return }
        do {
            let module = try SerialPresenceDetect(parsing: bytes.span.bytes)
            var component = component(module, path, name, with: &reader)
            component.digests["spd"] = .sha256(of: bytes)
            reader.output.components.append(component)
        } catch {
            // The generic driver binds to other chips too: what is no module is no fault there.
            if !isGeneric { reader.note(path + "/eeprom", .malformed, "\(error)") }
        }
    }

    private func component(
        _ module: SerialPresenceDetect, _ path: String, _ name: String, with reader: inout SysfsReader
    ) -> Component {
        let parent = reader.canonicalPath(path).flatMap(DevicePath.init)?.location
        let address = name.split(separator: "-").last.map(String.init) ?? name
        let place = [parent, address].compactMap(\.self).joined(separator: "/")
        var component = Component("memory-spd", at: "spd/" + place, evidence: reader.evidence(path + "/eeprom"))
        component.set(.partNumber, module.partNumber)
        if let serial = module.serialNumber, serial != 0 { component.serial = Hex.string(serial) }
        if let maker = module.moduleMaker, maker != 0 { component.setID("manufacturer", Hex.string(maker)) }
        if let maker = module.dramMaker, maker != 0 { component.setID("dramManufacturer", Hex.string(maker)) }
        component.setID("type", Hex.string(module.typeCode))
        component.setProperty("type", module.typeName)
        component.setProperty("manufactured", module.manufactured)
        component.properties["checksum"] = module.integrity.rawValue
        return component
    }
}

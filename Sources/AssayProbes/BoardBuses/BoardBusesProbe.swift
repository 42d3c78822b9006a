internal import AssayModel

/// Reads the devices on the buses inside a board: I²C, I3C, SPI, SDIO, 1-Wire, and non-volatile memories.
package struct BoardBusesProbe: Probe {
    /// What the probe is and touches.
    package static let descriptor = ProbeDescriptor(
        id: "board/buses",
        summary:
            "Devices on I2C, SPI, SDIO and 1-Wire, and non-volatile memories, by the names that the kernel gives them.",
        accesses: [
            .init("/sys/bus/{i2c,spi}/devices/*/{name,modalias,driver}"),
            .init("/sys/bus/sdio/devices/*/{vendor,device,class,revision}"),
            .init("/sys/bus/w1/devices/*"),
            .init("/sys/bus/nvmem/devices/*/type"),
        ])

    /// A probe without settings.
    package init() {}

    /// Reads every bus below the root.
    package func read(_ context: ProbeContext) -> ProbeOutput {
        var reader = SysfsReader(context.root, probe: Self.descriptor.id)
        var taken: Set<String> = []
        for bus in ["i2c", "spi"] {
            for name in reader.devices("/sys/bus/\(bus)/devices") {
                guard let address = Self.address(name, bus) else { continue }
                var component = component(bus, name, address, with: &reader)
                // Several adapters of one parent (a graphics card's) have the same addresses.
                if !taken.insert(component.location).inserted { component.location = "\(bus)/\(name)" }
                reader.output.components.append(component)
            }
        }
        addSDIO(with: &reader)
        addOneWire(with: &reader)
        addMemories(with: &reader)
        return reader.output
    }

    /// Address on the bus; nil for adapters (`i2c-0`), which are no devices of it.
    private static func address(_ name: String, _ bus: String) -> Substring? {
        if bus == "i2c" {
            guard !name.hasPrefix("i2c-") || name.contains(":") else { return nil }
            return name.split(separator: "-", maxSplits: 1).last
        }
        return name.split(separator: ".", maxSplits: 1).last
    }

    private func component(
        _ bus: String, _ name: String, _ address: Substring, with reader: inout SysfsReader
    ) -> Component {
        let path = "/sys/bus/\(bus)/devices/" + name
        let parent = reader.canonicalPath(path).flatMap(DevicePath.init)?.location
        let place = parent.map { "\(bus)/\($0)/\(address)" } ?? "\(bus)/\(name)"
        // The kernel was told of the device by a table; a driver that is bound has talked to it, or says so.
        var component = Component(ComponentClass(rawValue: bus), at: place, evidence: reader.evidence(path, .reported))
        component.set(.model, reader.text(path + "/name") ?? modaliasName(path, with: &reader))
        component.setProperty("modalias", reader.word(path + "/modalias"))
        component.setProperty("driver", reader.linkName(path + "/driver"))
        component.setProperty("parent", parent)
        return component
    }

    private func modaliasName(_ path: String, with reader: inout SysfsReader) -> String? {
        reader.word(path + "/modalias")?.split(separator: ":", maxSplits: 1).last.map(String.init)
    }

    /// SDIO functions; their ids stand in the card's CISTPL_MANFID (SDIO Simplified Specification 3.00, 16.6).
    private func addSDIO(with reader: inout SysfsReader) {
        for name in reader.devices("/sys/bus/sdio/devices") {
            let path = "/sys/bus/sdio/devices/" + name
            let parts = name.split(separator: ":")
            guard parts.count == 3 else { continue }
            let host = parts[0].hasPrefix("mmc") ? parts[0].dropFirst(3) : parts[0]
            var component = Component("sdio", at: "sdio/\(host)/\(parts[2])", evidence: reader.evidence(path))
            for id in ["vendor", "device", "class"] { component.setID(id, reader.word(path + "/" + id)) }
            component.set(.revision, reader.textBytes(path + "/revision"))
            for line in 1...4 { component.setProperty("info\(line)", reader.text(path + "/info\(line)")) }
            component.setProperty("driver", reader.linkName(path + "/driver"))
            component.setProperty("parent", reader.canonicalPath(path).flatMap(DevicePath.init)?.location)
            reader.output.components.append(component)
        }
    }

    /// 1-Wire slaves; the name is family code and 48-bit serial number, the checksum left out.
    private func addOneWire(with reader: inout SysfsReader) {
        for name in reader.devices("/sys/bus/w1/devices", where: { !$0.hasPrefix("w1_bus_master") }) {
            let path = "/sys/bus/w1/devices/" + name
            var component = Component("w1", at: "w1/" + name, evidence: reader.evidence(path))
            let parts = name.split(separator: "-")
            if parts.count == 2 {
                component.setID("family", String(parts[0]))
                component.set(.serial, String(parts[1]))
            }
            component.setProperty("driver", reader.linkName(path + "/driver"))
            reader.output.components.append(component)
        }
    }

    /// Non-volatile memories; their content needs root and may wake the chip, so it is not read.
    private func addMemories(with reader: inout SysfsReader) {
        for name in reader.devices("/sys/bus/nvmem/devices") {
            let path = "/sys/bus/nvmem/devices/" + name
            let parent = reader.canonicalPath(path).flatMap(DevicePath.init)?.location
            var component = Component("nvmem", at: "nvmem/" + name, evidence: reader.evidence(path, .reported))
            component.setProperty("type", reader.word(path + "/type"))
            component.setProperty("parent", parent)
            reader.output.components.append(component)
        }
    }
}

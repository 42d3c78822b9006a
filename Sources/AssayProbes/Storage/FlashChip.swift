internal import AssayModel

/// A raw flash chip: SPI-NOR with its JEDEC id, or whatever else the MTD layer drives.
///
/// Partitions of one chip are listed in a property of the one part.
struct FlashChip {
    /// Reads every chip.
    static func read(with reader: inout SysfsReader) {
        var chips: [String: Component] = [:]
        for name in reader.devices("/sys/bus/spi/devices") {
            let path = "/sys/bus/spi/devices/" + name
            guard reader.exists(path + "/spi-nor") else { continue }
            chips[reader.canonicalPath(path) ?? path] = serialFlash(path, name, with: &reader)
        }
        let names = reader.devices("/sys/class/mtd") { DevicePath.isNumbered($0, "mtd") }
        for name in names { addPartition("/sys/class/mtd/" + name, to: &chips, with: &reader) }
        reader.output.components += chips.keys.sorted().compactMap { chips[$0] }
    }

    private static func serialFlash(_ path: String, _ name: String, with reader: inout SysfsReader) -> Component {
        var component = Component(.storage, at: "spi-nor/" + name, evidence: reader.evidence(path + "/spi-nor"))
        component.set(.manufacturer, reader.textBytes(path + "/spi-nor/manufacturer"))
        component.set(.model, reader.textBytes(path + "/spi-nor/partname"))
        component.setID("jedec", reader.word(path + "/spi-nor/jedec_id"))
        component.properties["kind"] = "spi-nor"
        // Serial flash discoverable parameters (JESD216): the chip's own description of itself.
        if let parameters = reader.bytes(path + "/spi-nor/sfdp"), !parameters.isEmpty {
            component.digests["sfdp"] = .sha256(of: parameters)
        }
        return component
    }

    /// Joins an MTD device to the chip that it is a part of, or starts a chip for it.
    private static func addPartition(
        _ path: String, to chips: inout [String: Component], with reader: inout SysfsReader
    ) {
        // Devices made by software (mtdram, block2mtd, nandsim) hang on nothing.
        guard reader.exists(path + "/device"), let device = reader.canonicalPath(path + "/device"),
            let bus = DevicePath(device), !bus.isVirtual
        else { return }
        var chip =
            chips[device]
            ?? Component(
                .storage, at: "mtd/" + (bus.components.last ?? "unknown"), evidence: reader.evidence(path))
        let label = reader.word(path + "/name") ?? "unnamed"
        let size = reader.number(path + "/size") ?? 0
        let partition = "\(label):\(size)"
        chip.properties["partitions"] = [chip.properties["partitions"], partition].compactMap(\.self)
            .joined(separator: " ")
        if chip.properties["kind"] == nil { chip.setProperty("kind", reader.word(path + "/type")) }
        chip.setProperty("parent", bus.location)
        chips[device] = chip
    }
}

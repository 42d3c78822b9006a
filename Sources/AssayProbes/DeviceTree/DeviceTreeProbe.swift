internal import AssayBytes
internal import AssayModel

/// Reads what the device tree says of the board, and what the SoC driver says of the chip.
package struct DeviceTreeProbe: Probe {
    /// What the probe is and touches.
    package static let descriptor = ProbeDescriptor(
        id: "devicetree/base",
        summary: "Board model, serial number, boot loader and soldered parts as the device tree states them.",
        accesses: [
            .init("/sys/firmware/devicetree/base/**"),
            .init("/proc/device-tree/**"),
            .init("/sys/firmware/fdt", .readSearch, loses: "digest over the whole hardware description"),
            .init("/sys/bus/soc/devices/*/{family,machine,revision,soc_id,serial_number}"),
        ])
    private static let blob = "/sys/firmware/fdt"

    /// A probe without settings.
    package init() {}

    /// Reads the tree below the root.
    package func read(_ context: ProbeContext) -> ProbeOutput {
        var reader = SysfsReader(context.root, probe: Self.descriptor.id)
        SystemOnChip.read(with: &reader)
        let bases = ["/sys/firmware/devicetree/base", "/proc/device-tree"]
        // On machines with ACPI the base may exist with nothing but a stub in it: no model, no compatible.
        guard let base = bases.first(where: { reader.exists($0 + "/compatible") || reader.exists($0 + "/model") })
        else { return reader.output }
        var tree = DeviceTreeReader(base: base)
        addSystem(tree, with: &reader)
        addLoader(tree, with: &reader)
        tree.readBusNodes(with: &reader)
        return reader.output
    }

    private func addSystem(_ tree: DeviceTreeReader, with reader: inout SysfsReader) {
        var component = Component(.system, at: "devicetree", evidence: reader.evidence(tree.base, .reported))
        let compatible = tree.strings("compatible", with: &reader)
        component.set(.model, tree.string("model", with: &reader))
        component.set(.serial, tree.string("serial-number", with: &reader))
        component.setProperty("compatible", compatible.joined(separator: " "))
        component.setProperty("chassisType", tree.string("chassis-type", with: &reader))
        component.setProperty("memorySize", tree.memorySize(with: &reader).map { String($0) })
        component.setProperty("firmwareNodes", tree.firmwareNodes(with: &reader).joined(separator: " "))
        if let digest = blobDigest(with: &reader) { component.digests["hardwareDescription"] = digest }
        reader.output.components.append(component)
        reader.output.device.model = component.model
        reader.output.device.serial = component.serial
        reader.output.device.compatible = compatible.isEmpty ? nil : compatible
    }

    private func blobDigest(with reader: inout SysfsReader) -> ContentDigest? {
        let tree = reader.parse(Self.blob, limit: FlattenedDeviceTree.sizeLimit) { bytes throws(ParseFailure) in
            try FlattenedDeviceTree(parsing: bytes)
        }
        return tree.map { .sha256(of: $0.hardwareDescription) }
    }

    private func addLoader(_ tree: DeviceTreeReader, with reader: inout SysfsReader) {
        var loader: [String: String] = [:]
        if let version = tree.string("chosen/u-boot,version", with: &reader) {
            loader["u-boot,version"] = version
            addFirmware("U-Boot", at: "fw/u-boot", version, tree.base + "/chosen/u-boot,version", with: &reader)
        }
        // Written by the Raspberry Pi's boot loader; numbers are single cells.
        for name in ["version", "build-timestamp", "capabilities", "update-timestamp"] {
            let path = "chosen/bootloader/" + name
            guard let value = tree.stringOrCell(path, with: &reader) else { continue }
            loader["bootloader/" + name] = value
            if name == "version" {
                addFirmware("boot loader", at: "fw/bootloader", value, tree.base + "/" + path, with: &reader)
            }
        }
        for name in ["stdout-path", "opensbi-version", "rpi-boardrev-ext"] {
            if let value = tree.stringOrCell("chosen/" + name, with: &reader) { loader[name] = value }
        }
        if !loader.isEmpty { reader.output.boot.loader = loader }
        if !reader.exists("/sys/firmware/efi") { reader.output.boot.firmwareType = "devicetree" }
    }

    private func addFirmware(
        _ model: String, at location: String, _ version: String, _ path: String, with reader: inout SysfsReader
    ) {
        var component = Component(.firmware, at: location, evidence: reader.evidence(path, .reported), model: model)
        component.set(.firmwareVersion, version)
        reader.output.firmware.append(component)
    }
}

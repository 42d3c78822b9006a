internal import AssayHost

/// PCI, PCI-X and PCI Express functions from sysfs, with their configuration space and Vital Product Data where
/// readable.
package struct PCIProbe: Probe {
    /// What is read and what it takes.
    package static let descriptor = ProbeDescriptor(
        id: "pci/devices",
        summary: "PCI functions with ids, link, driver, capabilities, Device Serial Number and Vital Product Data.",
        accesses: [
            .init("/sys/bus/pci/devices/*/{vendor,device,subsystem_vendor,subsystem_device,class,revision}"),
            .init(
                "/sys/bus/pci/devices/*/{driver,driver/module,physfn,numa_node,label,acpi_index,boot_vga,power_state}"),
            .init("/sys/bus/pci/devices/*/{max_link_speed,max_link_width,current_link_width}"),
            .init(
                "/sys/bus/pci/devices/*/config", .systemAdministration,
                loses: "everything behind the first 64 bytes: capability lists and the Device Serial Number"),
            .init(
                "/sys/bus/pci/devices/*/serial_number", .readSearch,
                loses: "the Device Serial Number, where config does not show it either"),
            .init(
                "/sys/bus/pci/devices/*/vpd", .readSearch,
                loses: "part number, serial number and maker that a card states in its Vital Product Data"),
        ])

    private static let bus = "/sys/bus/pci/devices"
    /// Bridges below bridges: bus numbers end at 255, so a longer chain is no PCI hierarchy.
    private static let depthLimit = 255

    /// A probe; it has no settings.
    package init() {}

    /// Reads every function.
    package func read(_ context: ProbeContext) -> ProbeOutput {
        var functions = PCIFunctionReader(context.root, probe: Self.descriptor.id)
        if context.root.exists(Self.bus) {
            for name in functions.reader.devices(Self.bus, where: DevicePath.isPCIFunction) {
                functions.read(name, at: Self.bus + "/" + name)
            }
        } else {
            // A recorded tree may hold the device directories without the bus directory that links to them.
            var paths: [String] = []
            Self.walk("/sys/devices", &functions.reader, into: &paths, depth: 0)
            for path in paths { functions.read(path.split(separator: "/").last.map(String.init) ?? "", at: path) }
        }
        return functions.finish()
    }

    private static func walk(_ path: String, _ reader: inout SysfsReader, into paths: inout [String], depth: Int) {
        guard depth < depthLimit, paths.count < SysfsReader.deviceLimit else { return }
        for name in reader.names(path) {
            let isFunction = DevicePath.isPCIFunction(name)
            // Root buses (`pci0000:00`) stand below /sys/devices, or below the function that makes them (VMD).
            guard isFunction || name.hasPrefix("pci") && name.contains(":") else { continue }
            if isFunction { paths.append(path + "/" + name) }
            walk(path + "/" + name, &reader, into: &paths, depth: depth + 1)
        }
    }
}

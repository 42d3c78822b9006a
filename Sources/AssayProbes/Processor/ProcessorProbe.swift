internal import AssayBytes
internal import AssayModel

/// Reads the processor packages and the microcode that runs in them.
package struct ProcessorProbe: Probe {
    /// What the probe is and touches.
    package static let descriptor = ProbeDescriptor(
        id: "processor/cpuinfo",
        summary: "Processor packages with model, stepping and features, and the microcode that runs in them.",
        accesses: [
            .init("/proc/cpuinfo"),
            .init("/sys/devices/system/cpu/cpu*/topology/{physical_package_id,core_cpus_list,thread_siblings_list}"),
            .init("/sys/devices/system/cpu/cpu*/microcode/{version,processor_flags}"),
            .init("/sys/devices/system/cpu/cpu*/regs/identification/{midr_el1,revidr_el1}"),
            .init("/sys/hypervisor/type"),
        ])
    /// A block takes about 1.5 KiB, so this is enough for the most processors that are kept.
    private static let sizeLimit = 16 << 20

    /// A probe without settings.
    package init() {}

    /// Reads every package below the root.
    package func read(_ context: ProbeContext) -> ProbeOutput {
        var reader = SysfsReader(context.root, probe: Self.descriptor.id)
        reader.output.device.hypervisor = reader.word("/sys/hypervisor/type")
        let info = reader.parse("/proc/cpuinfo", limit: Self.sizeLimit) { bytes throws(ParseFailure) in
            try CPUInfo(parsing: bytes)
        }
        guard let info else { return reader.output }
        for package in ProcessorPackage.packages(of: info, with: &reader) {
            reader.output.components.append(package.component(with: &reader))
            if let microcode = package.microcode(with: &reader) { reader.output.firmware.append(microcode) }
            if package.isVirtual, reader.output.device.hypervisor == nil { reader.output.device.hypervisor = "present" }
        }
        addBoardFacts(info, with: &reader)
        return reader.output
    }

    /// Takes the board's model and serial number from the lines that Arm kernels print, where no device tree says them.
    private func addBoardFacts(_ info: CPUInfo, with reader: inout SysfsReader) {
        guard !reader.exists("/sys/firmware/devicetree/base"), !reader.exists("/proc/device-tree") else { return }
        if let serial = info.shared["Serial"], serial.contains(where: { $0 != "0" }) {
            reader.output.device.serial = serial
        }
        if let model = info.shared["Model"], !model.isEmpty { reader.output.device.model = model }
        if let revision = info.shared["Revision"], revision.contains(where: { $0 != "0" }) {
            reader.output.device.version = revision
        }
    }
}

internal import AssayHost
internal import AssayModel

/// Reads the firmware versions of Intel's management engine from its driver.
package struct ManagementEngineProbe: Probe {
    private static let folder = "/sys/class/mei"

    /// What is read.
    package static let descriptor = ProbeDescriptor(
        id: "firmware/mei", summary: "Firmware versions of Intel management engines.",
        accesses: [.init(folder + "/mei*/{fw_ver,fw_status,dev_state}")])

    /// A probe without state.
    package init() {}

    /// Reads the engines below the root.
    package func read(_ context: ProbeContext) -> ProbeOutput {
        var reader = SysfsReader(context.root, probe: Self.descriptor.id)
        for name in reader.devices(Self.folder, where: { DevicePath.isNumbered($0, "mei") }) {
            let path = Self.folder + "/" + name
            guard let text = reader.text(path + "/fw_ver") else { continue }
            let versions = text.split(separator: "\n").compactMap(Self.version)
            guard let main = versions.first else {
                reader.note(path + "/fw_ver", .malformed, "no version in it")
                continue
            }
            let parent = reader.canonicalPath(path).flatMap(DevicePath.init)?.pciLocation
            var engine = Component(
                .firmware, at: "fw/mei/" + (parent.map { String($0.dropFirst(4)) } ?? name),
                evidence: reader.evidence(path))
            engine.set(.firmwareVersion, main)
            engine.properties["parent"] = parent
            // One block of versions each for the code that runs, the recovery image and the image tool.
            for (label, version) in zip(["recoveryVersion", "imageToolVersion"], versions.dropFirst()) {
                engine.setProperty(label, version)
            }
            // The first register holds the working state and the manufacturing mode; the others count and change.
            engine.setProperty(
                "status", reader.text(path + "/fw_status")?.split(separator: "\n").first.map(String.init))
            reader.output.firmware.append(engine)
        }
        return reader.output
    }

    /// `0:16.1.25.2124`: a platform number before the version (Documentation/ABI/testing/sysfs-class-mei).
    private static func version(_ line: Substring) -> String? {
        let parts = line.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, !parts[1].isEmpty, parts[1] != "0.0.0.0" else { return nil }
        return String(parts[1])
    }
}

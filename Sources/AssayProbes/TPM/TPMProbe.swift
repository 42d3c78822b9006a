internal import AssayBytes
internal import AssayHost
internal import AssayModel

/// Reads which trusted platform module the kernel drives, its registers and the digest of the firmware's event log.
///
/// The module itself is asked only where the operator allows device nodes to be opened, and only with commands that
/// leave it as it is: a TPM 2.0 then tells its maker, its firmware and its endorsement key.
package struct TPMProbe: Probe {
    private static let folder = "/sys/class/tpm"
    private static let acpiTable = "/sys/firmware/acpi/tables/TPM2"
    private static let security = "/sys/kernel/security"

    /// What is read.
    package static let descriptor = ProbeDescriptor(
        id: "tpm/class", summary: "Trusted platform modules, their registers and the firmware's event log.",
        accesses: [
            .init(folder + "/tpm*/{tpm_version_major,caps,device/description,device/driver}"),
            .init(folder + "/tpm*/{pcr-*/*,pcrs}"),
            .init(
                security + "/tpm*/binary_bios_measurements", .readSearch, loses: "digest of the firmware's event log"),
            .init(
                security + "/ima/ascii_runtime_measurements", .readSearch,
                loses: "the kernel's digest over registers 0 to 9"),
            .init(
                "node:/dev/tpmrm*", .override,
                loses: "maker, firmware, endorsement key and certificate of a TPM 2.0"),
        ])

    /// Opens the way to the module behind a node; nil when the node is not there.
    typealias Opener = @Sendable (_ path: String, _ root: HostRoot) throws(HostFailure) -> (any TPMTransport)?

    private let open: Opener

    /// A probe of the machine that it runs on.
    package init() {
        open = { (path, root) throws(HostFailure) in
            // A recorded tree has no devices, and what is below its /dev is none of its module's.
            root.isLive ? try TPMDeviceNode(path, in: root) : nil
        }
    }

    /// A probe that finds modules in another way.
    init(open: @escaping Opener) { self.open = open }

    /// Reads the modules below the root.
    package func read(_ context: ProbeContext) -> ProbeOutput {
        var reader = SysfsReader(context.root, probe: Self.descriptor.id)
        let names = reader.devices(Self.folder, where: { DevicePath.isNumbered($0, "tpm") })
        for name in names {
            var component = Self.component(name, &reader)
            if reader.output.boot.pcrs == nil {
                reader.output.boot.pcrs = TPMRegisters.read(Self.folder + "/" + name, &reader)
                if reader.output.boot.pcrs != nil {
                    component.properties["pcrsLeftOut"] = TPMRegisters.leftOut.sorted().map(String.init)
                        .joined(separator: " ")
                }
            }
            if context.mayOpenDeviceNodes { ask(&component, name, &reader) }
            reader.output.components.append(component)
        }
        if names.isEmpty, reader.exists(Self.acpiTable) {
            reader.note(
                Self.acpiTable, .unsupported, "the firmware describes a TPM 2.0 that no driver of this kernel has taken"
            )
        }
        return reader.output
    }

    private func ask(_ component: inout Component, _ name: String, _ reader: inout SysfsReader) {
        // The protocol of a TPM 1.2 is another one; what is interesting of it stands in sysfs.
        guard component.properties["specification"] != "1.2" else { return }
        let path = "/dev/tpmrm" + name.dropFirst(3)
        let root = reader.root
        let opened = reader.output.reading(reader.probe) { () throws(HostFailure) in try open(path, root) }
        guard let transport = opened else { return }
        let conversation = TPMConversation(over: transport, probe: reader.probe, path: path)
        conversation.fill(&component)
        reader.output.gaps += conversation.gaps
    }

    private static func component(_ name: String, _ reader: inout SysfsReader) -> Component {
        let path = folder + "/" + name
        let device = reader.canonicalPath(path).flatMap(DevicePath.init)
        var tpm = Component(
            .tpm, at: "tpm/" + name.dropFirst(3),
            evidence: reader.evidence(path, device?.isVirtual == true ? .virtual : .direct))
        tpm.setProperty(
            "specification", reader.word(path + "/tpm_version_major").map { ["1": "1.2", "2": "2.0"][$0] ?? $0 })
        tpm.set(.model, reader.textBytes(path + "/device/description"))
        tpm.setProperty("driver", reader.linkName(path + "/device/driver"))
        for file in [path + "/caps", path + "/device/caps"] {
            guard let text = reader.text(file) else { continue }
            TPMCapabilities(parsing: text).fill(&tpm)
            break
        }
        addLogs(name, &tpm, &reader)
        return tpm
    }

    private static func addLogs(_ name: String, _ tpm: inout Component, _ reader: inout SysfsReader) {
        let path = "\(security)/\(name)/binary_bios_measurements"
        if let log = reader.bytes(path, limit: 16 << 20), !log.isEmpty {
            tpm.digests["eventLog"] = .sha256(of: log)
            tpm.properties["eventLogSize"] = String(log.count)
        }
        guard name == "tpm0" else { return }
        // Only the first line stays as it is while the system runs; a digest of the whole would change with every
        // start of a program under a measuring policy.
        guard let list = reader.prefix("\(security)/ima/ascii_runtime_measurements", limit: 4096),
            let line = list.split(separator: UInt8(ascii: "\n")).first
        else { return }
        let words = DeviceText.decode(Array(line)).split(separator: " ")
        if words.last == "boot_aggregate", words.count >= 4 { tpm.setProperty("imaBootAggregate", String(words[3])) }
    }
}

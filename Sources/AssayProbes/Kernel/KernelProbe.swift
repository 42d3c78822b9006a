internal import AssayBytes
internal import AssayHost
internal import AssayModel
internal import Glibc

/// Reads which kernel runs, with what command line, and which modules were loaded into it.
package struct KernelProbe: Probe {
    private static let security = "/sys/kernel/security"
    private static let vulnerabilities = "/sys/devices/system/cpu/vulnerabilities"

    /// What is read.
    package static let descriptor = ProbeDescriptor(
        id: "kernel/state", summary: "The running kernel, its command line, taint, lockdown and modules.",
        accesses: [
            .init("/proc/sys/kernel/{osrelease,tainted,hostname,arch}"), .init("/proc/{version,cmdline,modules}"),
            .init("/etc/hostname"), .init("/sys/kernel/notes"),
            .init(security + "/lockdown", .readSearch, loses: "lockdown mode"),
            .init("/sys/module/*/{initstate,coresize,srcversion,version,taint,notes/.note.gnu.build-id}"),
            .init(vulnerabilities + "/*"),
        ])

    /// A probe without state.
    package init() {}

    /// Reads the kernel's state below the root.
    package func read(_ context: ProbeContext) -> ProbeOutput {
        var reader = SysfsReader(context.root, probe: Self.descriptor.id)
        var kernel = KernelState()
        kernel.release = reader.word("/proc/sys/kernel/osrelease")
        kernel.version = reader.word("/proc/version")
        kernel.commandLine = reader.word("/proc/cmdline")
        kernel.taint = Self.taint(&reader)
        kernel.buildID = Self.buildID("/sys/kernel/notes", &reader)
        kernel.lockdown = Self.lockdown(&reader)
        var states: [String: String] = [:]
        for name in reader.names(Self.vulnerabilities) {
            states[name] = reader.word(Self.vulnerabilities + "/" + name)
        }
        kernel.vulnerabilities = states.isEmpty ? nil : states
        kernel.modules = KernelModules.read(&reader)
        reader.output.kernel = kernel
        // A recorded tree may lack the live name but hold the configured one.
        reader.output.device.hostname = reader.word("/proc/sys/kernel/hostname") ?? reader.word("/etc/hostname")
        reader.output.device.architecture = Self.architecture(context.root, &reader)
        return reader.output
    }

    /// GNU build-id in a `notes` file; nil when it has none.
    static func buildID(_ path: String, _ reader: inout SysfsReader) -> String? {
        guard let bytes = reader.bytes(path), !bytes.isEmpty else { return nil }
        do throws(ParseFailure) {
            return try ELFNotes.gnuBuildID(inNativeNotes: bytes.span.bytes).map { Hex.string($0) }
        } catch {
            reader.note(path, .malformed, "\(error)")
            return nil
        }
    }

    private static func taint(_ reader: inout SysfsReader) -> UInt64? {
        let path = "/proc/sys/kernel/tainted"
        guard let word = reader.word(path) else { return nil }
        guard let bits = UInt64(word) else {
            reader.note(path, .malformed, "no number")
            return nil
        }
        return bits
    }

    /// The mode in brackets: `none [integrity] confidentiality`.
    private static func lockdown(_ reader: inout SysfsReader) -> String? {
        guard let text = reader.word(security + "/lockdown") else {
            // An empty folder is the mount point alone; a kernel without the feature has other files there.
            let gaps = reader.output.gaps.count
            if reader.exists(security), reader.names(security).isEmpty, reader.output.gaps.count == gaps {
                reader.note(
                    security, .absent,
                    "securityfs is not mounted or shows nothing; mounting it shows lockdown mode and measurement logs")
            }
            return nil
        }
        guard let open = text.firstIndex(of: "["), let close = text[open...].firstIndex(of: "]") else {
            reader.note(security + "/lockdown", .malformed, "no mode is marked")
            return nil
        }
        return String(text[text.index(after: open)..<close])
    }

    private static func architecture(_ root: HostRoot, _ reader: inout SysfsReader) -> String? {
        if let word = reader.word("/proc/sys/kernel/arch") { return word }
        var names = utsname()
        guard root.isLive, uname(&names) == 0 else { return nil }
        return withUnsafeBytes(of: &names.machine) { DeviceText.normalize(DeviceText.decode(Array($0))) }
    }
}

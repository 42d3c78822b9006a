internal import AssayBytes
internal import AssayModel

/// The modules of the running kernel: `/proc/modules` joined with `/sys/module`.
enum KernelModules {
    /// Most modules.
    private static let limit = 10_000
    private static let list = "/proc/modules"
    private static let folder = "/sys/module"

    /// Loaded modules in name order; nil when the kernel does not say.
    static func read(_ reader: inout SysfsReader) -> [KernelState.Module]? {
        guard let text = reader.bytes(list, limit: 4 << 20).map(DeviceText.decode) else { return nil }
        var modules: [String: KernelState.Module] = [:]
        for line in text.split(separator: "\n") {
            guard let module = parse(line) else {
                reader.note(list, .malformed, "a line names no module")
                continue
            }
            guard modules.count < limit else {
                reader.note(list, .tooLarge, "more than \(limit) modules")
                break
            }
            modules[module.name] = module
        }
        addUnlisted(to: &modules, &reader)
        for name in modules.keys { describe(&modules[name], &reader) }
        return modules.values.sorted { $0.name < $1.name }
    }

    /// Reads `name size users by state address (taint)`; only name and size matter.
    private static func parse(_ line: Substring) -> KernelState.Module? {
        let words = line.split(separator: " ")
        guard words.count >= 3, let name = words.first, isName(name), let size = Int(words[1]) else { return nil }
        var module = KernelState.Module(name: String(name))
        module.size = size
        return module
    }

    /// A module that took itself off the list but not out of sysfs is loaded code all the same.
    private static func addUnlisted(to modules: inout [String: KernelState.Module], _ reader: inout SysfsReader) {
        for name in reader.names(folder) where modules[name] == nil && isName(name) {
            // Only loadable modules have a state; parts that are built in have none.
            guard reader.word("\(folder)/\(name)/initstate") == "live" else { continue }
            var module = KernelState.Module(name: name)
            module.size = reader.number("\(folder)/\(name)/coresize").flatMap { Int(exactly: $0) }
            modules[name] = module
            reader.note("\(folder)/\(name)", .malformed, "loaded, but missing in \(list)")
        }
    }

    private static func describe(_ module: inout KernelState.Module?, _ reader: inout SysfsReader) {
        guard let path = module.map({ "\(folder)/\($0.name)" }) else { return }
        module?.sourceVersion = reader.word(path + "/srcversion")
        module?.version = reader.word(path + "/version")
        module?.taint = reader.word(path + "/taint")
        module?.buildID = KernelProbe.buildID(path + "/notes/.note.gnu.build-id", &reader)
    }

    private static func isName(_ name: some StringProtocol) -> Bool {
        !name.isEmpty && name.utf8.count < 64
            && name.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7a).contains($0 | 0x20) || $0 == 0x5f || $0 == 0x2d
            }
    }
}

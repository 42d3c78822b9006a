internal import AssayBytes
internal import AssayModel

/// The logical processors that share one physical package, and what they say of it.
struct ProcessorPackage {
    /// Number of the package.
    let number: UInt64
    /// Its logical processors; never empty.
    private let first: CPUInfo.Processor
    private let processors: [CPUInfo.Processor]
    private let info: CPUInfo

    /// Groups the processors of `info` by package, in the order of the packages' numbers.
    static func packages(of info: CPUInfo, with reader: inout SysfsReader) -> [ProcessorPackage] {
        var groups: [UInt64: [CPUInfo.Processor]] = [:]
        for processor in info.processors {
            let topology = "/sys/devices/system/cpu/cpu\(processor.number)/topology/physical_package_id"
            // A device tree without a package says -1: then there is one.
            let number =
                info.field("physical id", of: processor).flatMap { UInt64($0) } ?? reader.number(topology) ?? 0
            groups[number, default: []].append(processor)
        }
        return groups.keys.sorted().compactMap { number in
            guard let processors = groups[number], let first = processors.first else { return nil }
            return ProcessorPackage(number: number, first: first, processors: processors, info: info)
        }
    }

    private init(number: UInt64, first: CPUInfo.Processor, processors: [CPUInfo.Processor], info: CPUInfo) {
        self.number = number
        self.first = first
        self.processors = processors
        self.info = info
    }

    /// Whether a hypervisor shows itself in the processor's flags.
    var isVirtual: Bool { flags(of: first).contains("hypervisor") }

    /// The package as a part.
    func component(with reader: inout SysfsReader) -> Component {
        var component = Component(
            .processor, at: "processor/\(number)",
            evidence: reader.evidence("/proc/cpuinfo", isVirtual ? .virtual : .direct))
        component.set(.manufacturer, field("vendor_id"))
        component.set(
            .model, ["model name", "cpu model", "Model Name", "cpu", "Processor"].lazy.compactMap(field).first)
        addNumbers(to: &component)
        addRegisters(to: &component, with: &reader)
        component.properties["threads"] = String(processors.count)
        component.properties["cores"] = String(coreCount(with: &reader))
        for name in ["isa", "uarch", "Hardware", "machine", "system type", "platform", "revision", "processor"] {
            component.setProperty(Self.propertyName(name), field(name))
        }
        let names = flags(of: first)
        if !names.isEmpty { component.digests["flags"] = .sha256(of: names.joined(separator: " ").utf8) }
        if processors.contains(where: { flags(of: $0) != names }) { component.properties["flagsDisagree"] = "true" }
        if isVirtual { component.properties["hypervisor"] = "true" }
        return component
    }

    /// The microcode that runs in the package, as firmware; nil where the processor has none to show.
    func microcode(with reader: inout SysfsReader) -> Component? {
        let shown = Set(processors.compactMap { info.field("microcode", of: $0) })
        let (loaded, flags) = loadedMicrocode(with: &reader)
        let all = shown.union(loaded).sorted()
        guard let version = shown.min() ?? loaded.min() else { return nil }
        var component = Component(
            .firmware, at: "fw/microcode/\(number)",
            evidence: reader.evidence("/proc/cpuinfo", isVirtual ? .virtual : .direct), model: "microcode")
        component.set(.manufacturer, field("vendor_id"))
        component.set(.firmwareVersion, version)
        component.setID("processorFlags", flags)
        component.setProperty("processor", field("model name"))
        // Cores of one package with different microcode: a late load that failed half way, or a lie.
        if all.count > 1 { component.properties["disagree"] = all.joined(separator: " ") }
        return component
    }

    private func loadedMicrocode(with reader: inout SysfsReader) -> (versions: Set<String>, flags: String?) {
        var versions: Set<String> = []
        for processor in processors {
            let path = "/sys/devices/system/cpu/cpu\(processor.number)/microcode/version"
            // What one core does not show, the others do not either: stop, or a big machine leaves hundreds of gaps.
            guard let version = reader.word(path) else { break }
            versions.insert(version)
        }
        guard !versions.isEmpty else { return ([], nil) }
        return (versions, reader.word("/sys/devices/system/cpu/cpu\(first.number)/microcode/processor_flags"))
    }

    private func addNumbers(to component: inout Component) {
        for (id, name) in [
            ("family", "cpu family"), ("model", "model"), ("stepping", "stepping"), ("implementer", "CPU implementer"),
            ("architecture", "CPU architecture"), ("variant", "CPU variant"), ("part", "CPU part"),
            ("revision", "CPU revision"), ("mvendorid", "mvendorid"), ("marchid", "marchid"), ("mimpid", "mimpid"),
        ] {
            if let number = field(name).flatMap({ SysfsReader.number(in: $0) }) {
                component.ids[id] = String(number, radix: 16)
            }
        }
        component.set(.revision, field("stepping") ?? field("CPU revision"))
        // Packages with cores of two kinds: every kind with its count.
        var kinds: [String: Int] = [:]
        for processor in processors {
            let names = ["CPU implementer", "CPU variant", "CPU part", "CPU revision"]
            let values = names.map { info.field($0, of: processor) ?? "" }
            if values.contains(where: { !$0.isEmpty }) { kinds[values.joined(separator: "/"), default: 0] += 1 }
        }
        guard kinds.count > 1 else { return }
        component.properties["coreTypes"] = kinds.keys.sorted().map { "\($0) x\(kinds[$0] ?? 0)" }
            .joined(separator: ", ")
    }

    private func addRegisters(to component: inout Component, with reader: inout SysfsReader) {
        let path = "/sys/devices/system/cpu/cpu\(first.number)/regs/identification/"
        component.setID("midr", reader.word(path + "midr_el1"))
        component.setID("revidr", reader.word(path + "revidr_el1"))
    }

    private func coreCount(with reader: inout SysfsReader) -> Int {
        var cores: Set<String> = []
        for processor in processors {
            let topology = "/sys/devices/system/cpu/cpu\(processor.number)/topology/"
            let siblings = reader.word(topology + "core_cpus_list") ?? reader.word(topology + "thread_siblings_list")
            cores.insert(siblings ?? info.field("core id", of: processor) ?? "cpu\(processor.number)")
        }
        return cores.count
    }

    private func flags(of processor: CPUInfo.Processor) -> [Substring] {
        (info.field("flags", of: processor) ?? info.field("Features", of: processor) ?? "").split(separator: " ")
            .sorted()
    }

    private func field(_ name: String) -> String? { info.field(name, of: first) }

    private static func propertyName(_ field: String) -> String {
        switch field {
        case "Hardware": "hardware"
        case "system type": "systemType"
        case "processor": "identification"
        default: field
        }
    }
}

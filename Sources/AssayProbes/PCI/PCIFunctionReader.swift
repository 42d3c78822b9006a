internal import AssayBytes
internal import AssayHost
internal import AssayModel

/// Reads one PCI function after the other, and says once, at the end, what privilege would have shown more of them.
struct PCIFunctionReader {
    /// Time that all VPD reads of one scan may take: some devices answer at a few bytes per millisecond, or not at all.
    private static let vitalProductDataBudget = Duration.seconds(2)

    /// The tree, and what was found in it.
    var reader: SysfsReader
    private var shortConfigs = 0
    private var legacyConfigs = 0
    private var deniedProductData = 0
    private var lateProductData = 0
    private var timeOnProductData = Duration.zero

    init(_ root: HostRoot, probe: String) { reader = SysfsReader(root, probe: probe) }

    /// Reads the function `name` whose directory is `path`.
    mutating func read(_ name: String, at path: String) {
        let gaps = reader.output.gaps.count
        var part = Component(.pci, at: "pci/" + name, evidence: reader.evidence(path))
        let isAsleep = isPoweredOff(path)
        let config = isAsleep ? nil : readConfig(path)
        readIDs(path, config, &part)
        noteMissingIDs(name, path, part, since: gaps)
        readPlace(path, &part)
        readDriver(path, &part)
        readLink(path, config, isAsleep: isAsleep, &part)
        if let config { describe(config, &part) }
        if !isAsleep { readVitalProductData(path, &part) }
        if !isAsleep, part.properties["deviceSerialNumber"] == nil { readSerialNumber(path, config, &part) }
        if part.serial == nil { part.serial = Self.serial(part.properties["deviceSerialNumber"]) }
        reader.output.components.append(part)
        reader.foldGaps(since: gaps)
    }

    /// A function that hides its ids is a part nevertheless; why they are not known must not be told twice.
    private mutating func noteMissingIDs(_ name: String, _ path: String, _ part: Component, since start: Int) {
        let file = path + "/vendor"
        guard part.ids["vendor"] == nil, !reader.output.gaps[start...].contains(where: { $0.path == file }) else {
            return
        }
        reader.note(file, .absent, "\(name) is on the bus, but shows no vendor id")
    }

    /// A Device Serial Number, unless nobody wrote one: then it is all zeros or all ones.
    private static func serial(_ number: String?) -> String? {
        guard let number, !number.utf8.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "-") }),
            !number.utf8.allSatisfy({ $0 == UInt8(ascii: "f") || $0 == UInt8(ascii: "-") })
        else { return nil }
        return number
    }

    /// Everything found, with one gap for each kind of privilege that was missing.
    mutating func finish() -> ProbeOutput {
        let all = "/sys/bus/pci/devices/*/"
        if shortConfigs > 0 {
            let need = reader.root.isLive ? "need CAP_SYS_ADMIN" : "are not in them"
            reader.note(
                all + "config", .denied,
                "64 bytes shown of \(shortConfigs) functions; capabilities and Device Serial Number \(need)")
        }
        if legacyConfigs > 0 {
            reader.note(
                all + "config", .unsupported,
                "\(legacyConfigs) PCI Express functions without access to extended configuration space on this host")
        }
        if deniedProductData > 0 {
            let need = reader.root.isLive ? "needs CAP_DAC_READ_SEARCH" : "may not be read"
            reader.note(all + "vpd", .denied, "Vital Product Data of \(deniedProductData) functions \(need)")
        }
        if lateProductData > 0 {
            reader.note(
                all + "vpd", .timedOut,
                "Vital Product Data of \(lateProductData) functions left out after 2 s of reading")
        }
        return reader.output
    }
}

extension PCIFunctionReader {
    /// Whether reading registers would switch the function on (D3cold): the kernel resumes it for that.
    private mutating func isPoweredOff(_ path: String) -> Bool {
        guard reader.root.isLive, reader.word(path + "/power_state") == "D3cold" else { return false }
        reader.note(path + "/config", .excluded, "switched off (D3cold); reading would wake the device")
        return true
    }

    private mutating func readConfig(_ path: String) -> PCIConfigSpace? {
        let file = path + "/config"
        guard let bytes = reader.prefix(file, limit: PCIConfigSpace.extendedLength), !bytes.isEmpty else { return nil }
        do {
            let config = try PCIConfigSpace(parsing: bytes.span.bytes)
            for fault in config.faults { reader.note(file, .malformed, "\(fault)") }
            if config.byteCount < 2 * PCIConfigSpace.headerLength { shortConfigs += 1 }
            if config.express != nil, config.byteCount == PCIConfigSpace.legacyLength { legacyConfigs += 1 }
            return config
        } catch {
            reader.note(file, .malformed, "\(error)")
            return nil
        }
    }

    private mutating func readIDs(_ path: String, _ config: PCIConfigSpace?, _ part: inout Component) {
        let gaps = reader.output.gaps.count
        let own = config.flatMap { $0.vendor == 0xffff ? nil : $0 }
        let vendor = idText(path + "/vendor", digits: 4)
        setID("vendor", digits: 4, vendor ?? own.map { Hex.string($0.vendor) }, &part)
        let device = idText(path + "/device", digits: 4)
        setID("device", digits: 4, device ?? own.map { Hex.string($0.device) }, &part)
        let classCode = idText(path + "/class", digits: 6)
        setID("class", digits: 6, classCode ?? config.map { Hex.string($0.classCode) }, &part)
        let revision = idText(path + "/revision", digits: 2)
        setID("revision", digits: 2, revision ?? config.map { Hex.string($0.revision) }, &part)
        part.revision = part.ids["revision"]
        setSubsystem(
            idText(path + "/subsystem_vendor", digits: 4), idText(path + "/subsystem_device", digits: 4), &part)
        reader.foldGaps(since: gaps, [.denied, .ioError, .malformed])
        if part.ids["subsystemVendor"] == nil, let config {
            setSubsystem(
                config.subsystemVendor.map { Hex.string($0) }, config.subsystemDevice.map { Hex.string($0) }, &part)
        }
        if part.ids["subsystemVendor"] == nil, config == nil, let alias = reader.word(path + "/modalias") {
            let ids = Self.subsystem(inModalias: alias)
            setSubsystem(ids?.vendor, ids?.device, &part)
        }
        let isVirtual = VirtualHardware.isKnown(
            pciVendor: part.ids["vendor"], device: part.ids["device"], subsystemVendor: part.ids["subsystemVendor"])
        if isVirtual { part.evidence.access = .virtual }
    }

    /// Sets both ids, unless the vendor says that there is none: zeros, or ones where nothing answered.
    private func setSubsystem(_ vendor: String?, _ device: String?, _ part: inout Component) {
        setID("subsystemVendor", digits: 4, vendor, &part)
        guard let value = part.ids["subsystemVendor"], value != "0000", value != "ffff" else {
            part.ids["subsystemVendor"] = nil
            return
        }
        setID("subsystemDevice", digits: 4, device, &part)
    }

    /// Text of an id in sysfs; text that is no number of so many hexadecimal digits is a gap.
    private mutating func idText(_ file: String, digits: Int) -> String? {
        guard let text = reader.word(file) else { return nil }
        let number = text.hasPrefix("0x") ? text.dropFirst(2) : text[...]
        guard number.utf8.count <= digits, UInt32(number, radix: 16) != nil else {
            reader.note(file, .malformed, "not a number of \(digits) hexadecimal digits")
            return nil
        }
        return text
    }

    private func setID(_ name: String, digits: Int, _ text: String?, _ part: inout Component) {
        guard let text, let value = UInt64(text.hasPrefix("0x") ? text.dropFirst(2) : text[...], radix: 16) else {
            return
        }
        part.ids[name] = String(Hex.string(value).suffix(digits))
    }

    /// Subsystem ids in `pci:v00008086d0000A12Fsv000017AAsd0000222Ebc0Csc03i30`.
    static func subsystem(inModalias alias: String) -> (vendor: String, device: String)? {
        let text = Array(alias.utf8)
        guard alias.hasPrefix("pci:v"), text.count >= 45, text[22...23] == [0x73, 0x76], text[32...33] == [0x73, 0x64]
        else { return nil }
        return (String(decoding: text[24..<32], as: UTF8.self), String(decoding: text[34..<42], as: UTF8.self))
    }

    private mutating func readPlace(_ path: String, _ part: inout Component) {
        let root = reader.root
        let target = reader.output.reading(reader.probe) { () throws(HostFailure) in try root.linkTarget(path) }
        let names = (target ?? path).split(separator: "/").map(String.init)
        let functions = names.filter(DevicePath.isPCIFunction)
        if let parent = functions.dropLast().last { part.properties["parent"] = "pci/" + parent }
        // Bus numbers depend on the order of enumeration, device and function numbers on the wiring alone.
        let hops = names.compactMap { name -> String? in
            if DevicePath.isPCIFunction(name) { return String(name.suffix(4)) }
            return name.hasPrefix("pci") && name.contains(":") ? String(name.dropFirst(3)) : nil
        }
        if hops.count > 1 { part.properties["slotPath"] = hops.joined(separator: "/") }
        part.setProperty("label", reader.text(path + "/label"))
        part.setProperty("acpiIndex", reader.word(path + "/acpi_index"))
        if let node = reader.word(path + "/numa_node"), node != "-1" { part.properties["numaNode"] = node }
        if reader.word(path + "/boot_vga") == "1" { part.properties["bootVGA"] = "1" }
        if let physical = reader.linkName(path + "/physfn") { part.properties["physicalFunction"] = "pci/" + physical }
    }

    private mutating func readDriver(_ path: String, _ part: inout Component) {
        guard let driver = reader.linkName(path + "/driver") else { return }
        part.properties["driver"] = driver
        part.setProperty("module", reader.linkName(path + "/driver/module"))
    }

    private mutating func readLink(
        _ path: String, _ config: PCIConfigSpace?, isAsleep: Bool, _ part: inout Component
    ) {
        var (maximum, current) = (config?.express?.maximum, config?.express?.current)
        if maximum?.width == nil, !isAsleep {
            maximum = .init(
                speedText: reader.word(path + "/max_link_speed"), widthText: reader.word(path + "/max_link_width"))
        }
        if current?.width == nil, !isAsleep {
            current = .init(speedText: nil, widthText: reader.word(path + "/current_link_width"))
        }
        part.properties["maxLinkSpeed"] = maximum?.speed
        part.properties["maxLinkWidth"] = maximum?.width.map { "\($0)" }
        // The current speed moves with load and power management. So may the width, but fewer lanes than both ends
        // have are mostly a contact that failed.
        if let width = current?.width, let full = maximum?.width, width < full {
            part.properties["currentLinkWidth"] = "\(width)"
        }
    }

    private func describe(_ config: PCIConfigSpace, _ part: inout Component) {
        part.digests["config"] = .sha256(of: config.identityHeader)
        part.properties["headerType"] = Hex.string(config.headerType)
        part.properties["portType"] = config.express?.portTypeName
        part.properties["deviceSerialNumber"] = config.deviceSerialNumberText
        if !config.capabilities.isEmpty {
            part.properties["capabilities"] = config.capabilities.map { Hex.string($0.id) }.joined(separator: " ")
        }
        if !config.extendedCapabilities.isEmpty {
            part.properties["extendedCapabilities"] = config.extendedCapabilities.map { Hex.string($0.id) }
                .joined(separator: " ")
        }
    }

    /// Newer kernels show the Device Serial Number as an attribute of its own, for readers that see the header alone.
    private mutating func readSerialNumber(_ path: String, _ config: PCIConfigSpace?, _ part: inout Component) {
        guard config.map({ $0.byteCount < PCIConfigSpace.legacyLength }) ?? true else { return }
        let gaps = reader.output.gaps.count
        part.setProperty("deviceSerialNumber", reader.word(path + "/serial_number"))
        // The gap about short configuration space says it already.
        if config != nil, reader.output.gaps.count > gaps, reader.output.gaps.last?.kind == .denied {
            reader.output.gaps.removeLast()
        }
    }

    private mutating func readVitalProductData(_ path: String, _ part: inout Component) {
        let file = path + "/vpd"
        guard reader.root.exists(file) else { return }
        guard timeOnProductData < Self.vitalProductDataBudget else {
            lateProductData += 1
            return
        }
        let gaps = reader.output.gaps.count
        let start = ContinuousClock.now
        // A byte takes tens of microseconds on some devices: small steps, and not one behind the end tag.
        let bytes = reader.prefix(
            file, limit: PCIVitalProductData.limit, step: 64,
            isEnough: { PCIVitalProductData.isComplete($0.span.bytes) })
        if reader.root.isLive { timeOnProductData += ContinuousClock.now - start }
        if reader.output.gaps.count > gaps, reader.output.gaps.last?.kind == .denied {
            reader.output.gaps.removeLast()
            deniedProductData += 1
        }
        guard let bytes, !bytes.isEmpty else { return }
        do {
            let data = try PCIVitalProductData(parsing: bytes.span.bytes)
            if let fault = data.fault { reader.note(file, .malformed, "\(fault)") }
            if data.checksum == .invalid { reader.note(file, .malformed, "checksum of the read-only part is wrong") }
            describe(data, &part)
        } catch {
            reader.note(file, .malformed, "\(error)")
        }
    }

    private func describe(_ data: PCIVitalProductData, _ part: inout Component) {
        part.set(.manufacturer, data["MN"])
        part.set(.model, data.identifier)
        part.set(.partNumber, data["PN"])
        part.set(.serial, data["SN"])
        part.properties["vpdChecksum"] = data.checksum.rawValue
        for field in data.readOnly + data.readWrite where !["MN", "PN", "SN"].contains(field.keyword) {
            let isName = field.keyword.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) }
            if isName { part.setProperty("vpd." + field.keyword, DeviceText.decode(field.bytes)) }
        }
    }
}

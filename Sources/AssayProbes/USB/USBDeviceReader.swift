internal import AssayBytes
internal import AssayHost
internal import AssayModel

/// Reads USB devices from sysfs: what the kernel cached when it enumerated them, so no device is woken or asked.
struct USBDeviceReader {
    private static let bus = "/sys/bus/usb/devices"
    /// Directories that a recorded tree without a bus directory may have before the search ends.
    private static let searchLimit = 1 << 16
    private static let depthLimit = 32

    /// The tree, and the gaps so far.
    var reader: SysfsReader
    private var paths: [(name: String, path: String)] = []
    private var interfacePaths: [String: [String]] = [:]
    private var controllers: [String: Controller] = [:]

    /// What stands behind all devices of a bus.
    private struct Controller {
        var location: String?
        var isVirtual: Bool
    }

    init(_ root: HostRoot, probe: String) { reader = SysfsReader(root, probe: probe) }

    /// Facts of every device, sorted by name.
    mutating func devices() -> [USBDeviceFacts] {
        if reader.root.exists(Self.bus) {
            for name in reader.devices(Self.bus) { sort(name, at: Self.bus + "/" + name) }
        } else if !reader.root.isLive {
            // A recorded tree may hold the device directories without the bus directory that links to them.
            var budget = Self.searchLimit
            search("/sys/devices", depth: 0, &budget)
        }
        return paths.map { read($0.name, at: $0.path) }
    }
}

extension USBDeviceReader {
    private mutating func sort(_ name: String, at path: String) {
        guard let colon = name.firstIndex(of: ":") else {
            if DevicePath.isUSBDevice(name) || DevicePath.isNumbered(name, "usb") { paths.append((name, path)) }
            return
        }
        var device = String(name[..<colon])
        // The interface of root hub usb1 is called 1-0:1.0.
        if device.hasSuffix("-0") { device = "usb" + device.dropLast(2) }
        interfacePaths[device, default: []].append(path)
    }

    private mutating func search(_ path: String, depth: Int, _ budget: inout Int) {
        guard depth < Self.depthLimit else { return }
        let root = reader.root
        let entries = reader.output.reading(reader.probe) { () throws(HostFailure) in try root.list(path) } ?? []
        for entry in entries where entry.kind != .regular && entry.kind != .symbolicLink && budget > 0 {
            budget -= 1
            if depth == 0, entry.name == "system" || entry.name == "virtual" { continue }
            sort(entry.name, at: path + "/" + entry.name)
            // Below an interface there are drivers' devices, but no USB device.
            if DevicePath.isUSBDevice(entry.name.split(separator: ":").first.map(String.init) ?? ""),
                entry.name.contains(":")
            {
                continue
            }
            search(path + "/" + entry.name, depth: depth + 1, &budget)
        }
    }

    private mutating func read(_ name: String, at path: String) -> USBDeviceFacts {
        let gaps = reader.output.gaps.count
        var facts = USBDeviceFacts(name: name, path: path)
        let controller = controller(of: facts)
        if controller.isVirtual { facts.access = .virtual }
        if facts.isRootHub, let location = controller.location { facts.properties["parent"] = location }
        facts.descriptors = reader.prefix(path + "/descriptors", limit: USBDescriptorSet.byteLimit + 1, step: 2048)
        if facts.descriptors?.isEmpty ?? false { facts.descriptors = nil }
        facts.objectStore = reader.bytes(path + "/bos_descriptors").flatMap { $0.isEmpty ? nil : $0 }
        let ids = reader.output.gaps.count
        facts.vendor = idText(path + "/idVendor")
        facts.product = idText(path + "/idProduct")
        facts.deviceVersion = idText(path + "/bcdDevice")
        reader.foldGaps(since: ids, [.malformed])
        facts.manufacturerText = reader.text(path + "/manufacturer")
        facts.productText = reader.text(path + "/product")
        facts.serialText = reader.text(path + "/serial")
        facts.speed = reader.word(path + "/speed")
        readProperties(path, &facts)
        readInterfaces(path, &facts)
        reader.foldGaps(since: gaps)
        return facts
    }

    private mutating func readProperties(_ path: String, _ facts: inout USBDeviceFacts) {
        facts.properties["removable"] = reader.word(path + "/removable")
        facts.properties["authorized"] = reader.word(path + "/authorized")
        if !facts.isRootHub { facts.properties["connectType"] = reader.word(path + "/port/connect_type") }
        guard facts.descriptors == nil else { return }
        facts.classCode = classCode(path, "bDevice")
        facts.properties["usbVersion"] = reader.word(path + "/version")
        facts.properties["maxPower"] = reader.word(path + "/bMaxPower")
        facts.properties["configurations"] = reader.word(path + "/bNumConfigurations")
    }

    private mutating func readInterfaces(_ path: String, _ facts: inout USBDeviceFacts) {
        for interface in interfacePaths[facts.name] ?? [] {
            if let driver = reader.linkName(interface + "/driver") { facts.drivers.insert(driver) }
            guard facts.descriptors == nil, let code = classCode(interface, "bInterface") else { continue }
            facts.interfaceClasses.append(code)
        }
    }

    private mutating func classCode(_ path: String, _ prefix: String) -> USBClassCode? {
        let codes = ["Class", "SubClass", "Protocol"].map { name in
            reader.word(path + "/" + prefix + name).flatMap { UInt8($0, radix: 16) }
        }
        guard let base = codes[0], let subclass = codes[1], let last = codes[2] else { return nil }
        return USBClassCode(base, subclass, last)
    }

    /// Four hexadecimal digits; text that is anything else is a gap.
    private mutating func idText(_ file: String) -> String? {
        guard let text = reader.word(file) else { return nil }
        guard text.utf8.count <= 4, let value = UInt16(text, radix: 16) else {
            reader.note(file, .malformed, "not a number of 4 hexadecimal digits")
            return nil
        }
        return Hex.string(value)
    }

    /// The controller of the device's bus, looked up once for each bus.
    private mutating func controller(of facts: USBDeviceFacts) -> Controller {
        let bus = facts.isRootHub ? String(facts.name.dropFirst(3)) : String(facts.name.prefix { $0 != "-" })
        if let known = controllers[bus] { return known }
        let found = findController(facts.path)
        controllers[bus] = found
        return found
    }

    private mutating func findController(_ path: String) -> Controller {
        guard let chain = reader.canonicalPath(path).flatMap({ DevicePath($0) }) else {
            return Controller(location: nil, isVirtual: false)
        }
        let isEmulated = chain.components.contains { VirtualHardware.isKnown([.platformDevice: String($0)]) }
        guard let directory = chain.directory(endingAt: DevicePath.isPCIFunction) else {
            return Controller(location: nil, isVirtual: isEmulated)
        }
        // Behind a hypervisor's controller every device is emulated or handed through: the hypervisor answers.
        let isKnown = VirtualHardware.isKnown(
            pciVendor: hex(directory + "/vendor", 4), device: hex(directory + "/device", 4),
            subsystemVendor: hex(directory + "/subsystem_vendor", 4))
        return Controller(location: chain.pciLocation, isVirtual: isEmulated || isKnown)
    }

    private mutating func hex(_ path: String, _ digits: Int) -> String? {
        reader.number(path).map { String(Hex.string($0).suffix(digits)) }
    }
}

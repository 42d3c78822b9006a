internal import AssayBytes
internal import AssayHost
internal import AssayModel

/// One network interface with hardware behind it (Documentation/ABI/testing/sysfs-class-net).
struct NetworkInterface {
    /// The kernel's address assignment types (`NET_ADDR_*` of `<linux/netdevice.h>`).
    private static let assignments = ["0": "permanent", "1": "random", "2": "stolen", "3": "set"]
    /// Interface type of InfiniBand (`ARPHRD_INFINIBAND`).
    private static let infiniBand = "32"

    private var name: String
    private var bus: String
    private var port: UInt64?
    private var index: UInt64
    private var component: Component

    /// Reads every interface with a device behind it.
    static func read(with reader: inout SysfsReader) {
        var adapters: [String: [NetworkInterface]] = [:]
        for name in reader.devices("/sys/class/net") {
            guard let interface = NetworkInterface(name, with: &reader) else { continue }
            adapters[interface.bus, default: []].append(interface)
        }
        for interfaces in adapters.values { place(interfaces, in: &reader) }
    }

    /// Gives each interface of one adapter a location that does not depend on its name.
    private static func place(_ interfaces: [NetworkInterface], in reader: inout SysfsReader) {
        let sorted = interfaces.sorted { ($0.port ?? 0, $0.index, $0.name) < ($1.port ?? 0, $1.index, $1.name) }
        // Several interfaces may share a port number (Wi-Fi, switch ports): then their order of creation must do.
        let ports = Set(sorted.compactMap(\.port))
        let arePortsDistinct = ports.count == sorted.count
        for (position, interface) in sorted.enumerated() {
            var component = interface.component
            let number = arePortsDistinct ? interface.port ?? UInt64(position) : UInt64(position)
            component.location = "net/\(interface.bus)/\(number)"
            reader.output.components.append(component)
        }
    }

    private init?(_ name: String, with reader: inout SysfsReader) {
        let path = "/sys/class/net/" + name
        let canonical = reader.canonicalPath(path).flatMap(DevicePath.init)
        // `device` is what makes an interface physical; a recorded tree may lack its target but not its place.
        guard canonical.map({ !$0.isVirtual }) ?? reader.exists(path + "/device") else { return nil }
        let device = reader.canonicalPath(path + "/device").flatMap(DevicePath.init) ?? canonical
        guard let bus = device?.location ?? canonical?.location else { return nil }
        self.name = name
        self.bus = bus
        port = reader.number(path + "/dev_port")
        index = reader.number(path + "/ifindex") ?? 0
        component = Component(.network, at: "net/" + bus, evidence: reader.evidence(path))
        component.setProperty("interface", name)
        component.setProperty("parent", bus)
        component.setProperty("interfaceType", reader.word(path + "/type"))
        component.setProperty("physicalPort", reader.word(path + "/phys_port_name"))
        component.setProperty("physicalSwitch", reader.word(path + "/phys_switch_id"))
        let isWireless = reader.exists(path + "/wireless") || reader.exists(path + "/phy80211")
        component.properties["wireless"] = isWireless ? "true" : nil
        let function = reader.canonicalPath(path + "/device/physfn").flatMap(DevicePath.init)
        component.setProperty("virtualFunctionOf", function?.location)
        addDriver(path, with: &reader)
        addAddress(path, with: &reader)
    }

    private mutating func addDriver(_ path: String, with reader: inout SysfsReader) {
        var driver = reader.linkName(path + "/device/driver")
        if reader.root.isLive, let info = EthtoolInfo(interface: name) {
            driver = driver ?? info.driver
            component.set(.firmwareVersion, info.firmware)
            component.setProperty("permanentAddress", info.permanentAddress)
        }
        component.setProperty("driver", driver)
        if VirtualHardware.isKnown([.driver: driver]) { component.evidence.access = .virtual }
    }

    private mutating func addAddress(_ path: String, with reader: inout SysfsReader) {
        let address = reader.word(path + "/address")?.lowercased()
        let assignment = reader.word(path + "/addr_assign_type")
        component.setProperty("addressAssignment", assignment.map { Self.assignments[$0] ?? $0 })
        guard let bytes = address.flatMap({ Hex.bytes($0.split(separator: ":").joined()) }),
            let text = EthtoolInfo.address(bytes)
        else { return }
        if component.properties["interfaceType"] == Self.infiniBand, bytes.count == 20 {
            // The first twelve bytes (queue pair, subnet prefix) change; the port's GUID is what stays (RFC 4391, 9.1.1).
            component.setID("portGUID", Hex.string(bytes.suffix(8)))
            return
        }
        if component.properties["permanentAddress"] == nil, assignment == "0" {
            component.properties["permanentAddress"] = text
        }
        // An address that software chose says nothing about the hardware, and may be another one after the next boot.
        if assignment == nil { component.properties["address"] = text }
    }
}

package import AssayHost
package import AssayModel

/// Names of PCI functions and USB devices from the lists of Debian's `hwdata`, for people alone.
///
/// They depend on how new the list of a machine is, so they never become facts: no component, digest, rule or JSON
/// document holds them. A list that is absent, denied or damaged only leaves numbers without a name.
package struct HardwareNames: Sendable {
    /// No names.
    package static let none = HardwareNames()

    private var vendors: [HardwareID.Bus: [UInt16: String]] = [:]
    private var devices: [HardwareID.Bus: [UInt32: String]] = [:]

    private init() {}

    /// Looks up the names of `parts` in the lists below `root`.
    package init(of parts: some Sequence<HardwareID>, in root: HostRoot) {
        for (bus, parts) in Dictionary(grouping: Set(parts), by: \.bus) {
            let wanted = Dictionary(grouping: parts, by: \.vendor).mapValues { Set($0.map(\.device)) }
            var list = HardwareNameList(wanted: wanted)
            for path in Self.paths(bus) where Self.stream(path, of: root, into: &list) { break }
            vendors[bus] = list.vendors
            devices[bus] = list.devices
        }
    }

    /// The maker's name.
    package func vendor(_ id: HardwareID) -> String? { vendors[id.bus]?[id.vendor] }

    /// The product's name.
    package func device(_ id: HardwareID) -> String? {
        devices[id.bus]?[HardwareNameList.key(id.vendor, id.device)]
    }

    /// A sentence that begins with a part's numbers, with the names behind them; any other sentence as it is.
    package func explained(_ componentClass: ComponentClass, _ sentence: String) -> String {
        guard let id = HardwareID(componentClass, startOf: sentence) else { return sentence }
        let names = [vendor(id), device(id)].compactMap(\.self)
        guard !names.isEmpty else { return sentence }
        let numbers = sentence.prefix { $0 != " " }
        return "\(numbers) (\(names.joined(separator: " ")))\(sentence.dropFirst(numbers.count))"
    }

    /// Most bytes of a list that are read, ten times what it has today.
    private static let sizeLimit: Int64 = 16 << 20

    /// Where Debian's packages put a list: `hwdata`, then `pci.ids` or `usb.ids` alone.
    private static func paths(_ bus: HardwareID.Bus) -> [String] {
        let name = bus == .pci ? "pci.ids" : "usb.ids"
        return ["/usr/share/hwdata/\(name)", "/usr/share/misc/\(name)"]
    }

    /// Whether the list was there.
    private static func stream(_ path: String, of root: HostRoot, into list: inout HardwareNameList) -> Bool {
        guard let file = try? root.open(path) else { return false }
        var offset: Int64 = 0
        while offset < sizeLimit, let bytes = try? file.read(count: 1 << 16, at: offset), !bytes.isEmpty {
            list.read(bytes)
            offset += Int64(bytes.count)
        }
        list.finish()
        return offset > 0
    }
}

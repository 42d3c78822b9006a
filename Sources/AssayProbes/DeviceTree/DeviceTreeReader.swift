internal import AssayBytes
internal import AssayHost
internal import AssayModel

/// The device tree as the kernel shows it: a directory for each node, a file for each property.
struct DeviceTreeReader {
    /// Most nodes that are visited; current boards have about 3,000.
    private static let nodeLimit = 1 << 15
    /// Names of nodes whose children are chips that answer on a slow bus, and so are listed as parts.
    private static let slowBuses = ["i2c", "spi", "mdio", "i3c", "onewire"]

    /// Path of the root node.
    let base: String
    private var visited = 0

    /// A reader of the tree at `base`.
    init(base: String) { self.base = base }

    /// The first string of a property, by its path below the root node.
    func string(_ path: String, with reader: inout SysfsReader) -> String? { strings(path, with: &reader).first }

    /// Every string of a property.
    func strings(_ path: String, with reader: inout SysfsReader) -> [String] {
        guard let bytes = reader.bytes(base + "/" + path) else { return [] }
        return bytes.split(separator: 0).map { DeviceText.decode($0) }
    }

    /// A property as text, or as a decimal number when it is one cell that is not text.
    func stringOrCell(_ path: String, with reader: inout SysfsReader) -> String? {
        guard let bytes = reader.bytes(base + "/" + path), !bytes.isEmpty else { return nil }
        let isText = bytes.dropLast().allSatisfy { (0x20...0x7e).contains($0) } && bytes.last == 0 && bytes.count > 1
        if isText { return DeviceText.decode(bytes) }
        return bytes.count == 4 ? String(Self.number(bytes)) : nil
    }

    /// Bytes of memory in all `memory` nodes below the root; nil when none states a size.
    func memorySize(with reader: inout SysfsReader) -> UInt64? {
        let addressCells = cells("#address-cells", default: 2, with: &reader)
        let sizeCells = cells("#size-cells", default: 1, with: &reader)
        guard (0...4).contains(addressCells), (1...2).contains(sizeCells) else { return nil }
        var sum: UInt64?
        for name in reader.names(base) where name == "memory" || name.hasPrefix("memory@") {
            let values = reader.bytes("\(base)/\(name)/reg") ?? []
            let entry = (addressCells + sizeCells) * 4
            for start in stride(from: 0, to: values.count - entry + 1, by: entry) {
                let size = Self.number(Array(values[(start + addressCells * 4)..<(start + entry)]))
                sum = (sum ?? 0) &+ size
            }
        }
        return sum == 0 ? nil : sum
    }

    /// Children of `/firmware` as `name=compatible`: secure monitors, OP-TEE, SCMI and the like.
    func firmwareNodes(with reader: inout SysfsReader) -> [String] {
        reader.names(base + "/firmware").compactMap { name in
            string("firmware/\(name)/compatible", with: &reader).map { "\(name)=\($0)" }
        }
    }

    /// Adds a component for each enabled node on a slow bus.
    mutating func readBusNodes(with reader: inout SysfsReader) {
        var pending: [(path: String, isOnBus: Bool)] = [("", false)]
        while let (path, isOnBus) = pending.popLast() {
            visited += 1
            guard visited <= Self.nodeLimit else {
                reader.note(base, .tooLarge, "more than \(Self.nodeLimit) nodes; the rest is not looked at")
                return
            }
            let entries = children(of: path, with: &reader)
            let names = Set(entries.map(\.name))
            guard isEnabled(path, names, with: &reader) else { continue }
            if isOnBus, names.contains("compatible"), names.contains("reg") { add(path, with: &reader) }
            let isBus = Self.isSlowBus(path)
            for entry in entries where entry.kind == .directory {
                pending.append((path + "/" + entry.name, isBus))
            }
        }
    }

    private func children(of path: String, with reader: inout SysfsReader) -> [HostRoot.Entry] {
        reader.output.reading(reader.probe) { [root = reader.root] () throws(HostFailure) in
            try root.list(base + path)
        } ?? []
    }

    private func isEnabled(_ path: String, _ names: Set<String>, with reader: inout SysfsReader) -> Bool {
        guard names.contains("status") else { return true }
        // Any value but these two means that the operating system must not use it (Devicetree Specification, 2.3.4).
        return ["okay", "ok"].contains(string(path.dropFirst() + "/status", with: &reader))
    }

    private func add(_ path: String, with reader: inout SysfsReader) {
        let node = String(path.dropFirst())
        let compatible = strings(node + "/compatible", with: &reader)
        var component = Component(
            "devicetree-node", at: "dt/" + node, evidence: reader.evidence(base + path, .reported))
        component.set(.model, compatible.first)
        component.setProperty("compatible", compatible.joined(separator: " "))
        component.setProperty("label", string(node + "/label", with: &reader))
        if let register = reader.bytes(base + path + "/reg") {
            component.setID("reg", Hex.string(register.prefix(4)))
        }
        reader.output.components.append(component)
    }

    private func cells(_ name: String, default standard: Int, with reader: inout SysfsReader) -> Int {
        guard let bytes = reader.bytes(base + "/" + name), bytes.count == 4 else { return standard }
        return Int(truncatingIfNeeded: Self.number(bytes))
    }

    private static func isSlowBus(_ path: String) -> Bool {
        let name = path.split(separator: "/").last?.split(separator: "@").first ?? ""
        return slowBuses.contains { name == $0 || name.hasPrefix($0 + "-") || DevicePath.isNumbered(name, $0) }
    }

    private static func number(_ bytes: [UInt8]) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}

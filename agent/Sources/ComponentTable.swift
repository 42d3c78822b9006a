import AssayModel
import AssayNames
import AssayTerminal

/// Parts as rows that a person can read across: places in natural order, empty sockets in one line for each kind.
struct ComponentTable {
    let components: [Component]
    let names: HardwareNames

    /// The rows; the places and serial numbers, which people copy and compare, are never shortened.
    func render(columns: Int?) -> String {
        var table = TextTable(
            ["LOCATION", "CLASS", "MANUFACTURER", "MODEL", "PART", "SERIAL", "FIRMWARE", "IDS"],
            shortened: [["MODEL", "MANUFACTURER"], ["PART", "FIRMWARE", "IDS"]])
        for part in parts.filter({ !Self.isEmpty($0) }) {
            let ids = [part.ids["vendor"], part.ids["device"]].compactMap { $0 }.joined(separator: ":")
            table.append([
                part.location, part.componentClass.rawValue, manufacturer(part), model(part), part.partNumber,
                Self.serial(part), part.firmwareVersion, ids,
            ])
        }
        for (kind, count) in empty { table.append(["–", kind, nil, "\(count) empty"]) }
        return table.render(limit: columns)
    }

    private var parts: [Component] {
        components.sorted { NaturalOrder.precedes($0.location, $1.location) }
    }

    private var empty: [(String, Int)] {
        Dictionary(grouping: components.filter(Self.isEmpty), by: \.componentClass.rawValue)
            .mapValues(\.count).sorted { $0.key < $1.key }
    }

    private static func isEmpty(_ part: Component) -> Bool { part.properties["populated"] == "false" }

    /// The maker as the part states it, or as its number is known.
    private func manufacturer(_ part: Component) -> String? {
        part.manufacturer ?? HardwareID(part).flatMap(names.vendor)
    }

    /// What people know a part by: an interface by its name, a PCI function or USB device that states none by the name
    /// of its numbers, a PCI function that has none by its class.
    private func model(_ part: Component) -> String? {
        part.model ?? part.properties["interface"] ?? HardwareID(part).flatMap(names.device)
            ?? (part.componentClass == .pci ? part.ids["class"].flatMap(PCIClassName.words) : nil)
    }

    private static func serial(_ part: Component) -> String? {
        part.serial ?? part.properties["permanentAddress"]
    }
}

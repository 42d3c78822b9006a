import AssayModel
import AssayTerminal

/// Parts as rows that a person can read across: places in natural order, empty sockets in one line for each kind.
struct ComponentTable {
    let components: [Component]

    /// The rows; the places and serial numbers, which people copy and compare, are never shortened.
    func render(columns: Int?) -> String {
        var table = TextTable(
            ["LOCATION", "CLASS", "MANUFACTURER", "MODEL", "PART", "SERIAL", "FIRMWARE", "IDS"],
            shortened: [["MODEL", "MANUFACTURER"], ["PART", "FIRMWARE", "IDS"]])
        for part in parts.filter({ !Self.isEmpty($0) }) {
            let ids = [part.ids["vendor"], part.ids["device"]].compactMap { $0 }.joined(separator: ":")
            table.append([
                part.location, part.componentClass.rawValue, part.manufacturer, Self.model(part), part.partNumber,
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

    /// What people know a part by: an interface by its name, a PCI function without a name by its class.
    private static func model(_ part: Component) -> String? {
        part.model ?? part.properties["interface"]
            ?? (part.componentClass == .pci ? part.ids["class"].flatMap(PCIClassName.words) : nil)
    }

    private static func serial(_ part: Component) -> String? {
        part.serial ?? part.properties["permanentAddress"]
    }
}

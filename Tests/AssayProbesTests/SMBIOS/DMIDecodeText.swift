/// The text that `dmidecode` prints, taken apart without knowledge of any field: the oracle of the SMBIOS tests.
struct DMIDecodeText {
    /// One field: the text after the colon and the indented lines below it.
    struct Field: Equatable {
        var name: String
        var value: String
        var items: [String] = []
    }

    /// One structure.
    struct Structure {
        var handle: UInt16
        var type: UInt8
        var length: Int
        var fields: [Field] = []
    }

    /// The structures in order.
    private(set) var structures: [Structure] = []

    init(_ text: String) {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("Handle 0x") {
                if let structure = Self.head(line) { structures.append(structure) }
                continue
            }
            guard !structures.isEmpty, line.hasPrefix("\t") else { continue }
            let last = structures.count - 1
            if line.hasPrefix("\t\t") {
                let item = line.drop { $0 == "\t" || $0 == " " }
                if let field = structures[last].fields.indices.last {
                    structures[last].fields[field].items.append(String(item))
                }
                continue
            }
            let parts = line.dropFirst().split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count == 2 ? parts[1].drop { $0 == " " } : ""
            structures[last].fields.append(Field(name: String(parts[0]), value: String(value)))
        }
    }

    private static func head(_ line: Substring) -> Structure? {
        let parts = line.split(separator: ",")
        guard parts.count == 3, let handle = UInt16(parts[0].dropFirst("Handle 0x".count), radix: 16),
            let type = UInt8(parts[1].dropFirst(" DMI type ".count)),
            let length = Int(parts[2].split(separator: " ")[0])
        else { return nil }
        return Structure(handle: handle, type: type, length: length)
    }
}

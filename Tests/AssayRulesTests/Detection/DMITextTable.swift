import AssayBytes

/// The raw SMBIOS table that a dmidecode text was made from, as far as identities go: types 0, 1, 2, 3 and 17.
///
/// The population of real machines is kept as texts; this brings them back to what the probe reads (DSP0134, 7.1 to 7.4
/// and 7.18).
struct DMITextTable {
    /// The table, ended by a structure of type 127.
    private(set) var bytes: [UInt8] = []

    /// Builds the structures in the order of the text.
    init(_ text: String) {
        for block in text.split(separator: "\n\n") {
            let lines = block.split(separator: "\n")
            guard let head = lines.firstIndex(where: { $0.hasPrefix("Handle 0x") }),
                let handle = UInt16(lines[head].dropFirst(9).prefix(4), radix: 16),
                let type = lines[head].split(separator: " ").dropFirst(4).first.flatMap({
                    UInt8($0.prefix { $0 != "," })
                })
            else { continue }
            var fields: [String: String] = [:]
            for line in lines[(head + 1)...] where line.hasPrefix("\t") && !line.hasPrefix("\t\t") {
                guard let colon = line.firstIndex(of: ":") else { continue }
                let value = line[line.index(after: colon)...].drop { $0 == " " }
                fields[String(line[..<colon].dropFirst())] = String(value)
            }
            add(type, handle, fields)
        }
        bytes += [127, 4, 0xff, 0xfe, 0, 0]
    }

    private mutating func add(_ type: UInt8, _ handle: UInt16, _ fields: [String: String]) {
        let layout: (length: Int, strings: [Int: String])? =
            switch type {
            case 0: (0x18, [4: "Vendor", 5: "Version", 8: "Release Date"])
            case 1:
                (
                    0x1b,
                    [
                        4: "Manufacturer", 5: "Product Name", 6: "Version", 7: "Serial Number", 0x19: "SKU Number",
                        0x1a: "Family",
                    ]
                )
            case 2: (0x0f, [4: "Manufacturer", 5: "Product Name", 6: "Version", 7: "Serial Number", 8: "Asset Tag"])
            case 3: (0x15, [4: "Manufacturer", 6: "Version", 7: "Serial Number", 8: "Asset Tag"])
            case 17:
                (
                    0x28,
                    [
                        0x10: "Locator", 0x11: "Bank Locator", 0x17: "Manufacturer", 0x18: "Serial Number",
                        0x1a: "Part Number",
                    ]
                )
            default: nil
            }
        guard let layout else { return }
        var formatted = [UInt8](repeating: 0, count: layout.length)
        formatted[0...3] = [type, UInt8(layout.length), UInt8(handle & 0xff), UInt8(handle >> 8)]
        var strings: [String] = []
        for (offset, name) in layout.strings.sorted(by: { $0.key < $1.key }) {
            // Serial numbers were scrubbed to dashes, "Not Specified" stands for string number 0.
            guard let text = fields[name], !text.isEmpty, text != "Not Specified", text != "--" else { continue }
            strings.append(text)
            formatted[offset] = UInt8(strings.count)
        }
        if type == 2 { formatted[0x0d] = 0x0a }
        if type == 17 { setSize(fields["Size"] ?? "", &formatted) }
        bytes += formatted
        for string in strings { bytes += Array(string.utf8) + [0] }
        bytes += strings.isEmpty ? [0, 0] : [0]
    }

    private func setSize(_ text: String, _ formatted: inout [UInt8]) {
        let words = text.split(separator: " ")
        guard words.count == 2, let number = UInt32(words[0]) else { return }
        let megabytes = words[1] == "GB" ? number << 10 : words[1] == "TB" ? number << 20 : number
        let isExtended = megabytes >= 0x7fff
        let word = isExtended ? 0x7fff : megabytes
        formatted[0x0c] = UInt8(word & 0xff)
        formatted[0x0d] = UInt8(word >> 8)
        if isExtended { for byte in 0..<4 { formatted[0x1c + byte] = UInt8(megabytes >> (8 * UInt32(byte)) & 0xff) } }
    }
}

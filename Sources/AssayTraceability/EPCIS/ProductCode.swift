/// What an electronic product code (GS1 EPC Tag Data Standard 2.0) or a GS1 Digital Link says of the thing that bears it.
struct ProductCode {
    /// Serial number or asset number; nil where the code names a kind of thing.
    private(set) var serial: String?
    /// Number of the kind: item reference, part reference, GTIN.
    private(set) var item: String?
    /// Lot.
    private(set) var lot: String?

    /// Reads `urn:epc:…` and `https://…/01/…/21/…`; any other text is a serial number as it stands.
    init(_ text: String) {
        if text.hasPrefix("urn:epc:") {
            readName(text)
        } else if text.hasPrefix("https://") || text.hasPrefix("http://") {
            readLink(text)
        } else {
            serial = text
        }
        if serial == nil, item == nil, lot == nil { serial = text }
    }

    /// Whether a code names a package or a returnable carrier (SSCC, GRAI), which holds units and is none.
    static func isPackage(_ text: String) -> Bool {
        ["urn:epc:id:sscc:", "urn:epc:id:grai:"].contains { text.hasPrefix($0) }
            || text.hasPrefix("http") && text.split(separator: "/").contains { $0 == "00" || $0 == "8003" }
    }

    private mutating func readName(_ text: String) {
        let fields = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard fields.count >= 5 else { return }
        let parts = fields[4...].joined(separator: ":").split(separator: ".", maxSplits: 2).map { Self.decoded($0) }
        switch fields[3] {
        case "sgtin", "cpi", "sgcn", "itip": (item, serial) = (parts.count > 2 ? parts[1] : nil, parts.last)
        case "lgtin": (item, lot) = (parts.count > 2 ? parts[1] : nil, parts.last)
        // Company and asset in one number: the company's part tells assets of one number apart.
        case "giai", "grai": serial = parts.dropFirst().joined(separator: ".")
        default: serial = parts.last
        }
    }

    /// Pairs of an application identifier and its value (GS1 Digital Link 1.2, 4).
    private mutating func readLink(_ text: String) {
        let path = text.split(separator: "?")[0].split(separator: "/").dropFirst(2).map { Self.decoded($0) }
        for (key, value) in zip(path, path.dropFirst()) {
            switch key {
            case "01", "8010": item = value
            case "21", "8004", "8011", "8003": serial = value
            case "10": lot = value
            default: continue
            }
        }
    }

    /// Resolves `%XX`.
    private static func decoded(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

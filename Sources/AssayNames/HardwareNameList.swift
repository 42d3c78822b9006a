internal import AssayTerminal

/// Reads a list in the form of `pci.ids` and `usb.ids` as it streams by, and keeps the names that were asked for.
///
/// The lists hold tens of thousands of names in more than a megabyte; what is kept here is a line and the answers. Both
/// explain their form in their first comment: a vendor's line is four hexadecimal digits, two blanks and the name; the
/// lines of its products follow, each behind one tab; two tabs begin subsystems and interfaces. Other lists (classes,
/// languages …) come behind the vendors under lines of another form.
struct HardwareNameList {
    /// Longest line that is looked at; the longest of `pci.ids` has 178 bytes.
    static let lineLimit = 512
    /// Most characters of a name.
    static let nameLimit = 120

    private var line: [UInt8] = []
    private var isTooLong = false
    private var vendor: UInt16?
    private let wanted: [UInt16: Set<UInt16>]
    private(set) var vendors: [UInt16: String] = [:]
    private(set) var devices: [UInt32: String] = [:]

    /// Asks for the products of each vendor.
    init(wanted: [UInt16: Set<UInt16>]) {
        self.wanted = wanted
        line.reserveCapacity(Self.lineLimit)
    }

    /// Takes the next bytes of the list.
    mutating func read(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            take(rest[..<end])
            endLine()
            rest = rest[(end + 1)...]
        }
        take(rest)
    }

    /// Takes the last line, which may lack its line feed.
    mutating func finish() { endLine() }

    /// What a product is called in ``devices``.
    static func key(_ vendor: UInt16, _ device: UInt16) -> UInt32 { UInt32(vendor) << 16 | UInt32(device) }

    private mutating func take(_ part: ArraySlice<UInt8>) {
        if line.count + part.count > Self.lineLimit { isTooLong = true }
        if !isTooLong { line += part }
    }

    private mutating func endLine() {
        defer {
            line.removeAll(keepingCapacity: true)
            isTooLong = false
        }
        guard !isTooLong, let first = line.first, first != UInt8(ascii: "#") else { return }
        if first != UInt8(ascii: "\t") {
            vendor = Self.number(line[...]).flatMap { wanted[$0] == nil ? nil : $0 }
            if let vendor, vendors[vendor] == nil { vendors[vendor] = Self.name(line[...]) }
        } else if let vendor, let device = Self.number(line.dropFirst()), wanted[vendor]?.contains(device) == true {
            let key = Self.key(vendor, device)
            if devices[key] == nil { devices[key] = Self.name(line.dropFirst()) }
        }
    }

    /// The four digits before two blanks at the start; nil when something else stands there.
    private static func number(_ text: ArraySlice<UInt8>) -> UInt16? {
        guard text.count > 6, text.dropFirst(4).prefix(2).allSatisfy({ $0 == 0x20 }) else { return nil }
        var value: UInt16 = 0
        for byte in text.prefix(4) {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return value
    }

    /// The name, with whatever could steer a terminal spelled out.
    private static func name(_ text: ArraySlice<UInt8>) -> String? {
        let raw = text.dropFirst(6).drop { $0 == 0x20 }
        let end = raw.lastIndex { $0 != 0x20 && $0 != 0x0d }
        guard let end else { return nil }
        return TerminalText.safe(String(decoding: raw[...end], as: UTF8.self), limit: nameLimit)
    }
}

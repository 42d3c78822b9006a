/// A maker's code after JEDEC JEP106: which page of the table, and which entry on it.
///
/// Firmware writes it in many ways; all of these are SK hynix: `80AD`, `AD00000000000000`, `0xAD00`, `AD80`,
/// `80AD000080AD`, `Bank 1, Hex 0xAD`.
package struct MemoryMakerCode: Sendable, Hashable, CustomStringConvertible {
    /// Continuation codes before the entry: 0 for the first page.
    let continuations: UInt8
    /// Entry on the page, without its parity bit.
    let entry: UInt8

    /// Takes both parts; parity bits are dropped.
    init(continuations: UInt8, entry: UInt8) {
        self.continuations = continuations & 0x7f
        self.entry = entry & 0x7f
    }

    /// Reads the code of the module maker from any of the forms; nil for a name or a number of another form.
    package init?(_ text: String) {
        guard let codes = Self.codes(in: text) else { return nil }
        self = codes.module
    }

    /// Reads module maker and, where the form has it, die maker.
    static func codes(in text: String) -> (module: MemoryMakerCode, die: MemoryMakerCode?)? {
        var folded = text.lowercased()
        if folded.hasPrefix("bank ") { return bank(folded).map { ($0, nil) } }
        // What dmidecode and some firmwares make of a code that their own table lacks.
        if folded.hasPrefix("unknown ("), folded.hasSuffix(")") { folded = String(folded.dropFirst(9).dropLast()) }
        let digits = folded.hasPrefix("0x") ? folded.dropFirst(2) : folded[...]
        guard let bytes = bytes(digits) else { return nil }
        switch bytes.count {
        case 2: return pair(bytes[...]).map { ($0, nil) }
        case 6:
            // Module maker, register maker or zeros, die maker: what several firmwares write for DDR4 and DDR5.
            return pair(bytes[..<2]).map { ($0, pair(bytes[4...])) }
        case 1...8: return padded(bytes).map { ($0, nil) }
        default: return nil
        }
    }

    /// The code as the two bytes of SPD, parity bits included: `80ad`.
    package var description: String { Self.hex(Self.withParity(continuations)) + Self.hex(Self.withParity(entry)) }

    /// `Bank 4, Hex 0x0B`, where the first page is bank 1.
    private static func bank(_ text: String) -> MemoryMakerCode? {
        let words = text.split { $0 == " " || $0 == "," }
        guard words.count == 4, words[2] == "hex", words[3].hasPrefix("0x"), let bank = UInt8(words[1]),
            (1...128).contains(bank), let entry = UInt8(words[3].dropFirst(2), radix: 16)
        else { return nil }
        return valid(MemoryMakerCode(continuations: bank - 1, entry: entry))
    }

    /// Continuation count and entry, each with odd parity: `80ad`, `029e`, `8a91`.
    private static func pair(_ bytes: ArraySlice<UInt8>) -> MemoryMakerCode? {
        guard let first = bytes.first, let last = bytes.last, bytes.count == 2 else { return nil }
        // `7f98` counts with a continuation code instead; `ad00` has the entry first, and is filled up with zeros.
        if first == 0x7f { return valid(MemoryMakerCode(continuations: 1, entry: last)) }
        if last == 0 { return valid(MemoryMakerCode(continuations: 0, entry: first)) }
        // Some firmwares write the bytes the other way round; a page beyond the last one gives that away.
        return valid(MemoryMakerCode(continuations: first, entry: last))
            ?? valid(MemoryMakerCode(continuations: last, entry: first))
    }

    /// Continuation codes 7F, the entry, zeros to the end: `7f7f7f0b00000000` (SPD of DDR2 and before).
    private static func padded(_ bytes: [UInt8]) -> MemoryMakerCode? {
        let continuations = bytes.prefix { $0 == 0x7f }.count
        let rest = bytes.dropFirst(continuations)
        guard let entry = rest.first, rest.dropFirst().allSatisfy({ $0 == 0 }), continuations < 8 else {
            // A pair that is filled up: `0198000000000000`.
            guard bytes.count > 2, bytes.dropFirst(2).allSatisfy({ $0 == 0 }) else { return nil }
            return pair(bytes[..<2])
        }
        return valid(MemoryMakerCode(continuations: UInt8(continuations), entry: entry))
    }

    /// Entries run from 1 to 126 on each page.
    private static func valid(_ code: MemoryMakerCode) -> MemoryMakerCode? {
        (1...126).contains(code.entry) && code.continuations < 32 ? code : nil
    }

    private static func bytes(_ digits: Substring) -> [UInt8]? {
        let text = Array(digits)
        guard !text.isEmpty, text.count.isMultiple(of: 2), text.count <= 16, text.allSatisfy(\.isHexDigit) else {
            return nil
        }
        return stride(from: 0, to: text.count, by: 2).compactMap { UInt8(String(text[$0...($0 + 1)]), radix: 16) }
    }

    /// Odd parity in the highest bit (JEP106, 1).
    private static func withParity(_ value: UInt8) -> UInt8 {
        value.nonzeroBitCount.isMultiple(of: 2) ? value | 0x80 : value
    }

    private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}

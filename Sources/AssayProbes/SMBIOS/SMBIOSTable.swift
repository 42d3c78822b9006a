package import AssayBytes

/// The structures of an SMBIOS table, as far as they can be told apart (DSP0134, 6).
///
/// Real tables are often a little wrong: what cannot be read is a problem in words beside the structures that can.
package struct SMBIOSTable: Sendable {
    /// Longest table that is read, in bytes.
    package static let byteLimit = 1 << 20
    /// Most structures that are read.
    package static let structureLimit = 1 << 14

    /// The structures in table order, the end-of-table structure included.
    package private(set) var structures: [SMBIOSStructure] = []
    /// What is wrong with the table.
    package private(set) var problems: [ParseFailure] = []

    /// Reads structures until the table ends.
    ///
    /// `count` is the entry point's structure count. Without one, type 127 ends the table; with one it does not, because
    /// 2.x firmware is known to put structures behind it. Structures beyond the count are read too.
    package init(parsing bytes: RawSpan, count: Int? = nil) {
        var reader = ByteReader(bytes)
        while reader.remaining >= 4 {
            if structures.last?.type == 127, structures.count >= count ?? 0 { break }
            if let count, structures.count >= count, Self.isPadding(reader) { break }
            guard structures.count < Self.structureLimit else {
                problems.append(ParseFailure(.tooLarge, "structure count", at: reader.offset))
                return
            }
            do { structures.append(try Self.structure(&reader, &problems)) } catch {
                problems.append(error)
                break
            }
        }
        checkEnd(reader, count: count)
    }

    private mutating func checkEnd(_ reader: ByteReader, count: Int?) {
        if let count, structures.count != count {
            problems.append(
                ParseFailure(
                    .badValue, "structure count: \(count) declared, \(structures.count) found", at: reader.offset))
        } else if count == nil, structures.last?.type != 127, problems.isEmpty {
            problems.append(ParseFailure(.truncated, "table without end-of-table structure", at: reader.offset))
        }
    }

    /// Whether nothing but zeroes follows.
    private static func isPadding(_ reader: ByteReader) -> Bool {
        var rest = reader
        while let byte = try? rest.uint8() { if byte != 0 { return false } }
        return true
    }

    private static func structure(
        _ reader: inout ByteReader, _ problems: inout [ParseFailure]
    ) throws(ParseFailure) -> SMBIOSStructure {
        let start = reader.offset
        var header = reader
        let type = try header.uint8("structure type")
        let length = Int(try header.uint8("structure length"))
        let what = "type \(type) handle 0x\(Hex.string(try header.uint16("structure handle")))"
        guard length >= 4 else { throw ParseFailure(.badLength, what, at: start) }
        guard length <= reader.remaining else {
            problems.append(ParseFailure(.truncated, what, at: reader.count))
            return SMBIOSStructure(formatted: try reader.bytes(reader.remaining), stringSet: [])
        }
        let formatted = try reader.bytes(length, what)
        let stringSet = try stringSet(&reader)
        if stringSet.suffix(2) != [0, 0] {
            problems.append(ParseFailure(.truncated, "\(what) string set", at: reader.count))
        }
        return SMBIOSStructure(formatted: formatted, stringSet: stringSet[...])
    }

    /// Reads up to and with the first two zero bytes in a row, or what is left.
    private static func stringSet(_ reader: inout ByteReader) throws(ParseFailure) -> [UInt8] {
        var scan = reader
        var zeroes = 0
        while zeroes < 2, !scan.isAtEnd { zeroes = try scan.uint8() == 0 ? zeroes + 1 : 0 }
        return try reader.bytes(scan.offset - reader.offset)
    }
}

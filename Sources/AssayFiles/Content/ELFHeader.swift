internal import AssayBytes

/// The ELF header (System V ABI, "ELF Header") with the integer forms that the rest of the file uses.
struct ELFHeader: Sendable, Equatable {
    /// Bytes that are enough for a header of either class.
    static let size = 64
    /// What the file begins with.
    static let magic: [UInt8] = [0x7f, 0x45, 0x4c, 0x46]

    /// Object file type (`e_type`); values of processors and systems count as ``other``.
    enum ObjectType: Sendable, Equatable {
        case relocatable, executable, shared, core, other
    }

    /// One table of equal entries.
    struct Table: Sendable, Equatable {
        /// Offset in the file.
        var offset: UInt64
        /// Size of an entry.
        var entrySize: Int
        /// Number of entries.
        var count: Int
    }

    /// ELFCLASS64.
    let is64Bit: Bool
    /// ELFDATA2MSB.
    let isBigEndian: Bool
    /// `e_type`.
    let type: ObjectType
    /// `e_machine`.
    let machine: UInt16
    /// The program headers.
    let programHeaders: Table
    /// The section headers.
    let sectionHeaders: Table

    /// Reads the header at the start of `bytes`.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes)
        guard try reader.bytes(4, "ELF magic") == Self.magic else { throw ParseFailure(.badMagic, "ELF", at: 0) }
        switch try reader.uint8("ELF class") {
        case 1: is64Bit = false
        case 2: is64Bit = true
        default: throw ParseFailure(.badValue, "ELF class", at: 4)
        }
        switch try reader.uint8("ELF data encoding") {
        case 1: isBigEndian = false
        case 2: isBigEndian = true
        default: throw ParseFailure(.badValue, "ELF data encoding", at: 5)
        }
        let layout = ELFLayout(is64Bit: is64Bit, isBigEndian: isBigEndian)
        try reader.seek(to: 16)
        switch try layout.half(&reader) {
        case 1: type = .relocatable
        case 2: type = .executable
        case 3: type = .shared
        case 4: type = .core
        default: type = .other
        }
        machine = try layout.half(&reader)
        _ = try layout.word(&reader)
        _ = try layout.address(&reader)
        let programOffset = try layout.address(&reader)
        let sectionOffset = try layout.address(&reader)
        _ = try layout.word(&reader)
        _ = try layout.half(&reader)
        programHeaders = try Self.table(at: programOffset, layout, &reader)
        sectionHeaders = try Self.table(at: sectionOffset, layout, &reader)
    }

    /// The integer forms.
    var layout: ELFLayout { ELFLayout(is64Bit: is64Bit, isBigEndian: isBigEndian) }

    private static func table(
        at offset: UInt64, _ layout: ELFLayout, _ reader: inout ByteReader
    ) throws(ParseFailure) -> Table {
        let entrySize = Int(try layout.half(&reader))
        let count = Int(try layout.half(&reader))
        return Table(offset: offset, entrySize: entrySize, count: offset == 0 ? 0 : count)
    }
}

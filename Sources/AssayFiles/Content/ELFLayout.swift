internal import AssayBytes

/// How integers are laid out in an ELF file.
struct ELFLayout: Sendable, Equatable {
    /// ELFCLASS64.
    let is64Bit: Bool
    /// ELFDATA2MSB.
    let isBigEndian: Bool

    /// `Elf32_Half` and `Elf64_Half`.
    func half(_ reader: inout ByteReader) throws(ParseFailure) -> UInt16 {
        isBigEndian ? try reader.uint16BigEndian("ELF half") : try reader.uint16("ELF half")
    }

    /// `Elf32_Word` and `Elf64_Word`.
    func word(_ reader: inout ByteReader) throws(ParseFailure) -> UInt32 {
        isBigEndian ? try reader.uint32BigEndian("ELF word") : try reader.uint32("ELF word")
    }

    /// `Elf32_Addr` or `Elf64_Addr`, which is also the width of offsets and sizes.
    func address(_ reader: inout ByteReader) throws(ParseFailure) -> UInt64 {
        guard is64Bit else { return UInt64(try word(&reader)) }
        return isBigEndian ? try reader.uint64BigEndian("ELF address") : try reader.uint64("ELF address")
    }
}

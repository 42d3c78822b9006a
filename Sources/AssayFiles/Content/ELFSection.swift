internal import AssayBytes

/// A section header (System V ABI, "Sections"), as far as notes need it.
struct ELFSection: Sendable, Equatable {
    /// `SHT_NOTE`.
    static let note: UInt32 = 7

    /// `sh_type`.
    let type: UInt32
    /// `sh_offset`.
    let offset: UInt64
    /// `sh_size`.
    let size: UInt64
    /// `sh_addralign`.
    let alignment: UInt64

    /// Reads the header at the cursor.
    init(_ reader: inout ByteReader, layout: ELFLayout) throws(ParseFailure) {
        _ = try layout.word(&reader)
        type = try layout.word(&reader)
        _ = try layout.address(&reader)
        _ = try layout.address(&reader)
        offset = try layout.address(&reader)
        size = try layout.address(&reader)
        _ = try layout.word(&reader)
        _ = try layout.word(&reader)
        alignment = try layout.address(&reader)
        _ = try layout.address(&reader)
    }
}

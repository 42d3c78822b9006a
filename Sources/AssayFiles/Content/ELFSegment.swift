internal import AssayBytes

/// A program header (System V ABI, "Program Header").
struct ELFSegment: Sendable, Equatable {
    /// `PT_LOAD`.
    static let load: UInt32 = 1
    /// `PT_DYNAMIC`.
    static let dynamic: UInt32 = 2
    /// `PT_INTERP`.
    static let interpreter: UInt32 = 3
    /// `PT_NOTE`.
    static let note: UInt32 = 4

    /// `p_type`.
    let type: UInt32
    /// `p_offset`.
    let offset: UInt64
    /// `p_vaddr`.
    let address: UInt64
    /// `p_filesz`.
    let size: UInt64
    /// `p_align`.
    let alignment: UInt64

    /// Reads the header at the cursor.
    init(_ reader: inout ByteReader, layout: ELFLayout) throws(ParseFailure) {
        type = try layout.word(&reader)
        if layout.is64Bit { _ = try layout.word(&reader) }
        offset = try layout.address(&reader)
        address = try layout.address(&reader)
        _ = try layout.address(&reader)
        size = try layout.address(&reader)
        _ = try layout.address(&reader)
        if !layout.is64Bit { _ = try layout.word(&reader) }
        alignment = try layout.address(&reader)
    }
}

internal import AssayBytes

/// The dynamic section (System V ABI, "Dynamic Section"), as far as needed libraries go.
struct ELFDynamicSection: Sendable, Equatable {
    /// Offsets in the string table of the names of needed libraries (`DT_NEEDED`), in order.
    private(set) var needed: [UInt64] = []
    /// Address of the string table (`DT_STRTAB`).
    private(set) var stringTable: UInt64?
    /// Size of the string table (`DT_STRSZ`).
    private(set) var stringTableSize: UInt64?
    /// Whether there is a `DT_SONAME`, the name that other files are linked by.
    private(set) var hasLinkName = false
    /// Whether `DT_FLAGS_1` holds `DF_1_PIE`.
    private(set) var isPositionIndependentProgram = false

    /// Reads entries until `DT_NULL` or the end.
    init(parsing bytes: RawSpan, layout: ELFLayout) throws(ParseFailure) {
        var reader = ByteReader(bytes)
        let entrySize = layout.is64Bit ? 16 : 8
        while reader.remaining >= entrySize {
            let tag = try layout.address(&reader)
            let value = try layout.address(&reader)
            switch tag {
            case 0: return
            case 1: needed.append(value)
            case 5: stringTable = value
            case 14: hasLinkName = true
            case 10: stringTableSize = value
            case 0x6fff_fffb: isPositionIndependentProgram = value & 0x0800_0000 != 0
            default: break
            }
        }
    }
}

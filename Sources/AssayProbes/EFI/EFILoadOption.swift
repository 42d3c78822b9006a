internal import AssayBytes

/// The readable part of an EFI_LOAD_OPTION, the content of `Boot####` (UEFI 2.10, 3.1.3).
struct EFILoadOption: Sendable, Hashable {
    /// Whether the boot manager tries the option by itself (LOAD_OPTION_ACTIVE).
    let isActive: Bool
    /// Description for people.
    let description: String

    /// Reads attributes, file path list length and description.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes)
        isActive = try reader.uint32("load option attributes") & 1 != 0
        let pathLength = Int(try reader.uint16("file path list length"))
        var units: [UInt16] = []
        while true {
            let unit = try reader.uint16("load option description")
            if unit == 0 { break }
            units.append(unit)
        }
        guard pathLength <= reader.remaining else { throw ParseFailure(.badLength, "file path list", at: 4) }
        description = String(decoding: units, as: UTF16.self)
    }
}

/// The notes of an ELF file, a kernel or a module (ELF gABI 4.1, "Note Section").
///
/// Each note is three words (length of the name, length of the descriptor, type), then the name and the descriptor,
/// both padded.
public enum ELFNotes {
    /// Most notes that are looked at.
    public static let limit = 4096

    private static let gnuBuildIDType = 3

    /// Descriptor of the GNU build-id note; nil when there is no such note.
    ///
    /// - Parameters:
    ///   - bytes: a note section, a note segment, or a `notes` file of sysfs.
    ///   - isBigEndian: byte order of the ELF file.
    ///   - alignment: padding of names and descriptors: 4, or 8 in segments with that alignment.
    public static func gnuBuildID(
        in bytes: RawSpan, isBigEndian: Bool = false, alignment: Int = 4
    ) throws(ParseFailure) -> [UInt8]? {
        var reader = ByteReader(bytes)
        for _ in 0..<limit where reader.remaining >= 12 {
            let nameLength = try word(&reader, isBigEndian, "note name length")
            let descriptorLength = try word(&reader, isBigEndian, "note descriptor length")
            let type = try word(&reader, isBigEndian, "note type")
            let name = try reader.bytes(nameLength, "note name")
            try skipPadding(&reader, alignment)
            if type == gnuBuildIDType, name == [0x47, 0x4e, 0x55, 0] {
                guard (1...64).contains(descriptorLength) else {
                    throw ParseFailure(.badLength, "build-id", at: reader.offset)
                }
                return try reader.bytes(descriptorLength, "build-id")
            }
            try reader.skip(descriptorLength, "note descriptor")
            try skipPadding(&reader, alignment)
        }
        return nil
    }

    /// GNU build-id of a `notes` file of sysfs, whose byte order is that of the machine it was read on.
    public static func gnuBuildID(inNativeNotes bytes: RawSpan) throws(ParseFailure) -> [UInt8]? {
        // The length of a name is small: read in the wrong order it points far outside.
        do throws(ParseFailure) { return try gnuBuildID(in: bytes) } catch {
            if let found = try? gnuBuildID(in: bytes, isBigEndian: true) { return found }
            throw error
        }
    }

    private static func word(
        _ reader: inout ByteReader, _ isBigEndian: Bool, _ what: String
    ) throws(ParseFailure) -> Int {
        Int(isBigEndian ? try reader.uint32BigEndian(what) : try reader.uint32(what))
    }

    // The last note may end without its padding.
    private static func skipPadding(_ reader: inout ByteReader, _ alignment: Int) throws(ParseFailure) {
        let over = reader.offset % max(1, alignment)
        if over > 0 { try reader.skip(min(reader.remaining, alignment - over), "note padding") }
    }
}

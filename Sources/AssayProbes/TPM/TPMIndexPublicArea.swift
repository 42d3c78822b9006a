internal import AssayBytes

/// Size and attributes of an index (TPM 2.0 Library, part 2, 13.6: `TPMS_NV_PUBLIC`).
struct TPMIndexPublicArea: Sendable, Hashable {
    /// `TPMA_NV` (part 2, 13.4).
    struct Attributes: OptionSet, Sendable, Hashable {
        let rawValue: UInt32
        static let authRead = Attributes(rawValue: 1 << 18)
        static let noDictionaryAttack = Attributes(rawValue: 1 << 25)
        static let readLocked = Attributes(rawValue: 1 << 28)
        static let written = Attributes(rawValue: 1 << 29)
    }

    /// Attributes.
    let attributes: Attributes
    /// Octets that it holds.
    let size: Int

    /// Whether reading it with an empty password succeeds or fails without a trace.
    ///
    /// A wrong password for an index under dictionary attack protection would be counted against the module.
    var isFreeToRead: Bool {
        attributes.isSuperset(of: [.authRead, .noDictionaryAttack, .written]) && !attributes.contains(.readLocked)
    }

    /// Reads the parameters of a response of `TPM2_NV_ReadPublic`.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        var outer = ByteReader(bytes)
        let area = try outer.sizedBuffer("public area of the index")
        var reader = ByteReader(area.span.bytes)
        try reader.skip(6, "index and name algorithm")
        attributes = Attributes(rawValue: try reader.uint32BigEndian("attributes"))
        _ = try reader.sizedBuffer("policy")
        size = Int(try reader.uint16BigEndian("data size"))
    }
}

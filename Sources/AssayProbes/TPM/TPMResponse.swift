internal import AssayBytes

/// A response of a TPM 2.0: header and what follows it (TPM 2.0 Library, part 1, 18.2).
struct TPMResponse: Sendable, Hashable {
    /// `TPM_ST_NO_SESSIONS`.
    static let tagNoSessions: UInt16 = 0x8001
    /// `TPM_ST_SESSIONS`.
    static let tagSessions: UInt16 = 0x8002
    private static let sizeLimit = 4096

    /// `TPM_RC`; zero is success.
    let code: UInt32
    /// The parameters of a success, without the authorization area.
    let parameters: [UInt8]

    /// Reads a response.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes)
        let tag = try reader.uint16BigEndian("response tag")
        let size = try reader.uint32BigEndian("response size")
        code = try reader.uint32BigEndian("response code")
        guard size <= Self.sizeLimit else { throw ParseFailure(.tooLarge, "response size", at: 2) }
        guard Int(size) == reader.count else { throw ParseFailure(.badLength, "response size", at: 2) }
        switch tag {
        case Self.tagNoSessions: parameters = try reader.bytes(reader.remaining)
        case Self.tagSessions:
            let count = try reader.uint32BigEndian("parameter size")
            guard count <= Self.sizeLimit else { throw ParseFailure(.tooLarge, "parameter size", at: 10) }
            parameters = try reader.bytes(Int(count), "parameters")
        default: throw ParseFailure(.badMagic, "response tag", at: 0)
        }
    }
}

extension ByteReader {
    /// A sized buffer, as the TPM library calls a 16-bit size with as many octets (`TPM2B`).
    mutating func sizedBuffer(_ what: String) throws(ParseFailure) -> [UInt8] {
        try bytes(Int(try uint16BigEndian("\(what) size")), what)
    }
}

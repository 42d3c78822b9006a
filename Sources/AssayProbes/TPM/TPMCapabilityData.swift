internal import AssayBytes

/// What `TPM2_GetCapability` returns (TPM 2.0 Library, part 2, 10.10: `TPMS_CAPABILITY_DATA`).
struct TPMCapabilityData: Sendable, Hashable {
    /// The groups that are asked for.
    enum Group: UInt32, Sendable, Hashable {
        /// `TPM_CAP_HANDLES`.
        case handles = 1
        /// `TPM_CAP_TPM_PROPERTIES`.
        case properties = 6
    }

    /// Most values in one response: what fits into it.
    private static let countLimit: UInt32 = 1024

    /// Whether there are further values.
    let hasMore: Bool
    /// Handles, when those were asked for.
    private(set) var handles: [UInt32] = []
    /// Properties (`TPM_PT`), when those were asked for.
    private(set) var properties: [UInt32: UInt32] = [:]

    /// Reads the parameters of a response.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes)
        hasMore = try reader.uint8("more data") != 0
        let number = try reader.uint32BigEndian("capability")
        guard let group = Group(rawValue: number) else { throw ParseFailure(.unsupported, "capability", at: 1) }
        let count = try reader.uint32BigEndian("count")
        guard count <= Self.countLimit else { throw ParseFailure(.tooLarge, "count", at: 5) }
        for _ in 0..<count {
            let first = try reader.uint32BigEndian("value")
            switch group {
            case .handles: handles.append(first)
            case .properties: properties[first] = try reader.uint32BigEndian("property value")
            }
        }
    }
}

internal import AssayBytes

/// The public area of an asymmetric key (TPM 2.0 Library, part 2, 12.2.4: `TPMT_PUBLIC`).
struct TPMPublicArea: Sendable, Hashable {
    /// `TPMA_OBJECT` (part 2, 8.3).
    struct Attributes: OptionSet, Sendable, Hashable {
        let rawValue: UInt32
        static let fixedTPM = Attributes(rawValue: 1 << 1)
        static let fixedParent = Attributes(rawValue: 1 << 4)
        static let sensitiveDataOrigin = Attributes(rawValue: 1 << 5)
        static let restricted = Attributes(rawValue: 1 << 16)
        static let decrypt = Attributes(rawValue: 1 << 17)
        static let sign = Attributes(rawValue: 1 << 18)
        /// What every template of an endorsement key has (TCG EK Credential Profile 2.5, B.3 and B.4).
        static let endorsement: Attributes = [.fixedTPM, .fixedParent, .sensitiveDataOrigin, .restricted, .decrypt]
    }

    private static let algorithmRSA: UInt16 = 0x0001
    private static let algorithmECC: UInt16 = 0x0023
    private static let algorithmNull: UInt16 = 0x0010

    /// Attributes.
    let attributes: Attributes
    /// The key.
    let key: EndorsementKey

    /// Whether the key is what an endorsement key has to be.
    var isEndorsementKey: Bool { attributes.isSuperset(of: .endorsement) && !attributes.contains(.sign) }

    /// Reads the parameters of a response of `TPM2_ReadPublic`.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        var outer = ByteReader(bytes)
        let area = try outer.sizedBuffer("public area")
        var reader = ByteReader(area.span.bytes)
        let type = try reader.uint16BigEndian("type")
        try reader.skip(2, "name algorithm")
        attributes = Attributes(rawValue: try reader.uint32BigEndian("attributes"))
        _ = try reader.sizedBuffer("policy")
        // TPMT_SYM_DEF_OBJECT: an algorithm, and for all but null key bits and mode.
        if try reader.uint16BigEndian("symmetric") != Self.algorithmNull { try reader.skip(4, "symmetric") }
        try Self.skipScheme(&reader)
        switch type {
        case Self.algorithmRSA: key = try Self.rsaKey(&reader)
        case Self.algorithmECC: key = try Self.curveKey(&reader)
        default: throw ParseFailure(.unsupported, "type", at: 0)
        }
    }

    /// Skips a scheme: an algorithm, and for all but null, which a restricted decryption key has, a hash.
    private static func skipScheme(_ reader: inout ByteReader) throws(ParseFailure) {
        if try reader.uint16BigEndian("scheme") != algorithmNull { try reader.skip(2, "scheme") }
    }

    private static func rsaKey(_ reader: inout ByteReader) throws(ParseFailure) -> EndorsementKey {
        let bits = try reader.uint16BigEndian("key bits")
        let exponent = try reader.uint32BigEndian("exponent")
        let modulus = try reader.sizedBuffer("modulus")
        guard !modulus.isEmpty, modulus.count * 8 == Int(bits) else {
            throw ParseFailure(.badLength, "modulus", at: reader.offset)
        }
        // Zero stands for the default (part 2, 12.2.3.5).
        return EndorsementKey(modulus: modulus, exponent: exponent == 0 ? 65_537 : exponent)
    }

    private static func curveKey(_ reader: inout ByteReader) throws(ParseFailure) -> EndorsementKey {
        let start = reader.offset
        let number = try reader.uint16BigEndian("curve")
        guard let curve = EndorsementKey.Curve(rawValue: number) else {
            throw ParseFailure(.unsupported, "curve", at: start)
        }
        try skipScheme(&reader)
        let x = try reader.sizedBuffer("x")
        let y = try reader.sizedBuffer("y")
        guard x.count <= curve.size, y.count <= curve.size else {
            throw ParseFailure(.badLength, "point", at: reader.offset)
        }
        return EndorsementKey(curve, x: x, y: y)
    }
}

internal import AssayBytes

/// One EFI_SIGNATURE_LIST: signatures of one type and size (UEFI 2.10, 32.4.1).
struct EFISignatureList: Sendable, Hashable {
    /// What the signatures of a list are.
    enum SignatureType: String, Sendable, Hashable, CaseIterable {
        case sha256 = "c1c41626-504c-4092-aca9-41f936934328"
        case rsa2048 = "3c5766e8-269c-4e34-aa14-ed776e85b3b6"
        case rsa2048SHA256 = "e2b36190-879b-4a3d-ad8d-f2e7bba32784"
        case sha1 = "826ca512-cf10-4ac9-b187-be01496631bd"
        case rsa2048SHA1 = "67f8444f-8743-48f1-a328-1eaab8736080"
        case x509 = "a5c059a1-94e4-4aa7-87b5-ab155c2bf072"
        case sha224 = "0b6e5233-a65c-44c9-9407-d9ab83bfc8bd"
        case sha384 = "ff3e5307-9fd0-48c9-85f1-8ad56c701e01"
        case sha512 = "093e0fae-a6c4-4f50-9f1b-d41e2b89c19a"
        case x509SHA256 = "3bd2a492-96c0-4079-b420-fcf98ef103ed"
        case x509SHA384 = "7076876e-80c2-4ee6-aad2-28b349a6865b"
        case x509SHA512 = "446dbf63-2502-4cda-bcfa-2465d2b0fe9d"
        case pkcs7 = "4aafd29d-68df-49ee-8aa9-347d375665a7"
        case externalManagement = "452e8ced-dfff-4b8c-ae01-5118862e682c"

        /// Number of data bytes that the standard prescribes; nil where it varies.
        var dataSize: Int? {
            switch self {
            case .sha1: 20
            case .sha224: 28
            case .sha256: 32
            case .sha384, .x509SHA256: 48
            case .sha512, .x509SHA384: 64
            case .x509SHA512: 80
            case .rsa2048, .rsa2048SHA256, .rsa2048SHA1: 256
            case .externalManagement: 1
            case .x509, .pkcs7: nil
            }
        }

        /// Whether a signature is the digest of an image or of a certificate.
        var isHash: Bool {
            switch self {
            case .sha1, .sha224, .sha256, .sha384, .sha512, .x509SHA256, .x509SHA384, .x509SHA512: true
            default: false
            }
        }
    }

    /// One EFI_SIGNATURE_DATA.
    struct Signature: Sendable, Hashable {
        /// SignatureOwner: who put it there.
        var owner: GUID
        /// SignatureData.
        var data: [UInt8]
    }

    private static let headerSize = 28
    private static let ownerSize = 16
    /// Most signatures of one list; the longest published revocation list has some hundred.
    private static let signatureLimit = 65_536

    /// SignatureType as stored.
    let typeGUID: GUID
    /// SignatureListSize in bytes.
    let listSize: Int
    /// SignatureHeaderSize in bytes.
    let signatureHeaderSize: Int
    /// SignatureSize in bytes, owner included.
    let signatureSize: Int
    /// The signatures in order.
    let signatures: [Signature]

    /// SignatureType; nil when the standard does not know it.
    var type: SignatureType? { SignatureType(rawValue: typeGUID.description) }

    /// Reads one list from `reader`.
    init(reading reader: inout ByteReader) throws(ParseFailure) {
        let start = reader.offset
        typeGUID = try reader.guid("signature type")
        listSize = Int(try reader.uint32("signature list size"))
        signatureHeaderSize = Int(try reader.uint32("signature header size"))
        signatureSize = Int(try reader.uint32("signature size"))
        guard listSize >= Self.headerSize, signatureHeaderSize <= listSize - Self.headerSize else {
            throw ParseFailure(.badLength, "signature list", at: start)
        }
        guard listSize - Self.headerSize <= reader.remaining else {
            throw ParseFailure(.truncated, "signature list", at: reader.count)
        }
        let body = listSize - Self.headerSize - signatureHeaderSize
        guard signatureSize > Self.ownerSize, body.isMultiple(of: signatureSize) else {
            throw ParseFailure(.badLength, "signature size", at: start + 24)
        }
        let type = SignatureType(rawValue: typeGUID.description)
        if let size = type?.dataSize, size != signatureSize - Self.ownerSize {
            throw ParseFailure(.badValue, "signature size", at: start + 24)
        }
        guard body / signatureSize <= Self.signatureLimit else {
            throw ParseFailure(.tooLarge, "signature count", at: start + 16)
        }
        try reader.skip(signatureHeaderSize, "signature header")
        var signatures: [Signature] = []
        signatures.reserveCapacity(body / signatureSize)
        for _ in 0..<(body / signatureSize) {
            let owner = try reader.guid("signature owner")
            signatures.append(
                Signature(owner: owner, data: try reader.bytes(signatureSize - Self.ownerSize, "signature data")))
        }
        self.signatures = signatures
    }
}

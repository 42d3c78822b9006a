@testable import AssayProbes

/// Bytes as a module sends them, put together by hand.
enum TPMBytes {
    static func octets(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { [UInt8]($0) } }

    static func sized(_ bytes: [UInt8]) -> [UInt8] { [UInt8(bytes.count >> 8), UInt8(bytes.count & 0xff)] + bytes }

    static func response(_ parameters: [UInt8] = [], code: UInt32 = 0) -> [UInt8] {
        [0x80, 0x01] + octets(UInt32(10 + parameters.count)) + octets(code) + parameters
    }

    /// The public area of an RSA key with AES-128 in CFB mode, as the templates have it.
    static func rsaArea(_ attributes: TPMPublicArea.Attributes = .endorsement) -> [UInt8] {
        let head: [UInt8] = [0, 1, 0, 11] + octets(attributes.rawValue) + sized([UInt8](repeating: 0x83, count: 32))
        return sized(head + [0, 6, 0, 128, 0, 0x43, 0, 0x10, 8, 0, 0, 0, 0, 0] + sized(modulus))
    }

    static let modulus = [UInt8](repeating: 0xc5, count: 256)

    /// The public area of a key on P-256, whose x has lost a leading zero as some modules have it.
    static let curveArea: [UInt8] = {
        let head: [UInt8] = [0, 0x23, 0, 11] + octets(TPMPublicArea.Attributes.endorsement.rawValue) + [0, 0]
        let point = sized([UInt8](repeating: 7, count: 31)) + sized([UInt8](repeating: 9, count: 32))
        return sized(head + [0, 6, 0, 128, 0, 0x43, 0, 0x10, 0, 3, 0, 0x10] + point)
    }()
}

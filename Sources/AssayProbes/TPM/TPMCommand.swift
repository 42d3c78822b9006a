/// A command of the TPM 2.0 library that reads and leaves the module as it is
/// (TPM 2.0 Library, part 3: Commands).
enum TPMCommand: Sendable, Hashable {
    /// `TPM2_GetCapability` (30.2): `count` values of a group from `property` on.
    case getCapability(TPMCapabilityData.Group, property: UInt32, count: UInt32)
    /// `TPM2_ReadPublic` (12.4): the public area of a loaded or persistent object.
    case readPublic(UInt32)
    /// `TPM2_NV_ReadPublic` (31.6): size and attributes of an index.
    case readIndexPublic(UInt32)
    /// `TPM2_NV_Read` (31.13) under the index's own, empty authorization.
    case readIndex(UInt32, count: UInt16, offset: UInt16)

    /// The standard's name.
    var name: String {
        switch self {
        case .getCapability: "TPM2_GetCapability"
        case .readPublic: "TPM2_ReadPublic"
        case .readIndexPublic: "TPM2_NV_ReadPublic"
        case .readIndex: "TPM2_NV_Read"
        }
    }

    /// Whether the command carries an authorization.
    var hasSession: Bool { if case .readIndex = self { true } else { false } }

    /// The command as it is sent: header (part 1, 18.2), handles, authorization, parameters.
    var bytes: [UInt8] {
        let body: [UInt8]
        let code: UInt32
        switch self {
        case .getCapability(let group, let property, let count):
            code = 0x17a
            body = Self.octets(group.rawValue) + Self.octets(property) + Self.octets(count)
        case .readPublic(let handle):
            code = 0x173
            body = Self.octets(handle)
        case .readIndexPublic(let index):
            code = 0x169
            body = Self.octets(index)
        case .readIndex(let index, let count, let offset):
            code = 0x14e
            body =
                Self.octets(index) + Self.octets(index) + Self.emptyPassword + Self.octets(count) + Self.octets(offset)
        }
        let tag: UInt16 = hasSession ? TPMResponse.tagSessions : TPMResponse.tagNoSessions
        return Self.octets(tag) + Self.octets(UInt32(10 + body.count)) + Self.octets(code) + body
    }

    /// An authorization area of nine octets: `TPM_RS_PW`, no nonce, no attributes, no password (part 1, 19.4).
    private static let emptyPassword: [UInt8] = [0, 0, 0, 9, 0x40, 0, 0, 9, 0, 0, 0, 0, 0]

    private static func octets<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { [UInt8]($0) }
    }
}

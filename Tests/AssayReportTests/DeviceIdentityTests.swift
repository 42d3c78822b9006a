import AssayModel
import Crypto
import Testing

@testable import AssayReport

@Suite struct DeviceIdentityTests {
    @Test("the id is the SHA-256 of the DER SubjectPublicKeyInfo") func idOfAKnownKey() throws {
        let key = try TestKeys.device().publicKey
        // RFC 5480, 2: the algorithm identifier of a P-256 key, then the uncompressed point.
        let head: [UInt8] = [
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
            0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
        ]
        let info = head + key.x963Representation
        #expect(DeviceIdentity(publicKey: key).id == .sha256(of: info))
        #expect(try DeviceIdentity(subjectPublicKeyInfo: info).id == .sha256(of: info))
    }

    @Test func refusesOtherKeys() throws {
        let other = Array(Curve25519.Signing.PrivateKey().publicKey.rawRepresentation)
        #expect(throws: ReportFailure(.malformed)) { try DeviceIdentity(subjectPublicKeyInfo: other) }
        #expect(throws: ReportFailure(.malformed)) { try DeviceIdentity(subjectPublicKeyInfo: []) }
        let large = Array(P384.Signing.PrivateKey().publicKey.derRepresentation)
        #expect(throws: ReportFailure(.malformed)) { try DeviceIdentity(subjectPublicKeyInfo: large) }
    }

    @Test func equalKeysAreEqualDevices() throws {
        let one = DeviceIdentity(publicKey: try TestKeys.device().publicKey)
        let two = DeviceIdentity(publicKey: try TestKeys.device().publicKey)
        #expect(one == two)
        #expect(Set([one, two]).count == 1)
        #expect(one != DeviceIdentity(publicKey: P256.Signing.PrivateKey().publicKey))
    }
}

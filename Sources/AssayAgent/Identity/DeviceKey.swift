package import AssayReport
package import Crypto
internal import Glibc

/// The device's key pair: made here, stored here for the agent alone, and never copied.
package struct DeviceKey: Sendable {
    /// The private half.
    package let privateKey: P256.Signing.PrivateKey

    private static let name = "device.key"
    private static let limit = 4096

    /// Reads the key of a state folder; nil when it has none yet.
    package init?(in state: AgentState) throws(StateFailure) {
        let path = state.path(Self.name)
        guard let bytes = try state.files.read(path, limit: Self.limit) else { return nil }
        try Self.checkPermissions(path)
        guard let key = try? P256.Signing.PrivateKey(pemRepresentation: String(decoding: bytes, as: UTF8.self)) else {
            throw StateFailure(
                .damaged, path: path, "not a P-256 key in PEM; with another key the device must enrol again")
        }
        privateKey = key
    }

    /// Reads the key of a state folder, or makes one and stores it.
    package static func obtain(in state: AgentState) throws(StateFailure) -> DeviceKey {
        if let key = try DeviceKey(in: state) { return key }
        let made = P256.Signing.PrivateKey()
        try state.files.replace(state.path(name), with: Array((made.pemRepresentation + "\n").utf8))
        return DeviceKey(made)
    }

    private init(_ key: P256.Signing.PrivateKey) { privateKey = key }

    /// Who the device is by this key.
    package var identity: DeviceIdentity { DeviceIdentity(publicKey: privateKey.publicKey) }
    /// The key as PKCS#8 in PEM, for the TLS library.
    var pem: [UInt8] { Array((privateKey.pemRepresentation + "\n").utf8) }

    // Whoever reads the key is the device: better to stop than to go on with a key that others may have.
    private static func checkPermissions(_ path: String) throws(StateFailure) {
        var status = stat()
        guard lstat(path, &status) == 0 else { throw StateFailure(errorNumber: errno, path: path) }
        guard status.st_mode & 0o077 == 0 else {
            throw StateFailure(.insecure, path: path, "remove the permissions of group and others: chmod 600 \(path)")
        }
    }
}

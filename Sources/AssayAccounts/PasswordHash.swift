internal import AssayReport
internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials

/// A password as it is kept: scrypt (RFC 7914) of it with a random salt, written in PHC string format.
package struct PasswordHash: Sendable, Hashable, CustomStringConvertible {
    /// Cost of one guess.
    package struct Cost: Sendable, Hashable {
        /// Binary logarithm of the number of blocks; memory is 1 KiB times two to this.
        package var logBlocks: Int
        /// How many times that memory is filled, one after the other.
        package var passes: Int

        /// 32 MiB, three times: an attacker pays what OWASP's password storage page asks for, and a sign-in holds no more
        /// memory than a collector can spare.
        package static let standard = Cost(logBlocks: 15, passes: 3)

        /// States a cost.
        package init(logBlocks: Int, passes: Int) {
            self.logBlocks = logBlocks
            self.passes = passes
        }
    }

    private static let blockSize = 8
    private static let saltSize = 16
    private static let keySize = 32

    private let cost: Cost
    private let salt: [UInt8]
    private let key: [UInt8]

    /// Hashes a password with a fresh salt; takes about a quarter of a second and 32 MiB.
    package init(_ password: String, cost: Cost = .standard) throws(AccountFailure) {
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<Self.saltSize).map { _ in UInt8.random(in: 0...255, using: &generator) }
        self.cost = cost
        self.salt = salt
        key = try Self.derive(password, cost, salt)
    }

    /// Reads what ``description`` wrote; refuses costs that would stop the collector.
    package init(parsing text: String) throws(AccountFailure) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let cost = Self.cost(parts[2]),
            let salt = Base64.decodeURLSafe(String(parts[3])), salt.count == Self.saltSize,
            let key = Base64.decodeURLSafe(String(parts[4])), key.count == Self.keySize
        else { throw AccountFailure(.corrupt, "a stored password hash cannot be read") }
        self.cost = cost
        self.salt = salt
        self.key = key
    }

    private static func cost(_ text: Substring) -> Cost? {
        let fields = text.split(separator: ",")
        guard fields.count == 3, fields[0].hasPrefix("ln="), fields[1] == "r=\(blockSize)", fields[2].hasPrefix("p="),
            let logBlocks = Int(fields[0].dropFirst(3)), (1...20).contains(logBlocks),
            let passes = Int(fields[2].dropFirst(2)), (1...16).contains(passes)
        else { return nil }
        return Cost(logBlocks: logBlocks, passes: passes)
    }

    /// The form that is kept: `$scrypt$ln=15,r=8,p=3$<salt>$<key>`, both in URL-safe Base64.
    package var description: String {
        "$scrypt$ln=\(cost.logBlocks),r=\(Self.blockSize),p=\(cost.passes)"
            + "$\(Base64.encodeURLSafe(salt))$\(Base64.encodeURLSafe(key))"
    }

    /// Whether a password is the one; takes as long for a wrong one as for the right one.
    package func matches(_ password: String) throws(AccountFailure) -> Bool {
        let other = try Self.derive(password, cost, salt)
        return zip(key, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Whether it was made at less than today's cost and is to be made again at the next sign-in.
    package var isOutdated: Bool {
        (1 << cost.logBlocks) * cost.passes < (1 << Cost.standard.logBlocks) * Cost.standard.passes
    }

    private static func derive(_ password: String, _ cost: Cost, _ salt: [UInt8]) throws(AccountFailure) -> [UInt8] {
        do {
            let key = try KDF.Scrypt.deriveKey(
                from: Array(password.utf8), salt: salt, outputByteCount: keySize, rounds: 1 << cost.logBlocks,
                blockSize: blockSize, parallelism: cost.passes)
            return key.withUnsafeBytes { Array($0) }
        } catch { throw AccountFailure(.unavailable, "the password cannot be hashed: \(error)") }
    }
}

/// How the device booted and what its firmware enforces.
public struct BootState: Sendable, Hashable, Codable {
    /// One UEFI signature database (UEFI 2.10, 32.4.1) as counts and a digest.
    public struct SignatureDatabase: Sendable, Hashable, Codable {
        /// Variable name: `PK`, `KEK`, `db`, `dbx`, `dbt`, `dbr`, `MokListRT` ….
        public var name: String
        /// SHA-256 of the variable's content without its four attribute bytes.
        public var digest: ContentDigest
        /// Number of X.509 certificates.
        public var certificates: Int
        /// Number of hash entries.
        public var hashes: Int
        /// SHA-256 of each certificate's DER, in order.
        public var certificateDigests: [ContentDigest]
        /// Number of entries of other signature types.
        public var others: Int

        /// Describes one database.
        public init(
            name: String, digest: ContentDigest, certificates: Int, hashes: Int, certificateDigests: [ContentDigest],
            others: Int
        ) {
            self.name = name
            self.digest = digest
            self.certificates = certificates
            self.hashes = hashes
            self.certificateDigests = certificateDigests
            self.others = others
        }
    }

    /// `uefi`, `devicetree` or `bios`.
    public var firmwareType: String?
    /// Whether Secure Boot is enforced; nil when it cannot be read.
    public var secureBoot: Bool?
    /// Whether the platform is in setup mode.
    public var setupMode: Bool?
    /// Signature databases in name order.
    public var signatureDatabases: [SignatureDatabase]?
    /// Digests of further boot variables (`BootOrder`, `Boot0000`, `SbatLevelRT` …) by name.
    public var variables: [String: ContentDigest]?
    /// TPM platform configuration registers by bank (`sha256`) and decimal index, lower-case hexadecimal values.
    public var pcrs: [String: [String: String]]?
    /// Device tree `chosen` facts and boot loader versions by name.
    public var loader: [String: String]?

    /// A state that readings fill in.
    public init() {}

    /// Takes over what `other` knows and this value does not.
    public mutating func fill(from other: BootState) {
        firmwareType = firmwareType ?? other.firmwareType
        secureBoot = secureBoot ?? other.secureBoot
        setupMode = setupMode ?? other.setupMode
        signatureDatabases = signatureDatabases ?? other.signatureDatabases
        variables = variables ?? other.variables
        pcrs = pcrs ?? other.pcrs
        loader = loader.map { own in own.merging(other.loader ?? [:]) { mine, _ in mine } } ?? other.loader
    }
}

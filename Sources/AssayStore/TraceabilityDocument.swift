package import AssayModel

/// A document of traceability as it was imported; a new import is a new revision, none is overwritten.
package struct TraceabilityDocument: Sendable, Hashable {
    /// What it is.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// What a model may contain.
        case profile
        /// What one unit was built of.
        case record
        /// What rules know as data: signatures, restricted suppliers, makers' codes.
        case list
        /// What was changed on one unit since.
        case delta
        /// Who supplies whom.
        case suppliers
        /// What operators decide for a group of devices.
        case policy

        /// The kind in words.
        package var noun: String { self == .suppliers ? "supplier graph" : rawValue }
        /// Several of them in words.
        package var plural: String { self == .policy ? "policies" : noun + "s" }
        /// The command that lists documents of the kind.
        package var listCommand: String {
            switch self {
            case .profile: "profiles list"
            case .record: "records list"
            case .delta: "records list --deltas"
            case .suppliers: "suppliers list"
            case .list: "lists show"
            case .policy: "policy list"
            }
        }
    }

    /// What it is.
    package var kind: Kind
    /// Id that the document states.
    package var id: String
    /// 1 for the first import under this id.
    package var revision: Int
    /// SHA-256 of the bytes.
    package var digest: ContentDigest
    /// The JSON, canonical but for lists.
    package var content: [UInt8]
    /// Serial number that a record or delta is for.
    package var serial: String?
    /// Device that a record or delta is for.
    package var deviceID: String?
    /// When it was imported.
    package var importedAt: Timestamp

    /// Describes a document.
    package init(
        kind: Kind, id: String, revision: Int = 0, digest: ContentDigest, content: [UInt8], serial: String? = nil,
        deviceID: String? = nil, importedAt: Timestamp
    ) {
        self.kind = kind
        self.id = id
        self.revision = revision
        self.digest = digest
        self.content = content
        self.serial = serial
        self.deviceID = deviceID
        self.importedAt = importedAt
    }
}

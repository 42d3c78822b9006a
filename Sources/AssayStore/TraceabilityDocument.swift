package import AssayModel

/// A hardware profile or an as-built record as it was imported; a new import is a new revision, none is overwritten.
package struct TraceabilityDocument: Sendable, Hashable {
    /// Which of the two it is.
    package enum Kind: String, Sendable, Hashable, Codable {
        /// What a model may contain.
        case profile
        /// What one unit was built of.
        case record
    }

    /// Which of the two it is.
    package var kind: Kind
    /// Id that the document states.
    package var id: String
    /// 1 for the first import under this id.
    package var revision: Int
    /// SHA-256 of the canonical bytes.
    package var digest: ContentDigest
    /// The canonical JSON.
    package var content: [UInt8]
    /// Serial number that a record is for.
    package var serial: String?
    /// Device that a record is for.
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

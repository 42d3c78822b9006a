package import AssayModel

/// A verified report on its way into the store.
package struct ReportArrival: Sendable {
    /// Fingerprint of the key that signed it.
    package var deviceID: ContentDigest
    /// SHA-256 of the payload.
    package var digest: ContentDigest
    /// Position in the device's chain, from 1.
    package var sequence: Int64
    /// Digest of the report before it, as the device states it.
    package var previous: ContentDigest?
    /// Merkle root over the sections.
    package var inventoryRoot: ContentDigest
    /// Digest over the counts of the sections; equal inventories have equal ones.
    package var sectionCounts: ContentDigest
    /// Boot id that the device states.
    package var bootID: String?
    /// When the device says it was taken.
    package var takenAt: Timestamp?
    /// When it arrived here.
    package var receivedAt: Timestamp
    /// Whether it echoes the nonce that was given for the report before it.
    package var isFresh: Bool
    /// The envelope in the form in which it came, byte for byte.
    package var envelope: [UInt8]

    /// Describes an arrival.
    package init(
        deviceID: ContentDigest, digest: ContentDigest, sequence: Int64, previous: ContentDigest?,
        inventoryRoot: ContentDigest, sectionCounts: ContentDigest, bootID: String?, takenAt: Timestamp?,
        receivedAt: Timestamp, isFresh: Bool, envelope: [UInt8]
    ) {
        self.deviceID = deviceID
        self.digest = digest
        self.sequence = sequence
        self.previous = previous
        self.inventoryRoot = inventoryRoot
        self.sectionCounts = sectionCounts
        self.bootID = bootID
        self.takenAt = takenAt
        self.receivedAt = receivedAt
        self.isFresh = isFresh
        self.envelope = envelope
    }
}

/// A report that the store holds: the envelope, and when it came.
package struct StoredReport: Sendable, Hashable {
    /// SHA-256 of the payload.
    package var digest: ContentDigest
    /// Position in the device's chain.
    package var sequence: Int64
    /// Merkle root over the sections.
    package var inventoryRoot: ContentDigest
    /// When it arrived.
    package var receivedAt: Timestamp
    /// The envelope in the form in which it came, byte for byte.
    package var envelope: [UInt8]

    /// Describes a stored report.
    package init(
        digest: ContentDigest, sequence: Int64, inventoryRoot: ContentDigest, receivedAt: Timestamp,
        envelope: [UInt8]
    ) {
        self.digest = digest
        self.sequence = sequence
        self.inventoryRoot = inventoryRoot
        self.receivedAt = receivedAt
        self.envelope = envelope
    }
}

/// What became of a report.
package enum Acceptance: Sendable {
    /// It is durable; the device's standing is what evaluation said before, and `isNew` is false for a repetition.
    case accepted(isNew: Bool, standing: Standing?, needsEvaluation: Bool)
    /// Its inventory is not the one that is stored, so its content must be looked up first; nothing was written.
    case contentUnknown
    /// Another report already has this place in the chain, or a later one.
    case replayed(lastSequence: Int64)
    /// It states the inventory of the last report with other counts, so that one of the two does not tell the truth.
    case contradictory
    /// The key is not enrolled.
    case unknownDevice
    /// An operator withdrew the device's trust.
    case revoked
}

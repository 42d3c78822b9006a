package import AssayModel

/// What a device shows that nothing expects, and what to make of its spread over the model.
package struct PopulationReview: Sendable {
    /// What the device shows now.
    package var kinds: [PartKind]
    /// Makes the finding of the model from the state of a kind; nil when there is none.
    ///
    /// It is asked in the transaction that counts, for kinds that the device shows or no longer shows.
    package var finding: @Sendable (PopulationState) throws -> StoredFinding?

    /// Describes a review.
    package init(_ kinds: [PartKind], finding: @escaping @Sendable (PopulationState) throws -> StoredFinding?) {
        self.kinds = kinds
        self.finding = finding
    }
}

/// What a finding is about.
package enum FindingScope: String, Sendable, Hashable, Codable {
    /// One device.
    case device
    /// All devices of a model; the device of the finding is one that shows it.
    case model
}

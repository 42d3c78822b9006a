package import AssayModel

/// What a device shows that nothing expects, and what to make of its spread over the model.
package struct PopulationReview: Sendable {
    /// A kind of part, and the finding of the device about it.
    package struct Sighting: Sendable {
        /// The kind.
        package var kind: PartKind
        /// Id of the device's own finding.
        package var finding: String

        /// Pairs them.
        package init(_ kind: PartKind, finding: String) {
            self.kind = kind
            self.finding = finding
        }
    }

    /// What the device shows now.
    package var sightings: [Sighting]
    /// Makes the finding of the model from the state of a kind; nil when there is none.
    ///
    /// It is asked in the transaction that counts, for kinds that the device shows or no longer shows.
    package var finding: @Sendable (PopulationState) throws -> StoredFinding?

    /// Describes a review.
    package init(_ sightings: [Sighting], finding: @escaping @Sendable (PopulationState) throws -> StoredFinding?) {
        self.sightings = sightings
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

package import AssayModel

/// The verified result of a verification on its way into the store, and as it stands there.
package struct UnitResult: Sendable, Hashable {
    /// SHA-256 of the payload.
    package var digest: ContentDigest
    /// Device whose key signed: the unit itself, or a station.
    package var signer: ContentDigest
    /// What the unit is called: its serial number, where it has one.
    package var unit: String
    /// Model that the unit states.
    package var model: String?
    /// Station on the line.
    package var station: String?
    /// Who verified.
    package var `operator`: String?
    /// What came of it.
    package var verdict: Verdict
    /// When the unit was verified, as the signer states it.
    package var takenAt: Timestamp
    /// When it arrived here.
    package var receivedAt: Timestamp
    /// The envelope in the form in which it came, byte for byte.
    package var envelope: [UInt8]

    /// Describes a result.
    package init(
        digest: ContentDigest, signer: ContentDigest, unit: String, model: String?, station: String?,
        operator: String?, verdict: Verdict, takenAt: Timestamp, receivedAt: Timestamp, envelope: [UInt8]
    ) {
        self.digest = digest
        self.signer = signer
        self.unit = unit
        self.model = model
        self.station = station
        self.operator = `operator`
        self.verdict = verdict
        self.takenAt = takenAt
        self.receivedAt = receivedAt
        self.envelope = envelope
    }
}

/// What became of a result that arrived.
package enum ResultAcceptance: Sendable, Hashable {
    /// It is kept, and was not there before when `isNew`.
    case kept(isNew: Bool)
    /// The signer is not enrolled.
    case unknownDevice
    /// An operator withdrew the signer's trust.
    case revoked
}

/// Which results a list holds.
package struct ResultQuery: Sendable, Hashable {
    /// Only those of one unit, by its name.
    package var unit: String?
    /// Only those of one station.
    package var station: String?
    /// Only those with one verdict.
    package var verdict: Verdict?
    /// Only those taken at this moment or later.
    package var since: Timestamp?

    /// Describes a query.
    package init(
        unit: String? = nil, station: String? = nil, verdict: Verdict? = nil, since: Timestamp? = nil
    ) {
        self.unit = unit
        self.station = station
        self.verdict = verdict
        self.since = since
    }
}

/// What came off one station.
package struct StationYield: Sendable, Hashable {
    /// The station; nil for results that name none.
    package var station: String?
    /// Results.
    package var results: Int
    /// Results that passed.
    package var passed: Int
    /// Results that failed.
    package var failed: Int
    /// Different units.
    package var units: Int
    /// Units whose first result at this station passed.
    package var firstPassed: Int

    /// Counts results of a station.
    package init(station: String?, results: Int, passed: Int, failed: Int, units: Int, firstPassed: Int) {
        self.station = station
        self.results = results
        self.passed = passed
        self.failed = failed
        self.units = units
        self.firstPassed = firstPassed
    }
}

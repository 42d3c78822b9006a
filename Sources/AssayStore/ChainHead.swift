package import AssayModel

/// The last accepted report of a device: what the next one is compared with.
package struct ChainHead: Sendable, Hashable {
    /// Position in the chain.
    package var sequence: Int64
    /// Digest of the report.
    package var report: ContentDigest
    /// Merkle root over its sections.
    package var inventoryRoot: ContentDigest
    /// Root of the last inventory that differed; nil when there was none.
    package var formerRoot: ContentDigest?
    /// Boot id that it stated.
    package var bootID: String?
    /// Boot id that it stated before that one.
    package var formerBootID: String?
    /// When the device says it was taken.
    package var takenAt: Timestamp?
    /// When it arrived.
    package var receivedAt: Timestamp

    /// Describes a head.
    package init(
        sequence: Int64, report: ContentDigest, inventoryRoot: ContentDigest, formerRoot: ContentDigest?,
        bootID: String?, formerBootID: String? = nil, takenAt: Timestamp?, receivedAt: Timestamp
    ) {
        self.sequence = sequence
        self.report = report
        self.inventoryRoot = inventoryRoot
        self.formerRoot = formerRoot
        self.bootID = bootID
        self.formerBootID = formerBootID
        self.takenAt = takenAt
        self.receivedAt = receivedAt
    }
}

/// Something odd about a report's place in its device's chain: evidence for a finding, not a reason to refuse it.
package struct ChainAnomaly: Sendable, Hashable {
    /// What is odd; the raw value is the id of the rule that reports it.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Sequence numbers are missing: reports were lost or withheld.
        case sequenceGap = "chain/sequence-gap"
        /// The stated previous report is not the one that was accepted before.
        case previousMismatch = "chain/previous-mismatch"
        /// A second, different report claims a place that is taken: the key is in two places, or state was rolled back.
        case sequenceReused = "chain/sequence-reused"
        /// A boot id came back after another: two machines run under one key, or a snapshot was resumed.
        case bootReturned = "chain/boot-id-returned"
        /// The device's clock went backwards between two reports.
        case clockBackwards = "chain/clock-backwards"
        /// The device's clock is far from the collector's.
        case clockSkew = "chain/clock-skew"
    }

    /// What is odd.
    package var kind: Kind
    /// What the chain led to expect.
    package var expected: String
    /// What the report says.
    package var observed: String

    /// Describes an anomaly.
    package init(_ kind: Kind, expected: String, observed: String) {
        self.kind = kind
        self.expected = expected
        self.observed = observed
    }
}

extension ChainAnomaly {
    /// Difference between the two clocks that is not worth a word.
    package static let toleratedSkew = Duration.seconds(600)

    /// Compares an arriving report with the head of its chain; the first report of a device has no head.
    package static func find(in arrival: ReportArrival, after head: ChainHead?) -> [ChainAnomaly] {
        var anomalies = clockAnomalies(in: arrival, after: head)
        // The kernel draws a new boot id at every start (random(4)); none comes back by chance.
        if let boot = arrival.bootID, let former = head?.formerBootID, boot == former, boot != head?.bootID {
            anomalies.append(
                ChainAnomaly(
                    .bootReturned, expected: "boot id \(head?.bootID ?? "none") or a new one",
                    observed: "the earlier boot id \(boot)"))
        }
        guard let head else {
            if arrival.previous != nil {
                anomalies.append(
                    ChainAnomaly(
                        .sequenceGap, expected: "no previous report",
                        observed: "sequence \(arrival.sequence) after another"))
            }
            return anomalies
        }
        // A number that a crash skipped is no gap: the link to the last report is whole.
        guard arrival.previous != head.report else { return anomalies }
        if arrival.sequence > head.sequence &+ 1 {
            anomalies.append(
                ChainAnomaly(
                    .sequenceGap, expected: "sequence \(head.sequence &+ 1)",
                    observed: "sequence \(arrival.sequence)"))
        }
        anomalies.append(
            ChainAnomaly(
                .previousMismatch, expected: head.report.description,
                observed: arrival.previous?.description ?? "no previous report"))
        return anomalies
    }

    private static func clockAnomalies(in arrival: ReportArrival, after head: ChainHead?) -> [ChainAnomaly] {
        guard let takenAt = arrival.takenAt else { return [] }
        var anomalies: [ChainAnomaly] = []
        if let before = head?.takenAt, takenAt < before {
            anomalies.append(
                ChainAnomaly(.clockBackwards, expected: "not before \(before)", observed: takenAt.description))
        }
        // A spooled report may be old; only a time ahead of ours shows by itself that a clock is wrong.
        if takenAt > arrival.receivedAt.adding(toleratedSkew) {
            anomalies.append(
                ChainAnomaly(
                    .clockSkew, expected: "not after \(arrival.receivedAt)", observed: takenAt.description))
        }
        return anomalies
    }
}

/// An anomaly that the store keeps until a later report or an operator settles it.
package struct StoredAnomaly: Sendable, Hashable {
    /// What was odd.
    package var anomaly: ChainAnomaly
    /// The report that showed it.
    package var report: ContentDigest
    /// When that report arrived.
    package var seenAt: Timestamp

    /// Describes a stored anomaly.
    package init(anomaly: ChainAnomaly, report: ContentDigest, seenAt: Timestamp) {
        self.anomaly = anomaly
        self.report = report
        self.seenAt = seenAt
    }
}

extension ChainAnomaly.Kind {
    /// Kinds that the next report without them settles; the others stay until an operator has looked.
    package static let passing: [ChainAnomaly.Kind] = [.clockBackwards, .clockSkew]
}

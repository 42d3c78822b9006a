package import AssayModel

/// A report as it came: parsed, and not to be believed yet.
package struct ReceivedReport: Sendable, Hashable {
    private let statement: ReceivedStatement

    /// The body as it came, which is what is kept as evidence: the compact form or the envelope's JSON.
    package var bytes: [UInt8] { statement.bytes }
    /// The envelope.
    package var envelope: DSSEEnvelope { statement.envelope }
    /// Digest of the report: SHA-256 of the payload.
    package var digest: ContentDigest { statement.digest }
    /// Id of the device that the envelope claims to come from.
    package var claimedDevice: ContentDigest { statement.claimedDevice }
    /// The form in which the report travels; the envelope itself where it has no compact form.
    package var compactForm: [UInt8] { statement.compactForm }

    /// Reads an envelope with one signature, as JSON or in its compact form, of at most ``DSSEEnvelope/sizeLimit`` bytes.
    package init(parsing body: [UInt8]) throws(ReportFailure) { statement = try ReceivedStatement(parsing: body) }

    /// Checks the signature against the device's enrolled key, then everything that the statement says of itself.
    package func verified(by device: DeviceIdentity) throws(ReportFailure) -> VerifiedReport {
        let payload = try self.statement.payload(signedBy: device)
        let statement = try ReportStatement(checking: payload, of: device.id)
        guard let root = statement.inventoryRoot else { throw ReportFailure(.rootMismatch) }
        return VerifiedReport(received: self, device: device, statement: statement, inventoryRoot: root)
    }
}

/// A report that the device's key signed and that agrees with itself.
///
/// Whether its sequence is new and its content known is for the collector to find out.
package struct VerifiedReport: Sendable, Hashable {
    /// The report as it came.
    package let received: ReceivedReport
    /// The device that signed.
    package let device: DeviceIdentity
    /// What it states.
    package let statement: ReportStatement

    /// Merkle root over the sections.
    package let inventoryRoot: ContentDigest

    fileprivate init(
        received: ReceivedReport, device: DeviceIdentity, statement: ReportStatement, inventoryRoot: ContentDigest
    ) {
        self.received = received
        self.device = device
        self.statement = statement
        self.inventoryRoot = inventoryRoot
    }

    /// Digest of the report.
    package var digest: ContentDigest { received.digest }
    /// The report's own fields.
    package var predicate: ReportStatement.Predicate { statement.predicate }

    /// Throws unless the report holds every section, be it empty.
    ///
    /// What a device leaves out must not look like what it does not have.
    package func requireEverySection() throws(ReportFailure) {
        for name in SectionName.allCases where predicate.sections[name.rawValue] == nil {
            throw ReportFailure(.malformed, "section \(name.rawValue) is missing")
        }
    }

    /// Digest over the lines, size and shards of every section, which the inventory root does not cover.
    package var sectionCounts: ContentDigest {
        let sections = statement.predicate.sections.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        var text: [UInt8] = []
        for (name, section) in sections {
            text += name.utf8
            for count in [section.lines, section.size, section.shards ?? 0] {
                text.append(UInt8(ascii: " "))
                text += String(count).utf8
            }
            text.append(UInt8(ascii: "\n"))
        }
        return .sha256(of: text)
    }
}

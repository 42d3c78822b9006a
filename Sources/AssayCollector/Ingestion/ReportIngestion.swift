internal import AssayModel
internal import AssayReport
internal import AssayStore
internal import HTTPTypes

/// Takes reports: verify, look up content, commit, answer.
struct ReportIngestion: Sendable {
    /// What a device hears about its report.
    enum Answer: Sendable {
        case acknowledged(ReportAcknowledgement)
        case incomplete(MissingContent)
    }

    let store: any Store
    let nonces: NonceMaker
    let window: ReportAcknowledgement.Window
    /// Called when a device has to be evaluated.
    let wakeEvaluation: @Sendable () -> Void

    /// Takes the bytes of an envelope from a device whose certificate was verified.
    func receive(_ bytes: [UInt8], from peer: DevicePeer, at now: Timestamp) async throws -> Answer {
        let report: VerifiedReport
        do {
            report = try ReceivedReport(parsing: bytes).verified(by: peer.identity)
            try report.requireEverySection()
        } catch {
            throw Problem(error)
        }
        return try await take(report, at: now, contentIsComplete: false)
    }

    /// Goes on with a report for which content has arrived.
    func resume(_ stored: StoredReport, of peer: DevicePeer) async throws -> Answer {
        let report: VerifiedReport
        do { report = try ReceivedReport(parsing: stored.envelope).verified(by: peer.identity) } catch {
            throw Problem(error)
        }
        return try await take(report, at: stored.receivedAt, contentIsComplete: false)
    }

    private func take(_ report: VerifiedReport, at now: Timestamp, contentIsComplete: Bool) async throws -> Answer {
        let arrival = try arrival(of: report, at: now)
        switch try await store.accept(arrival, contentIsComplete: contentIsComplete) {
        case .accepted(let isNew, let standing, let needsEvaluation):
            if isNew, needsEvaluation { wakeEvaluation() }
            return .acknowledged(acknowledgement(of: report.digest, standing, isPending: needsEvaluation))
        case .contentUnknown:
            let missing = try await missingContent(of: report)
            guard missing.isEmpty else {
                try await store.keepPending(arrival)
                return .incomplete(MissingContent(report: report.digest, missing: missing))
            }
            return try await take(report, at: now, contentIsComplete: true)
        case .replayed(let last):
            throw Problem(
                "sequence-replayed", .conflict, "The sequence number is taken",
                "a report with sequence \(last) or a later one is accepted already", sequence: last)
        case .contradictory:
            throw Problem.malformed("sections differ from those of the last report in lines, size or shards alone")
        case .unknownDevice: throw Problem.unknownDevice
        case .revoked: throw Problem.deviceRevoked
        }
    }

    /// Sections, indexes and shards that the store lacks; shards come to light when their index is there.
    func missingContent(of report: VerifiedReport) async throws -> [ContentDigest] {
        let sections = report.predicate.sections.sorted { $0.key < $1.key }
        var missing = try await store.missing(sections.map(\.value.digest))
        let absent = Set(missing)
        for (name, descriptor) in sections where descriptor.shards != nil && !absent.contains(descriptor.digest) {
            let index = try await index(of: name, as: descriptor)
            missing += try await store.missing(index.shards.filter { $0.lines > 0 }.map(\.digest))
        }
        var seen: Set<ContentDigest> = []
        return missing.filter { seen.insert($0).inserted }
    }

    private func index(of name: String, as descriptor: SectionDescriptor) async throws -> SectionIndex {
        guard let bytes = try await store.content(descriptor.digest) else {
            throw StoreFailure(.corrupt, "content \(descriptor.digest)")
        }
        do { return try SectionIndex(parsing: bytes, of: name, as: descriptor) } catch { throw Problem(error) }
    }

    private func arrival(of report: VerifiedReport, at now: Timestamp) throws -> ReportArrival {
        let predicate = report.predicate
        guard let sequence = Int64(exactly: predicate.sequence), sequence < .max else {
            throw Problem.malformed("sequence")
        }
        return ReportArrival(
            deviceID: report.device.id, digest: report.digest, sequence: sequence, previous: predicate.previous,
            inventoryRoot: report.inventoryRoot, sectionCounts: report.sectionCounts, bootID: predicate.bootID,
            takenAt: Timestamp(predicate.takenAt),
            receivedAt: now, isFresh: isFresh(predicate), envelope: report.received.bytes)
    }

    private func isFresh(_ predicate: ReportStatement.Predicate) -> Bool {
        guard let nonce = predicate.nonce, let previous = predicate.previous else { return false }
        return nonce == nonces.nonce(after: previous)
    }

    /// The answer for a report that is durable.
    func acknowledgement(
        of report: ContentDigest, _ standing: Standing?, isPending: Bool
    ) -> ReportAcknowledgement {
        let known = isPending ? nil : standing
        return ReportAcknowledgement(
            report: report, verdict: known?.verdict ?? .pending, findings: known?.findings ?? FindingCounts(),
            next: window, nonce: nonces.nonce(after: report))
    }
}

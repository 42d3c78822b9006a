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
        return try await take(report, at: now)
    }

    /// Goes on with a report for which content has arrived.
    func resume(_ stored: StoredReport, of peer: DevicePeer) async throws -> Answer {
        let report: VerifiedReport
        do { report = try ReceivedReport(parsing: stored.envelope).verified(by: peer.identity) } catch {
            throw Problem(error)
        }
        return try await take(report, at: stored.receivedAt)
    }

    private func take(
        _ report: VerifiedReport, at now: Timestamp, content: [ContentDigest]? = nil
    ) async throws -> Answer {
        let arrival = try arrival(of: report, at: now)
        switch try await store.accept(arrival, content: content) {
        case .accepted(let isNew, let standing, let needsEvaluation):
            if isNew, needsEvaluation { wakeEvaluation() }
            return .acknowledged(acknowledgement(of: report.digest, standing, isPending: needsEvaluation))
        case .contentUnknown:
            let needed = try await neededContent(of: report)
            guard needed.missing.isEmpty else {
                try await store.keepPending(arrival)
                return .incomplete(MissingContent(report: report.digest, missing: needed.missing))
            }
            return try await take(report, at: now, content: needed.known)
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

    /// Sections, indexes and shards: those that are known, and which of them are not here for this device; shards come to
    /// light when their index is there.
    func neededContent(of report: VerifiedReport) async throws -> (known: [ContentDigest], missing: [ContentDigest]) {
        let device = report.device.id
        let sections = report.predicate.sections.sorted { $0.key < $1.key }
        var known = sections.map(\.value.digest)
        var missing = try await store.missing(known, for: device)
        let absent = Set(missing)
        for (name, descriptor) in sections where descriptor.shards != nil && !absent.contains(descriptor.digest) {
            // What was here a moment ago and has waited too long is asked for again.
            guard let index = try await index(of: name, as: descriptor, for: device) else {
                missing.append(descriptor.digest)
                continue
            }
            let shards = index.shards.filter { $0.lines > 0 }.map(\.digest)
            known += shards
            missing += try await store.missing(shards, for: device)
        }
        var seen: Set<ContentDigest> = []
        return (known, missing.filter { seen.insert($0).inserted })
    }

    private func index(
        of name: String, as descriptor: SectionDescriptor, for device: ContentDigest
    ) async throws -> SectionIndex? {
        guard let bytes = try await store.content(descriptor.digest, for: device) else { return nil }
        do { return try SectionIndex(parsing: bytes, of: name, as: descriptor) } catch { throw Problem(error) }
    }

    private func arrival(of report: VerifiedReport, at now: Timestamp) throws -> ReportArrival {
        let predicate = report.predicate
        guard let sequence = Int64(exactly: predicate.sequence), sequence < .max else {
            throw Problem.malformed("sequence")
        }
        // A moment that the calendar does not have would slip past every look at the clock.
        guard let takenAt = Timestamp(predicate.takenAt) else { throw Problem.malformed("takenAt") }
        return ReportArrival(
            deviceID: report.device.id, digest: report.digest, sequence: sequence, previous: predicate.previous,
            inventoryRoot: report.inventoryRoot, sectionCounts: report.sectionCounts, bootID: predicate.bootID,
            takenAt: takenAt,
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

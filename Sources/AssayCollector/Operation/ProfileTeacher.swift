internal import AssayModel
internal import AssayReport
internal import AssayRules
package import AssayStore

/// Makes a hardware profile from a unit that is known to be good.
package struct ProfileTeacher: Sendable {
    private let operations: Operations

    /// Learns from devices of a store.
    package init(operations: Operations) { self.operations = operations }

    /// Learns from the last report of the device that `name` names, and holds that device against the result unless an
    /// operator has assigned it another profile.
    package func learn(from name: String, as id: String?, by actor: Actor) async throws -> TraceabilityDocument {
        let device = try await operations.device(name)
        let store = operations.store
        guard let head = device.head, let stored = try await store.report(of: device.id, sequence: head.sequence)
        else {
            throw CollectorFailure(
                .noInput, "device \(device.id) has not reported yet",
                nextStep: "run on the device: assay-agent report")
        }
        let predicate = try ReportStatement.Predicate(of: stored)
        let reader = InventoryReader(store: store)
        let (snapshot, damage) = try await reader.snapshot(of: predicate, device: device.id)
        if let gap = damage.first {
            throw CollectorFailure(.data, gap.detail, nextStep: "let the device report again")
        }
        let id = id ?? Self.name(for: snapshot.device, device.id)
        guard id.utf8.count <= 128, id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw CollectorFailure(.usage, "the id of a profile has 1 to 128 printable ASCII characters, no blanks")
        }
        let version = (try await store.document(.profile, id: id)?.revision ?? 0) + 1
        var source = RecordProvenance(origin: "learned", date: actor.at.description, author: actor.name)
        source.learnedFrom = [device.id.description, stored.digest.description]
        let profile = ProfileLearner().learn(
            from: snapshot, id: id, version: String(version), source: source,
            ownerless: try await ownerless(predicate, reader))
        let document = try await operations.keep(profile, by: actor)
        if device.profileID == nil { _ = try await store.assignProfile(id, to: device.id, by: actor) }
        return document
    }

    /// Binaries that no package owns; nil when the report has no files.
    private func ownerless(
        _ predicate: ReportStatement.Predicate, _ reader: InventoryReader
    ) async throws -> [FileEntry]? {
        guard let files = predicate.sections[SectionName.files.rawValue], files.lines > 0 else { return nil }
        var ownerless: [FileEntry] = []
        for digest in try await reader.objects(of: .files, in: predicate) {
            ownerless += try await reader.files(in: digest).files.filter { $0.package == nil }
        }
        return ownerless
    }

    /// `dell-inc-optiplex-7090`; the device's digits where it says nothing of itself.
    private static func name(for facts: DeviceFacts, _ device: ContentDigest) -> String {
        let text = [facts.manufacturer, facts.model].compactMap(\.self).joined(separator: " ").lowercased()
        let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.prefix(8)
        return words.isEmpty ? "learned-\(device.hex.prefix(12))" : String(words.joined(separator: "-").prefix(64))
    }
}

extension ReportStatement.Predicate {
    /// What a stored report states; its signature was verified before it was stored.
    init(of report: StoredReport) throws {
        let received = try ReceivedReport(parsing: report.envelope)
        self = try ReportStatement(reading: received.envelope.payload).predicate
    }
}

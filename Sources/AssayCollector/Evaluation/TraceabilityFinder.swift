internal import AssayModel
internal import AssayRules
internal import AssayStore
internal import Synchronization

/// Finds the profile and the as-built record that a device is held against.
final class TraceabilityFinder: Sendable {
    /// A profile of the store.
    struct FoundProfile: Sendable {
        let document: HardwareProfile
        let id: String
        let digest: ContentDigest
        /// Whether it states values that name single units, see ``AssayModel/HardwareProfile/looksIntoUnits``.
        let looksIntoUnits: Bool

        init(_ document: TraceabilityDocument) throws {
            self.document = try CanonicalJSON.decode(HardwareProfile.self, from: document.content)
            id = document.id
            digest = document.digest
            looksIntoUnits = self.document.looksIntoUnits
        }
    }

    /// Most contradicting records that are named one by one.
    private static let rivalLimit = 8

    /// A revision of a profile, and what came of reading it.
    private struct ProfileEntry: Sendable {
        let id: String
        let digest: ContentDigest
        let profile: Result<FoundProfile, any Error>
    }

    /// The profiles as of the last refresh, in the order of their ids.
    private let profiles = Mutex<[ProfileEntry]>([])
    private let documents: DocumentSource

    /// Looks in `store`, and takes candidates for documents of it.
    init(store: any Store, candidates: [TraceabilityDocument] = []) {
        documents = DocumentSource(store: store, candidates: candidates)
    }

    /// What a unit should be made of now: its record with the deltas since.
    struct FoundRecord: Sendable {
        /// The record, deltas applied.
        let document: AsBuiltRecord
        let id: String
        /// Digest of the record, or of it and all deltas.
        let digest: ContentDigest
        /// What is wrong with the chain.
        let defects: [ChainDefect]
    }

    /// The record for this very device, deltas applied: the one that names its id, else the newest one with its serial
    /// number that does not state another maker or model.
    ///
    /// A serial number is what the device claims, and makers number alike; a placeholder names no unit at all.
    func record(for device: Device, _ facts: DeviceFacts, at now: Timestamp) async throws -> FoundRecord? {
        let serial = facts.serial.flatMap { PlaceholderList.standard.contains($0) ? nil : $0 }
        var fitting: [Candidate] = []
        for document in try await documents.records(forDevice: device.id, serial: serial) {
            let record = try CanonicalJSON.decode(AsBuiltRecord.self, from: document.content)
            guard document.deviceID != nil || Self.isOfKind(record.device, facts) else { continue }
            fitting.append(Candidate(document: document, record: record))
        }
        guard let chosen = fitting.first else { return nil }
        return try await resolve(
            chosen, serial: chosen.record.device.serial ?? serial, of: device, rivals: Array(fitting.dropFirst()),
            at: now)
    }

    /// A record that may be that of a device.
    private struct Candidate {
        let document: TraceabilityDocument
        let record: AsBuiltRecord

        /// The record in words: which document, of when.
        var name: String {
            let built = record.builtAt.map { "built \($0), " } ?? ""
            return "record \(document.id) revision \(document.revision) (\(document.digest), \(built)"
                + "imported \(document.importedAt))"
        }
    }

    /// What other records of the unit say otherwise; a revision of the chosen one is none of them.
    private static func defect(_ chosen: Candidate, _ rivals: [Candidate]) -> ChainDefect? {
        let contradicting = rivals.compactMap { rival -> String? in
            // A device may claim any serial number; one that its own record does not state names another unit.
            let own = chosen.record.device.serial
            guard chosen.document.deviceID == nil || own == nil || own == rival.record.device.serial else {
                return nil
            }
            let fields = chosen.record.contradictions(to: rival.record)
            return fields.isEmpty ? nil : "\(rival.name) in \(fields.joined(separator: ", "))"
        }
        guard !contradicting.isEmpty else { return nil }
        let named = contradicting.prefix(rivalLimit).joined(separator: "; ")
        let rest = contradicting.count > rivalLimit ? "; and \(contradicting.count - rivalLimit) more" : ""
        return ChainDefect(
            .contradictingRecord, in: chosen.record.citation,
            expected: "one record; the unit was held against \(chosen.name)", observed: named + rest)
    }

    private func resolve(
        _ chosen: Candidate, serial: String?, of device: Device, rivals: [Candidate], at now: Timestamp
    ) async throws -> FoundRecord {
        let (record, document) = (chosen.record, chosen.document)
        let chain = try await chain(record, deviceID: device.id, serial: serial, at: now)
        let digests = [document.digest] + chain.documents.map(\.digest)
        let digest =
            chain.documents.isEmpty
            ? document.digest : ContentDigest.sha256(of: digests.map(\.description).joined(separator: "\n").utf8)
        return FoundRecord(
            document: chain.resolution.effective, id: document.id, digest: digest,
            defects: [Self.defect(chosen, rivals)].compactMap(\.self) + chain.resolution.defects)
    }

    /// A record with the stored deltas of its unit.
    func chain(
        _ record: AsBuiltRecord, deviceID: ContentDigest?, serial: String? = nil, at now: Timestamp = .now
    ) async throws -> (resolution: RecordChain.Resolution, documents: [TraceabilityDocument]) {
        var deltas: [RecordDelta] = []
        var applied: [TraceabilityDocument] = []
        for document in try await documents.deltas(forDevice: deviceID, serial: record.device.serial ?? serial) {
            let delta = try CanonicalJSON.decode(RecordDelta.self, from: document.content)
            guard document.deviceID != nil || Self.isSameKind(delta.device, record.device) else { continue }
            deltas.append(delta)
            applied.append(document)
        }
        let chain = RecordChain(
            base: record, now: RecordMoment(seconds: now.milliseconds / 1000),
            saysNothing: { PlaceholderList.standard.contains($0) })
        return (chain.resolve(deltas), applied)
    }

    /// Makers number alike: a delta that states another maker or model is of another unit with the same number.
    private static func isSameKind(_ unit: AsBuiltRecord.Unit, _ other: AsBuiltRecord.Unit) -> Bool {
        func agree(_ left: String?, _ right: String?) -> Bool {
            guard let left, let right else { return true }
            return ProfileScope.fold(left) == ProfileScope.fold(right)
        }
        return agree(unit.manufacturer, other.manufacturer) && agree(unit.model, other.model)
    }

    private static func isOfKind(_ unit: AsBuiltRecord.Unit, _ facts: DeviceFacts) -> Bool {
        func agree(_ stated: String?, _ observed: String?) -> Bool {
            guard let stated else { return true }
            return observed.map { ProfileScope.fold($0) == ProfileScope.fold(stated) } ?? false
        }
        return agree(unit.manufacturer, facts.manufacturer) && agree(unit.model, facts.model)
    }

    /// The profile that the operator assigned, or the one that the record names, or the one that fits best.
    func profile(
        for device: Device, _ facts: DeviceFacts, _ record: AsBuiltRecord?
    ) throws -> FoundProfile? {
        let profiles = profiles.withLock(\.self)
        for id in [device.profileID, record?.profile].compactMap(\.self) {
            if let entry = profiles.first(where: { $0.id == id }) { return try entry.profile.get() }
        }
        var best: (score: Int, found: FoundProfile)?
        for entry in profiles {
            let found = try entry.profile.get()
            let score = ProfileScope(found.document.appliesTo).score(facts)
            if let score, score > best?.score ?? 0 { best = (score, found) }
        }
        return best?.found
    }

    /// Takes up the profiles that were imported since, decoding each revision once.
    ///
    /// One that does not decode fails the devices that need it, and no others.
    func refresh() async throws {
        let known = profiles.withLock(\.self)
        let found = try await documents.all(.profile).map { document in
            known.first { $0.id == document.id && $0.digest == document.digest }
                ?? ProfileEntry(
                    id: document.id, digest: document.digest, profile: Result { try FoundProfile(document) })
        }
        profiles.withLock { $0 = found }
    }
}

/// Whether a profile speaks of a device, and how closely.
struct ProfileScope {
    private let match: DeviceMatch

    /// Reads the scope of a profile.
    init(_ match: DeviceMatch) { self.match = match }

    /// Number of lists that the device agrees with; nil when it disagrees with one, or when none restricts.
    func score(_ facts: DeviceFacts) -> Int? {
        let lists: [([String], [String])] = [
            (match.manufacturers, [facts.manufacturer].compactMap(\.self)),
            (match.models, [facts.model].compactMap(\.self)),
            (match.compatibles, facts.compatible ?? []),
            (match.boards, [facts.boardModel].compactMap(\.self)),
            // "present" says that there is one, not which.
            (match.hypervisors, [facts.hypervisor].compactMap { $0 == "present" ? nil : $0 }),
        ]
        let restricting = lists.filter { !$0.0.isEmpty }
        let agrees = restricting.allSatisfy { patterns, values in
            values.contains { value in patterns.contains { Self.fits(Self.fold(value), Self.fold($0)) } }
        }
        return agrees && !restricting.isEmpty ? restricting.count : nil
    }

    /// Letters without case, blanks as one.
    static func fold(_ text: String) -> [Character] {
        Array(text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }

    /// Compares with `*` for any run of characters, in linear space and without recursion.
    private static func fits(_ text: [Character], _ pattern: [Character]) -> Bool {
        var position = 0
        var next = 0
        var star: (pattern: Int, text: Int)?
        while position < text.count {
            if next < pattern.count, pattern[next] == "*" {
                star = (next, position)
                next += 1
            } else if next < pattern.count, pattern[next] == text[position] {
                next += 1
                position += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                next = last.pattern + 1
                position = last.text + 1
            } else {
                return false
            }
        }
        return pattern[next...].allSatisfy { $0 == "*" }
    }
}

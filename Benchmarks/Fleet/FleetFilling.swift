internal import AssayModel
internal import AssayReport
internal import AssayStore
internal import Crypto

/// Fills a store through its own verbs: enrolment, content, signed reports, documents.
struct FleetFilling {
    let store: any Store
    private static let actor = Actor("bench", at: .now)
    private static let secret = [UInt8](repeating: 7, count: 32)

    /// Gets the store ready to let devices in.
    func createToken() async throws {
        try await store.createToken(
            IssuedToken(
                id: "bench", secretHash: Self.secret, createdAt: .now,
                expiresAt: Timestamp.now.adding(.seconds(86_400)),
                uses: .max), by: Self.actor)
    }

    /// Imports the profiles of all models; of `strict` ones the firmware is too old.
    func importProfiles(version: Int, strict: Set<Int> = []) async throws {
        let documents = try (0..<ModelUnit.models).map { model in
            let profile = ModelUnit(model).profile(
                version: "\(version)", minimum: strict.contains(model) ? "9.0" : "1.0")
            let bytes = try CanonicalJSON.encode(profile)
            return TraceabilityDocument(
                kind: .profile, id: profile.id, digest: .sha256(of: bytes), content: bytes, importedAt: .now)
        }
        _ = try await store.importDocuments(documents, by: Self.actor)
    }

    /// Enrols units and takes their first reports, several at once.
    func addUnits(_ numbers: Range<Int>) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<8 {
                group.addTask {
                    for number in numbers where number % 8 == lane { try await add(ModelUnit(number)) }
                }
            }
            try await group.waitForAll()
        }
    }

    private func add(_ unit: ModelUnit) async throws {
        let key = P256.Signing.PrivateKey()
        let device = try await enrol(unit, key)
        let (descriptors, objects) = try unit.sections()
        let predicate = ReportStatement.Predicate(
            sequence: 1, previous: nil, bootID: "boot", takenAt: Timestamp.now.description,
            agent: .init(name: "assay-agent", version: "0"), sections: descriptors, gaps: [:], nonce: nil)
        let sealed = try ReportSealer(key: key).seal(predicate)
        let missing = Set(try await store.missing(objects.map(\.0), for: device))
        _ = try await store.putPending(
            PendingContent(
                deviceID: device, report: sealed.digest,
                objects: objects.filter { missing.contains($0.0) }.map { (digest: $0.0, content: $0.1) },
                limit: 1 << 30, at: .now))
        let report = try ReceivedReport(parsing: sealed.envelope).verified(by: ReportSealer(key: key).device)
        _ = try await store.accept(
            ReportArrival(
                deviceID: device, digest: report.digest, sequence: 1, previous: nil,
                inventoryRoot: report.inventoryRoot,
                sectionCounts: report.sectionCounts, bootID: "boot", takenAt: nil, receivedAt: .now, isFresh: false,
                envelope: report.received.bytes), content: objects.map(\.0))
    }

    /// Lets a unit in and gives its id.
    func enrol(
        _ unit: ModelUnit, _ key: P256.Signing.PrivateKey = P256.Signing.PrivateKey()
    ) async throws -> ContentDigest {
        let identity = DeviceIdentity(publicKey: key.publicKey)
        let outcome = try await store.enrol(
            Enrolment(
                deviceID: identity.id, publicKey: [UInt8](key.publicKey.derRepresentation), tokenID: "bench",
                secretHash: Self.secret, facts: unit.inventory.device,
                certificateExpiry: Timestamp.now.adding(.seconds(86_400)), at: .now))
        guard outcome == .enrolled(isNew: true) else { throw BenchmarkFailure("unit \(unit.number): \(outcome)") }
        return identity.id
    }
}

/// What kept the benchmark from measuring.
struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

package import AssayModel
internal import AssayReport
internal import AssayRules
package import AssayStore

/// What operators do, for the API and the command line alike.
package struct Operations: Sendable {
    package let store: any Store
    private let authority: CertificateAuthority?

    /// Works on a store; only the making of join tokens needs the authority.
    package init(store: any Store, authority: CertificateAuthority?) {
        self.store = store
        self.authority = authority
    }

    /// Makes a join token.
    package func createToken(
        uses: Int, validFor: Duration, profile: String?, by actor: Actor
    ) async throws -> NewTokenView {
        guard (1...1_000_000).contains(uses) else {
            throw CollectorFailure(.usage, "uses must be a number from 1 to 1000000")
        }
        guard validFor > .zero, validFor <= .seconds(366 * 86_400) else {
            throw CollectorFailure(.usage, "a token is valid for more than no time and at most 366 days")
        }
        if let profile { _ = try await self.profile(profile) }
        let token = JoinToken(
            id: Secret.randomBytes(JoinToken.idSize), secret: Secret.randomBytes(JoinToken.secretSize),
            authority: authority?.fingerprint ?? .sha256(of: []))
        guard let token, authority != nil else { throw CollectorFailure(.usage, "no authority to make tokens for") }
        let issued = IssuedToken(
            id: token.id, secretHash: Secret.hash(token.secret), createdAt: actor.at,
            expiresAt: actor.at.adding(validFor), uses: uses, profileID: profile)
        try await store.createToken(issued, by: actor)
        return NewTokenView(token: token.text, details: TokenView(issued, at: actor.at))
    }

    /// Imports a hardware profile.
    package func importProfile(_ bytes: [UInt8], by actor: Actor) async throws -> TraceabilityDocument {
        try await store.importDocument(try await profileDocument(bytes, by: actor), by: actor)
    }

    /// The document that a profile's file would become.
    package func profileDocument(_ bytes: [UInt8], by actor: Actor) async throws -> TraceabilityDocument {
        let profile: HardwareProfile
        do { profile = try RecordJSON.profile(from: bytes) } catch {
            throw CollectorFailure(.data, "the profile cannot be used: \(error)", faults: error.all)
        }
        // A misspelt use would switch off every list that it was meant to name.
        if let objection = try await RuleListSource.lists(of: store).objection(to: profile.intendedUse ?? []) {
            throw CollectorFailure(.data, "the profile cannot be used: intendedUse: \(objection)")
        }
        return try Self.document(profile, at: actor.at)
    }

    /// Keeps a profile that was decoded or learned.
    package func keep(_ profile: HardwareProfile, by actor: Actor) async throws -> TraceabilityDocument {
        try await store.importDocument(try Self.document(profile, at: actor.at), by: actor)
    }

    private static func document(_ profile: HardwareProfile, at time: Timestamp) throws -> TraceabilityDocument {
        let content = try CanonicalJSON.encode(profile)
        return TraceabilityDocument(
            kind: .profile, id: profile.id, digest: .sha256(of: content), content: content, importedAt: time)
    }

    /// The newest revision of a profile.
    package func profile(_ id: String) async throws -> TraceabilityDocument {
        try await document(.profile, id)
    }

    /// The newest revision of a profile or record, which must exist.
    package func document(
        _ kind: TraceabilityDocument.Kind, _ id: String
    ) async throws -> TraceabilityDocument {
        guard let document = try await store.document(kind, id: id) else {
            throw CollectorFailure(
                .noInput, "there is no \(kind.noun) \(id)",
                nextStep: "list them with: assay-collector \(kind.listCommand)")
        }
        return document
    }

    /// The device that a whole id, its digits, or enough of their beginning names.
    package func device(_ name: String) async throws -> Device {
        let digits = name.hasPrefix("sha256:") ? String(name.dropFirst(7)) : name
        guard !digits.isEmpty, digits.utf8.count <= 64, digits.utf8.allSatisfy(Self.isHexDigit) else {
            throw CollectorFailure(.usage, "\(name) is not a device id or the beginning of one")
        }
        let devices = try await store.devices(withPrefix: digits)
        guard let device = devices.first else {
            throw CollectorFailure(
                .noInput, "there is no device \(name)", nextStep: "list them with: assay-collector devices list")
        }
        guard devices.count == 1 else {
            throw CollectorFailure(.usage, "several devices begin with \(name)", nextStep: "give more digits")
        }
        return device
    }

    /// The finding that an id or enough of its beginning names.
    package func finding(_ name: String) async throws -> StoredFinding {
        let findings = name.isEmpty ? [] : try await store.findings(withPrefix: name)
        guard let finding = findings.first else {
            throw CollectorFailure(
                .noInput, "there is no finding \(name)", nextStep: "list them with: assay-collector findings list")
        }
        guard findings.count == 1 else {
            throw CollectorFailure(.usage, "several findings begin with \(name)", nextStep: "give more characters")
        }
        return finding
    }

    static func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) || (0x41...0x46).contains(byte)
    }
}

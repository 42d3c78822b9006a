package import AssayModel
internal import AssayReport
internal import AssayRules
package import AssayStore
internal import Crypto

/// Policies of groups of devices: files that somebody signed or reviewed.
package struct PolicyLibrary: Sendable {
    /// Media type of a policy in a DSSE envelope.
    package static let mediaType = "application/vnd.assay.policy+json"
    static let sizeLimit = 1 << 20

    /// Who vouches for a policy.
    package enum Voucher: Sendable {
        /// The holder of the key whose PEM is given; `signature` is a detached one, else the file is a DSSE envelope.
        case key(pem: String, signature: [UInt8]?)
        /// A person who has read it.
        case reviewer(String)
    }

    private let store: any Store

    /// Works on a store.
    package init(store: any Store) { self.store = store }

    /// Imports a policy; devices of its group are evaluated again.
    package func importPolicy(
        _ bytes: [UInt8], vouchedBy voucher: Voucher, by actor: Actor
    ) async throws -> TraceabilityDocument {
        let stored: StoredPolicy
        switch voucher {
        case .reviewer(let name):
            guard (1...256).contains(name.utf8.count) else {
                throw CollectorFailure(.usage, "a policy that nobody signed needs the name of who reviewed it")
            }
            stored = StoredPolicy(try Self.policy(bytes), signer: nil, reviewer: name)
        case .key(let pem, let signature):
            let key = try Self.key(pem)
            let policy = try Self.policy(try Self.verified(bytes, by: key, signature))
            let signer = ContentDigest.sha256(of: [UInt8](key.derRepresentation)).description
            stored = StoredPolicy(policy, signer: signer, reviewer: nil)
        }
        try await checkUses(of: stored.policy)
        return try await store.importDocument(try Self.document(stored, at: actor.at), by: actor)
    }

    /// A misspelt use would switch off every list that it was meant to name.
    func checkUses(of policy: DevicePolicy) async throws {
        if let objection = try await RuleListSource.lists(of: store).objection(to: policy.intendedUse) {
            throw CollectorFailure(.data, "the policy cannot be used: intendedUse: \(objection)")
        }
    }

    /// A policy as a document that is not stored yet.
    static func document(_ stored: StoredPolicy, at time: Timestamp) throws -> TraceabilityDocument {
        let content = try CanonicalJSON.encode(stored)
        return TraceabilityDocument(
            kind: .policy, id: stored.policy.id, digest: .sha256(of: content), content: content, importedAt: time)
    }

    /// The newest revision of a policy, as its file, and who vouches for it.
    package func policy(_ id: String) async throws -> (policy: DevicePolicy, vouchedBy: String) {
        guard let document = try await store.document(.policy, id: id) else {
            throw CollectorFailure(
                .noInput, "there is no policy \(id)", nextStep: "list them with: assay-collector policy list")
        }
        let stored = try StoredPolicy(json: document.content)
        return (stored.policy, stored.voucher)
    }

    /// Reads and checks a policy.
    static func policy(_ bytes: [UInt8]) throws -> DevicePolicy {
        let policy: DevicePolicy
        do { policy = try RecordJSON.decode(DevicePolicy.self, from: bytes, limit: sizeLimit) } catch {
            throw CollectorFailure(.data, "the policy cannot be used: \(error)", faults: error.all)
        }
        func check(_ holds: Bool, _ words: String) throws {
            guard holds else { throw CollectorFailure(.data, "the policy cannot be used: \(words)") }
        }
        try check(
            (1...128).contains(policy.id.utf8.count) && policy.id.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f },
            "id: must be 1 to 128 printable ASCII characters without blanks")
        for rule in policy.severities.keys.sorted() + policy.ignored.map(\.rule) {
            try check(isRule(rule), "\(rule): there is no such rule")
        }
        for ignored in policy.ignored {
            try check(!ignored.reason.isEmpty, "ignored: \(ignored.rule) is left out without a reason")
        }
        for days in [policy.waivers.days, policy.waivers.maximumDays].compactMap(\.self) {
            try check((1...366).contains(days), "waivers: days must be from 1 to 366")
        }
        let population = policy.populationChange
        try check(population.devices.map { $0 >= 2 } ?? true, "populationChange: devices must be 2 or more")
        try check(
            population.percent.map { (1...100).contains($0) } ?? true, "populationChange: percent must be from 1 to 100"
        )
        try check(
            population.days.map { (1...366).contains($0) } ?? true, "populationChange: days must be from 1 to 366")
        return policy
    }

    /// A misspelt rule must not look like one that is dealt with; ids of data and of the chain have no descriptor.
    private static func isRule(_ id: String) -> Bool {
        RuleCatalog.descriptor(id) != nil || ChainAnomaly.Kind(rawValue: id) != nil
            || ["signal/", "record/", "report/", "evaluation/"].contains { id.hasPrefix($0) }
    }

    private static func key(_ pem: String) throws -> P256.Signing.PublicKey {
        do { return try P256.Signing.PublicKey(pemRepresentation: pem) } catch {
            throw CollectorFailure(.data, "the key is not a P-256 public key in PEM")
        }
    }

    /// The bytes that the key's holder signed.
    private static func verified(
        _ bytes: [UInt8], by key: P256.Signing.PublicKey, _ signature: [UInt8]?
    ) throws -> [UInt8] {
        if let signature {
            let text = String(decoding: signature, as: UTF8.self).filter { !$0.isWhitespace }
            let candidates = [signature, Base64.decode(text)].compactMap(\.self)
            let isSigned = candidates.contains { candidate in
                guard let parsed = try? P256.Signing.ECDSASignature(derRepresentation: candidate) else { return false }
                return key.isValidSignature(parsed, for: bytes)
            }
            guard isSigned else { throw CollectorFailure(.data, "the signature is not that key's over this policy") }
            return bytes
        }
        let envelope: DSSEEnvelope
        do { envelope = try DSSEEnvelope(parsing: bytes, sizeLimit: sizeLimit) } catch {
            throw CollectorFailure(
                .data, "the policy is no DSSE envelope: \(error)", nextStep: "name a detached one with --signature")
        }
        guard envelope.payloadType == mediaType else {
            throw CollectorFailure(.data, "the envelope holds \(envelope.payloadType), not \(mediaType)")
        }
        guard envelope.signatures.contains(where: { envelope.isSigned(by: key, $0) }) else {
            throw CollectorFailure(.data, "no signature of the envelope is that key's")
        }
        return envelope.payload
    }
}

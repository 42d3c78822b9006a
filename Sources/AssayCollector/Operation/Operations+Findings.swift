internal import AssayModel
internal import AssayRules
package import AssayStore

/// What somebody asks for who waives a finding.
package struct WaiverRequest: Sendable {
    /// For which devices.
    package var scope: Waiver.Scope
    /// Who answers for it; the policy's owner when nil.
    package var owner: String?
    /// Why.
    package var reason: String
    /// How long; the policy's days when nil.
    package var duration: Duration?

    /// Describes a request.
    package init(scope: Waiver.Scope, owner: String?, reason: String, duration: Duration?) {
        self.scope = scope
        self.owner = owner
        self.reason = reason
        self.duration = duration
    }
}

extension Operations {
    static let textLimit = 1024
    /// Longest waiver; what is to stand for good belongs into the record, the profile or a policy.
    private static let longest = Duration.seconds(366 * 86_400)

    /// Notes that somebody has looked at a finding.
    package func acknowledge(_ name: String, note: String, by actor: Actor) async throws -> StoredFinding {
        let finding = try await finding(name)
        guard note.utf8.count <= Self.textLimit else {
            throw CollectorFailure(.usage, "a note has at most \(Self.textLimit) bytes")
        }
        guard try await store.acknowledgeFinding(finding.id, note: note, by: actor) else {
            throw CollectorFailure(
                .usage, "finding \(finding.id) is \(finding.state.rawValue); only an open one is acknowledged")
        }
        return try await self.finding(finding.id)
    }

    /// Waives the cause of a finding for a while; the next evaluation of the devices takes it up.
    package func waive(_ name: String, _ request: WaiverRequest, by actor: Actor) async throws -> Waiver {
        let finding = try await finding(name)
        guard finding.state != .resolved, !finding.cause.isEmpty else {
            throw CollectorFailure(.usage, "finding \(finding.id) is resolved; there is nothing to waive")
        }
        guard finding.scope == .device || request.scope == .model else {
            throw CollectorFailure(
                .usage, "finding \(finding.id) is about a model", nextStep: "waive it for the model: --scope model")
        }
        guard let device = try await store.device(finding.deviceID) else {
            throw CollectorFailure(.noInput, "device \(finding.deviceID) is gone")
        }
        let terms = try await terms(for: device)
        guard let owner = request.owner ?? terms.owner, (1...Self.textLimit).contains(owner.utf8.count) else {
            throw CollectorFailure(.usage, "somebody must answer for a waiver", nextStep: "name them with --owner")
        }
        guard (1...Self.textLimit).contains(request.reason.utf8.count) else {
            throw CollectorFailure(.usage, "a reason of 1 to \(Self.textLimit) bytes is required")
        }
        let longest = min(Self.longest, terms.maximumDays.map { .seconds(86_400 * $0) } ?? Self.longest)
        guard let duration = request.duration ?? terms.days.map({ .seconds(86_400 * $0) }), duration > .zero,
            duration <= longest
        else {
            throw CollectorFailure(
                .usage, "a waiver ends within \(longest.components.seconds / 86_400) days, and must say when",
                nextStep: "give a time with --expires, for example 30d")
        }
        let waiver = Waiver(
            id: String(ContentDigest.sha256(of: Secret.randomBytes(32)).hex.prefix(12)),
            cause: finding.cause, rule: finding.rule, scope: request.scope,
            subject: try Self.subject(request.scope, of: device), owner: owner, reason: request.reason,
            expiresAt: actor.at.adding(duration), createdAt: actor.at, createdBy: actor.name)
        try await store.waive(waiver, by: actor)
        return waiver
    }

    static func subject(_ scope: Waiver.Scope, of device: Device) throws -> String {
        switch scope {
        case .unit: return device.id.description
        case .model:
            guard let model = device.facts.modelName else {
                throw CollectorFailure(.usage, "device \(device.id) states no model")
            }
            return model
        case .site:
            guard let site = device.site else {
                throw CollectorFailure(
                    .usage, "device \(device.id) has no site", nextStep: "enter it with: assay-collector devices place")
            }
            return site
        }
    }

    /// Takes back the waiver that holds for a finding, or that an id names.
    package func unwaive(_ name: String, reason: String, by actor: Actor) async throws -> String {
        let known = try await store.waivers(includesEnded: false, limit: 100_000).first { $0.id == name }?.id
        let id = if let known { known } else { try await finding(name).waiver }
        guard let id, try await store.endWaiver(id, reason: reason, by: actor) else {
            throw CollectorFailure(.usage, "no waiver holds for \(name)")
        }
        return id
    }

    /// What the policy of a device says of waivers.
    func terms(for device: Device) async throws -> DevicePolicy.WaiverTerms {
        let policies = try await DocumentSource(store: store).all(.policy).map {
            try StoredPolicy(json: $0.content).policy
        }
        return PolicyScope.closest(
            of: policies, to: device.facts, profile: device.standing?.profileID, site: device.site)?.waivers
            ?? DevicePolicy.WaiverTerms()
    }
}

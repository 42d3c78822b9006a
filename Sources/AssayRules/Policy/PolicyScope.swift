package import AssayModel

/// Whether a policy is for a device, and how closely.
package struct PolicyScope: Sendable {
    private let group: DevicePolicy.Group

    /// Reads the group of a policy.
    package init(_ policy: DevicePolicy) { group = policy.group }

    /// Number of lists that the device agrees with, 0 for a policy that is for all; nil when it disagrees with one.
    package func score(_ facts: DeviceFacts, profile: String?, site: String?) -> Int? {
        let lists: [([String], String?)] = [
            (group.manufacturers, facts.manufacturer), (group.models, facts.model), (group.serials, facts.serial),
            (group.profiles, profile), (group.sites, site),
        ]
        let restricting = lists.filter { !$0.0.isEmpty }
        let agrees = restricting.allSatisfy { patterns, value in
            guard let value else { return false }
            let text = FieldText.foldWords(value)
            return patterns.contains { Pattern(FieldText.foldWords($0)).matches(text) }
        }
        return agrees ? restricting.count : nil
    }

    /// The policy that is closest to the device; among equals the first by id.
    package static func closest(
        of policies: [DevicePolicy], to facts: DeviceFacts, profile: String?, site: String?
    ) -> DevicePolicy? {
        let scored = policies.compactMap { policy in
            PolicyScope(policy).score(facts, profile: profile, site: site).map { (policy: policy, score: $0) }
        }
        return scored.min { ($1.score, $0.policy.id) < ($0.score, $1.policy.id) }?.policy
    }
}

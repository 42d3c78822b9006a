package import AssayModel

/// A question that is asked of every file, one at a time.
package protocol FileRule: Sendable {
    /// What the rule is.
    static var descriptor: RuleDescriptor { get }

    /// What the file leads to; nil when all is well.
    func judge(_ file: FileEntry, _ policy: FileRuleContext) -> FileViolation?
}

/// One file that violates a rule.
package struct FileViolation: Sendable, Hashable {
    /// One line for a person.
    package var title: String
    /// What should be.
    package var expected: String
    /// What is.
    package var observed: String
    /// What the policy makes of it.
    package var reaction: Reaction
    /// Record that set the expectation.
    package var source: String
    /// How it shows in a list of outcomes.
    package var outcome: Outcome.Kind
}

/// What file rules know besides the file.
package struct FileRuleContext: Sendable {
    /// The profile that set the policy.
    package let citation: String?
    /// The policy; a profile without one notes unknown binaries and fails on modified ones.
    package let policy: FilePolicy
    /// Whether any package database was read, without which no file has an owner.
    package let hasPackages: Bool
    private let allowedDigests: Set<ContentDigest>
    private let allowedPaths: [Pattern]

    /// Prepares a profile's policy.
    package init(profile: HardwareProfile?, hasPackages: Bool) {
        citation = profile?.citation
        policy = profile?.files ?? FilePolicy(unknown: .notice)
        self.hasPackages = hasPackages
        allowedDigests = Set(policy.allowedDigests)
        allowedPaths = policy.allowedPaths.map { Pattern($0, separatesPaths: true) }
    }

    /// Whether the profile lists the content or the path.
    package func allows(_ file: FileEntry) -> Bool {
        allowedDigests.contains(file.digest) || allowedPaths.contains { $0.matches(file.path) }
    }
}

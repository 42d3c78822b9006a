extension Finding {
    /// How sure a rule is of what it concludes.
    public enum Confidence: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
        /// Near proof: the value does not occur on genuine parts.
        case a = "A"
        /// Strong, but one more signal is needed before anybody acts on it.
        case b = "B"
        /// Weak: a note that counts only together with others.
        case c = "C"

        /// Orders by strength, the weakest first.
        public static func < (left: Confidence, right: Confidence) -> Bool { left.rawValue > right.rawValue }
    }

    /// What kind of conclusion a finding is.
    ///
    /// Software alone never confirms a counterfeit: the strongest word is *suspect*.
    public enum Category: String, Sendable, Hashable, Codable, CaseIterable {
        /// The part is not what its own record or its own other fields say.
        case mismatchToRecord = "mismatch-to-record"
        /// The part shows what counterfeits and clones show.
        case suspectCounterfeit = "suspect-counterfeit"
        /// Two parts carry one identity.
        case duplicateIdentity = "duplicate-identity"
        /// Nobody entered an identity; that is no sign of a fake.
        case identityMissing = "identity-missing"
        /// The maker or supplier stands on a list.
        case restrictedSupplier = "restricted-supplier"
        /// A part is there, or does something, that was not there before.
        case unexpected
        /// The data that the rules work with is too old.
        case outdatedList = "outdated-list"
    }

    /// How a person sees the same with their own eyes.
    public struct Reproduction: Sendable, Hashable, Codable {
        /// File to read on the device.
        public var path: String
        /// What stands there.
        public var value: String
        /// What would stand there on a part without the finding.
        public var expected: String

        /// Names a file and both values.
        public init(path: String, value: String, expected: String) {
            self.path = path
            self.value = value
            self.expected = expected
        }
    }

    /// The entry of a list of restricted suppliers that was met.
    public struct Restriction: Sendable, Hashable, Codable {
        /// Id of the list: `ndaa-889`.
        public var list: String
        /// Name of the entry on it.
        public var entry: String
        /// Legal status of the entry in words.
        public var status: String
        /// Day from which the entry holds, where the list states one.
        public var since: String?
        /// Day of our copy of the list.
        public var copied: String
        /// Uses that the entry speaks of.
        public var scope: [String]
        /// Whether the listing is contested before a court.
        public var isContested: Bool
        /// Whether a lawyer must look at the case before anybody acts on it.
        public var needsCounsel: Bool

        /// Cites an entry.
        public init(
            list: String, entry: String, status: String, since: String?, copied: String, scope: [String],
            isContested: Bool, needsCounsel: Bool
        ) {
            self.list = list
            self.entry = entry
            self.status = status
            self.since = since
            self.copied = copied
            self.scope = scope
            self.isContested = isContested
            self.needsCounsel = needsCounsel
        }

        private enum CodingKeys: String, CodingKey {
            case list, entry, status, since, copied, scope
            case isContested = "contested"
            case needsCounsel = "counsel"
        }
    }

    /// Whether this alone may make a unit fail: a plain difference, or near proof.
    public var isDecisive: Bool { confidence.map { $0 == .a } ?? true }
}

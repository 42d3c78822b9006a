/// Something that a person should look at, with all that is needed to judge it.
///
/// What only some rules state (``confidence``, ``category``, ``basis``, ``reproduction``, ``restriction``) is optional,
/// and absent from the JSON where it is nil.
public struct Finding: Sendable, Hashable, Codable {
    /// How much it matters.
    public enum Severity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
        case critical, high, medium, low, info

        private var rank: Int {
            switch self {
            case .critical: 4
            case .high: 3
            case .medium: 2
            case .low: 1
            case .info: 0
            }
        }

        /// Orders by weight, the lightest first.
        public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
    }

    /// Stable name of this cause on this device: the same cause gives the same id in every report.
    public var id: String
    /// Stable name of this cause on any device, for counting over a fleet.
    public var cause: String
    /// Rule that found it.
    public var rule: String
    /// How much it matters.
    public var severity: Severity
    /// One line for a person.
    public var title: String
    /// Outcome that it rests on, where it rests on one.
    public var outcome: Outcome.Kind?
    /// Kind of part; nil for files and packages.
    public var componentClass: ComponentClass?
    /// Where it is.
    public var location: String?
    /// What the record says.
    public var expected: String?
    /// What was read.
    public var observed: String?
    /// Fields that differ.
    public var fields: [FieldDifference]
    /// Record that set the expectation.
    public var source: String
    /// Path that the observation comes from.
    public var path: String?
    /// Probe that made the observation.
    public var probe: String?
    /// What to do.
    public var advice: String
    /// Normalisations and reasons in words.
    public var notes: [String]
    /// How many further cases of the same kind are not listed one by one.
    public var more: Int?
    /// How sure the rule is; nil for a plain difference from a record.
    public var confidence: Confidence?
    /// What kind of conclusion this is; nil for a plain difference from a record.
    public var category: Category?
    /// What decided, in words: `usb vendor 12d1`, `memory maker 8a91`.
    public var basis: String?
    /// How a person sees the same with their own eyes.
    public var reproduction: Reproduction?
    /// The entry of a list of restricted suppliers that was met.
    public var restriction: Restriction?
    /// What names the finding on any device; nil once it is bound to one.
    public var name: LocalName?

    /// Describes a finding; `id` and `cause` come from ``identify(key:instance:)`` and ``bind(to:)``.
    public init(
        rule: String, severity: Severity, title: String, source: String, advice: String,
        componentClass: ComponentClass? = nil, location: String? = nil, expected: String? = nil,
        observed: String? = nil, fields: [FieldDifference] = [], path: String? = nil, probe: String? = nil,
        notes: [String] = []
    ) {
        id = ""
        cause = ""
        self.rule = rule
        self.severity = severity
        self.title = title
        self.componentClass = componentClass
        self.location = location
        self.expected = expected
        self.observed = observed
        self.fields = fields
        self.source = source
        self.path = path
        self.probe = probe
        self.advice = advice
        self.notes = notes
    }

    /// What the stable names are made of, free of the device: equal content has equal local names.
    public struct LocalName: Sendable, Hashable, Codable {
        /// What makes two causes the same, free of device and time.
        public var key: [String]
        /// What tells equal causes on one device apart: the serial of the part, a count.
        public var instance: [String]

        /// Names a finding.
        public init(key: [String], instance: [String]) {
            self.key = key
            self.instance = instance
        }
    }

    /// The first of two steps: says what makes the cause, so that a judgement of content can be shared.
    ///
    /// - Parameters:
    ///   - key: what makes two causes the same, free of device and time.
    ///   - instance: what tells equal causes on one device apart: the serial of the part, a count.
    public mutating func identify(key: [String], instance: [String] = []) {
        name = LocalName(key: key, instance: instance)
    }

    /// The second step: the rule and the key make the cause, device and instance make it this device's finding.
    ///
    /// - Parameter device: what names the device, for example its id.
    public mutating func bind(to device: String) {
        guard let name else { return }
        let cause = ContentDigest.sha256(of: ([rule] + name.key).joined(separator: "\u{0}").utf8)
        self.cause = String(cause.hex.prefix(32))
        let own = ContentDigest.sha256(of: ([self.cause, device] + name.instance).joined(separator: "\u{0}").utf8)
        id = String(own.hex.prefix(32))
        self.name = nil
    }

    /// Both steps at once, for what is found about one device alone.
    public mutating func identify(device: String, key: [String], instance: [String] = []) {
        identify(key: key, instance: instance)
        bind(to: device)
    }

    private enum CodingKeys: String, CodingKey {
        case id, cause, rule, severity, title, outcome
        case componentClass = "class"
        case location, expected, observed, fields, source, path, probe, advice, notes, more
        case confidence, category, basis, reproduction, restriction, name
    }
}

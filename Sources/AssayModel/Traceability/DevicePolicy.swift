/// What an operator decides for a group of devices: how much rules matter, which are left out, how long a waiver may last.
///
/// The JSON is `assay/policy/v1`, see `hwprofiles/schema/policy.schema.json`.
public struct DevicePolicy: Sendable, Hashable, Codable {
    /// Which devices it is for; a list that is empty leaves the choice to the others, and none at all means every device.
    public struct Group: Sendable, Hashable, Codable {
        /// Makers, `*` for any run of characters.
        public var manufacturers: [String] = []
        /// Models, `*` for any run of characters.
        public var models: [String] = []
        /// Serial numbers of systems, `*` for any run of characters.
        public var serials: [String] = []
        /// Ids of hardware profiles.
        public var profiles: [String] = []
        /// Sites that operators entered.
        public var sites: [String] = []

        /// Every device.
        public init() {}

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case manufacturers, models, serials, profiles, sites
        }

        /// Reads the JSON form.
        public init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            manufacturers = try values.list(forKey: .manufacturers)
            models = try values.list(forKey: .models)
            serials = try values.list(forKey: .serials)
            profiles = try values.list(forKey: .profiles)
            sites = try values.list(forKey: .sites)
        }

        /// Writes the JSON form without empty lists.
        public func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encodeUnlessEmpty(manufacturers, forKey: .manufacturers)
            try values.encodeUnlessEmpty(models, forKey: .models)
            try values.encodeUnlessEmpty(serials, forKey: .serials)
            try values.encodeUnlessEmpty(profiles, forKey: .profiles)
            try values.encodeUnlessEmpty(sites, forKey: .sites)
        }
    }

    /// A rule that is left out, and why.
    public struct IgnoredRule: Sendable, Hashable, Codable {
        /// Id of the rule.
        public var rule: String
        /// Why.
        public var reason: String

        /// Leaves a rule out.
        public init(rule: String, reason: String) {
            self.rule = rule
            self.reason = reason
        }

        private enum CodingKeys: String, CodingKey, CaseIterable { case rule, reason }

        /// Reads the JSON form.
        public init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            rule = try values.decode(String.self, forKey: .rule)
            reason = try values.decode(String.self, forKey: .reason)
        }
    }

    /// What waivers get where nobody says otherwise.
    public struct WaiverTerms: Sendable, Hashable, Codable {
        /// Who answers for a waiver.
        public var owner: String?
        /// Days until it ends.
        public var days: Int?
        /// Most days that it may last.
        public var maximumDays: Int?

        /// No terms.
        public init() {}

        private enum CodingKeys: String, CodingKey, CaseIterable { case owner, days, maximumDays }

        /// Reads the JSON form.
        public init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            owner = try values.decodeIfPresent(String.self, forKey: .owner)
            days = try values.decodeIfPresent(Int.self, forKey: .days)
            maximumDays = try values.decodeIfPresent(Int.self, forKey: .maximumDays)
        }
    }

    /// The schema that this version writes.
    public static let schema = "assay/policy/v1"

    /// Id of the policy.
    public var id: String
    /// Name for people.
    public var title: String?
    /// Which devices it is for.
    public var group = Group()
    /// Severities that take the place of a rule's own; `info` makes it a note that decides nothing.
    public var severities: [String: Finding.Severity] = [:]
    /// Rules that are left out.
    public var ignored: [IgnoredRule] = []
    /// What the devices are meant for, besides what their profiles say.
    public var intendedUse: [String] = []
    /// What waivers get.
    public var waivers = WaiverTerms()
    /// When new parts in many devices of a model are a finding of the model.
    public var populationChange = PopulationTerms()

    /// A policy that changes nothing.
    public init(id: String) { self.id = id }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case schema, id, title, group, severities, ignored, intendedUse, waivers, populationChange
    }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        guard try values.decode(String.self, forKey: .schema) == Self.schema else {
            throw DecodingError.dataCorruptedError(
                forKey: .schema, in: values, debugDescription: "is not \(Self.schema)")
        }
        id = try values.decode(String.self, forKey: .id)
        title = try values.decodeIfPresent(String.self, forKey: .title)
        group = try values.decodeIfPresent(Group.self, forKey: .group) ?? Group()
        severities = try values.map(forKey: .severities)
        ignored = try values.list(forKey: .ignored)
        intendedUse = try values.list(forKey: .intendedUse)
        waivers = try values.decodeIfPresent(WaiverTerms.self, forKey: .waivers) ?? WaiverTerms()
        populationChange =
            try values.decodeIfPresent(PopulationTerms.self, forKey: .populationChange) ?? PopulationTerms()
    }

    /// Writes the JSON form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(Self.schema, forKey: .schema)
        try values.encode(id, forKey: .id)
        try values.encodeIfPresent(title, forKey: .title)
        try values.encode(group, forKey: .group)
        try values.encodeUnlessEmpty(severities, forKey: .severities)
        try values.encodeUnlessEmpty(ignored, forKey: .ignored)
        try values.encodeUnlessEmpty(intendedUse, forKey: .intendedUse)
        try values.encode(waivers, forKey: .waivers)
        if populationChange != PopulationTerms() { try values.encode(populationChange, forKey: .populationChange) }
    }
}

/// What `assay-agent verify` prints, and what the collector keeps for each evaluated report.
public struct VerifyResult: Sendable, Hashable, Codable {
    /// The whole.
    public var verdict: Verdict
    /// The parts, differences first.
    public var outcomes: [Outcome]
    /// What should be looked at.
    public var findings: [Finding]
    /// Parts that a policy leaves out of the comparison, counted by class.
    public var ignored: [String: Int]
    /// Why the verdict is not `pass`, where no outcome says it, and what it does not cover.
    public var reasons: [String]
    /// Station on the line where the unit was verified.
    public var station: String?
    /// Who verified it.
    public var `operator`: String?
    /// Whether the rules that need a collector were asked; nil when nobody wanted it.
    public var fleet: FleetAnswer?

    /// Puts a result together.
    public init(
        verdict: Verdict, outcomes: [Outcome], findings: [Finding] = [], ignored: [String: Int] = [:],
        reasons: [String] = [], station: String? = nil, operator: String? = nil, fleet: FleetAnswer? = nil
    ) {
        self.verdict = verdict
        self.outcomes = outcomes
        self.findings = findings
        self.ignored = ignored
        self.reasons = reasons
        self.station = station
        self.operator = `operator`
        self.fleet = fleet
    }

    private enum CodingKeys: String, CodingKey {
        case verdict, outcomes, findings, ignored, reasons, station, `operator`, fleet
    }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        verdict = try values.decode(Verdict.self, forKey: .verdict)
        outcomes = try values.list(forKey: .outcomes)
        findings = try values.list(forKey: .findings)
        ignored = try values.map(forKey: .ignored)
        reasons = try values.list(forKey: .reasons)
        station = try values.decodeIfPresent(String.self, forKey: .station)
        `operator` = try values.decodeIfPresent(String.self, forKey: .operator)
        fleet = try values.decodeIfPresent(FleetAnswer.self, forKey: .fleet)
    }

    /// Writes the JSON form without empty extras.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(verdict, forKey: .verdict)
        try values.encode(outcomes, forKey: .outcomes)
        try values.encodeUnlessEmpty(findings, forKey: .findings)
        try values.encodeUnlessEmpty(ignored, forKey: .ignored)
        try values.encodeUnlessEmpty(reasons, forKey: .reasons)
        try values.encodeIfPresent(station, forKey: .station)
        try values.encodeIfPresent(`operator`, forKey: .operator)
        try values.encodeIfPresent(fleet, forKey: .fleet)
    }
}

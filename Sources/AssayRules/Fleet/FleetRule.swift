package import AssayModel

/// A rule over what other devices of the fleet show.
package protocol FleetRule: Sendable {
    /// What the rule is.
    static var descriptor: RuleDescriptor { get }
    /// What a violation does to a verdict that would be a pass without it.
    static var effect: FleetEffect { get }

    /// The findings of one device; none when all is well.
    func findings(_ context: FleetContext) -> [Finding]
}

/// What a finding about the fleet does to a device's verdict.
package enum FleetEffect: Sendable, Hashable {
    /// The device fails: an operator's word or a copied key is against it.
    case fails
    /// Of two that show one identity, nobody can tell from here which is genuine.
    case leavesUndecided
    /// History stands beside the verdict and does not change it.
    case none
}

/// What fleet rules judge.
package struct FleetContext: Sendable {
    /// Id of the device, as it stands in its findings.
    package let device: String
    /// Identities of the device that others show or showed, or that an operator has marked.
    package let matches: [FleetMatch]
    /// Anomalies of its chain of reports that nothing has settled: ids and words.
    package let chain: [(id: String, words: String)]
    /// Other devices that are this machine as a whole under another key.
    package let twins: Set<ContentDigest>
    /// Other devices that are or were this machine as a whole.
    package let formerSelves: Set<ContentDigest>

    /// Fewest parts in common that make two devices one machine, besides half of all that are known from elsewhere.
    static let commonParts = 3

    /// Gathers what is known.
    package init(device: String, matches: [FleetMatch], chain: [(id: String, words: String)] = []) {
        self.device = device
        self.matches = matches
        self.chain = chain
        var twins: Set<ContentDigest> = []
        var formerSelves: Set<ContentDigest> = []
        var common: [ContentDigest: Int] = [:]
        for match in matches {
            for stay in match.others {
                if match.identity.kind.isOfMachine {
                    formerSelves.insert(stay.device)
                    if stay.leftAt == nil { twins.insert(stay.device) }
                } else if stay.leftAt == nil {
                    common[stay.device, default: 0] += 1
                }
            }
        }
        let parts = matches.count { !$0.identity.kind.isOfMachine && $0.holders > 1 }
        for (device, count) in common where count >= Self.commonParts && count * 2 >= parts { twins.insert(device) }
        self.twins = twins
        self.formerSelves = formerSelves.union(twins)
    }
}

extension FleetContext {
    /// A finding about one identity, with the same cause in every device that shows it.
    func finding(
        _ rule: any FleetRule.Type, _ match: FleetMatch, _ title: String, expected: String,
        severity: Finding.Severity? = nil, notes: [String]
    ) -> Finding {
        var finding = Finding(
            rule: rule.descriptor.id, severity: severity ?? rule.descriptor.severity, title: title,
            source: "the other devices of the fleet", advice: rule.descriptor.advice,
            componentClass: match.identity.componentClass, location: match.own.location, expected: expected,
            observed: match.identity.label, notes: notes)
        finding.identify(device: device, key: [match.identity.key])
        return finding
    }

    /// What a device is called in a line for people: as many digits of its id as lists show; notes have all of them.
    static func name(of device: ContentDigest) -> String { String(device.hex.prefix(12)) }

    /// A stay in words.
    static func words(_ stay: FleetStay) -> String {
        let end = stay.leftAt.map { "until \($0)" } ?? "and is there still"
        return "in device \(stay.device) at \(stay.location) from \(stay.firstSeen) \(end)"
    }

    /// The stays in other devices in words, and how many devices are not named.
    static func words(_ stays: [FleetStay], of match: FleetMatch) -> [String] {
        let unnamed = match.holders - 1 - match.others.count { $0.leftAt == nil }
        let others = stays.map(words)
        return ["in this device since \(match.own.firstSeen)"] + others
            + (unnamed > 0 ? ["in \(unnamed) further devices"] : [])
    }
}

/// Every rule over the fleet, in one explicit list.
package enum FleetRules {
    /// The rules.
    package static let all: [any FleetRule] = [
        DuplicateComponentSerialRule(), DuplicateEndorsementKeyRule(), ClonedDeviceKeyRule(), ClonedMachineRule(),
        MovedComponentRule(), RetiredComponentRule(),
    ]

    /// The findings of a device.
    package static func findings(_ context: FleetContext) -> [Finding] { all.flatMap { $0.findings(context) } }

    /// What a finding of a rule does to a verdict.
    package static func effect(of rule: String) -> FleetEffect {
        all.first { type(of: $0).descriptor.id == rule }.map { type(of: $0).effect } ?? .none
    }
}

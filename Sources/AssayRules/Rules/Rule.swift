package import AssayModel

/// One question that an evaluation asks of an inventory.
package protocol Rule: Sendable {
    /// What the rule is; the docs and the lists of rules are made from it.
    static var descriptor: RuleDescriptor { get }

    /// Answers for one device.
    func evaluate(_ context: RuleContext) -> RuleVerdict
}

/// What a rule is, as data.
package struct RuleDescriptor: Sendable, Hashable {
    /// Lower-case path that names the rule for good: `trace/missing-component`.
    package let id: String
    /// One sentence for a person: what is wrong when the rule is violated.
    package let summary: String
    /// Weight of a violation.
    package let severity: Finding.Severity
    /// Whether a violation makes the unit fail; a rule that compares with the past never does.
    package let decides: Bool
    /// Why a violation matters, in one sentence.
    package let matters: String
    /// What to do about a violation.
    package let advice: String

    /// Describes a rule.
    package init(
        _ id: String, _ summary: String, severity: Finding.Severity, decides: Bool = true, matters: String,
        advice: String
    ) {
        self.id = id
        self.summary = summary
        self.severity = severity
        self.decides = decides
        self.matters = matters
        self.advice = advice
    }
}

/// A rule's answer; "could not tell" is never folded into "satisfied".
package enum RuleVerdict: Sendable, Hashable {
    /// The question was answered, and all is well.
    case satisfied
    /// It is not.
    case violated([Finding])
    /// It could not be answered, for lack of what these gaps name.
    case undetermined([Gap])
    /// The question does not arise: there is no record, no earlier report or no such policy.
    case notApplicable
}

/// What rules judge.
package struct RuleContext: Sendable {
    /// This report.
    package let inventory: InventorySnapshot
    /// The design.
    package let profile: HardwareProfile?
    /// What was built.
    package let record: AsBuiltRecord?
    /// What supplier graphs know of whoever made or delivered the parts.
    package let suppliers: SupplierDirectory
    /// What reconciliation made of the parts.
    package let outcomes: [Outcome]
    /// The report before this one.
    package let previous: InventorySnapshot?

    /// Gathers what is known.
    package init(
        inventory: InventorySnapshot, profile: HardwareProfile? = nil, record: AsBuiltRecord? = nil,
        suppliers: SupplierDirectory = .none, outcomes: [Outcome] = [], previous: InventorySnapshot? = nil
    ) {
        self.inventory = inventory
        self.profile = profile
        self.record = record
        self.suppliers = suppliers
        self.outcomes = outcomes
        self.previous = previous
    }
}

extension DeviceFacts {
    /// The device id; before enrolment the best evidence there is.
    var findingName: String { id ?? serial ?? uuid ?? "this device" }
}

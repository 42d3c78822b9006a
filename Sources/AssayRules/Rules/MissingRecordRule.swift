internal import AssayModel

/// A unit of a model whose units all have a record has none.
///
/// A placeholder in the place of a serial number names no record, so that without this rule a unit that hides its
/// identity would be held against the design of its model alone.
struct MissingRecordRule: OutcomeRule {
    static let descriptor = RuleDescriptor(
        RuleID.missingRecord, "a unit has no as-built record, and its profile asks for one", severity: .medium,
        decides: false,
        matters: "Without the record that was asked for, a substituted part looks like one that was built in.",
        advice: "Import the record of this unit. If the unit states no serial number of its own, find out why it was "
            + "never entered, and name the unit in its record by the id of the device.")

    func title(for outcome: Outcome) -> String { "there is no as-built record of this unit" }
}

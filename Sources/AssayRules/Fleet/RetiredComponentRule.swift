package import AssayModel

/// A part that an operator retired, or that was stolen, is seen again.
package struct RetiredComponentRule: FleetRule {
    package static let descriptor = RuleDescriptor(
        "fleet/retired-component", "a part that was retired or stolen is seen again", severity: .critical,
        matters: "A part that was taken out of use or stolen comes back only past those who should have stopped it.",
        advice: "Take the device out of use and find out how the part came into it. If the word against it was wrong, "
            + "take it back: assay-collector parts clear.")
    package static let effect = FleetEffect.fails

    /// An instance of the rule.
    package init() {}

    /// One finding for each part.
    package func findings(_ context: FleetContext) -> [Finding] {
        context.matches.compactMap { match in
            guard let mark = match.mark, mark.status != .cleared else { return nil }
            var notes = FleetContext.words(match.others, of: match)
            notes.insert("\(mark.status.rawValue) since \(mark.at) by \(mark.actor): \(mark.reason)", at: 0)
            return context.finding(
                Self.self, match,
                "\(match.identity.componentClass.rawValue) at \(match.own.location) is a part that was "
                    + mark.status.rawValue,
                expected: "no part that is out of use", severity: mark.status == .stolen ? .critical : .high,
                notes: notes)
        }
    }
}

package import AssayModel

/// Two devices show one part at the same time.
package struct DuplicateComponentSerialRule: FleetRule {
    package static let descriptor = RuleDescriptor(
        "fleet/duplicate-component-serial", "a part's serial number or address is shown by another device too",
        severity: .high,
        matters:
            "A serial number names one part in the world; copies of labels and programmed contents carry it "
            + "twice.",
        advice: "One of the two is a copy, or the maker numbers alike. Compare the labels of both parts, and ask the "
            + "supplier of the lot. The finding ends when one of the devices no longer shows it.")
    package static let effect = FleetEffect.leavesUndecided

    /// An instance of the rule.
    package init() {}

    /// One finding for each part; parts of a machine that is copied as a whole are left to ``ClonedMachineRule``.
    package func findings(_ context: FleetContext) -> [Finding] {
        context.matches.compactMap { match in
            let identity = match.identity
            guard identity.kind == .part || identity.kind == .address else { return nil }
            let others = match.others.filter { $0.leftAt == nil && !context.twins.contains($0.device) }
            guard let first = others.first else { return nil }
            // Whole batches of genuine USB bridges left their factories under one number.
            let severity: Finding.Severity = identity.componentClass == .usb ? .medium : .high
            var finding = context.finding(
                Self.self, match,
                "\(identity.componentClass.rawValue) at \(match.own.location) is in device \(FleetContext.name(of: first.device)) too",
                expected: "an identity of its own", severity: severity,
                notes: FleetContext.words(others, of: match))
            finding.category = .duplicateIdentity
            return finding
        }
    }
}

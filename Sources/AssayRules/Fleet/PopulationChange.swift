package import AssayModel

/// The same part that nothing expects appears in many devices of a model: one finding for the model, not one more for each.
package struct PopulationChange: Sendable {
    /// What the rule is.
    package static let descriptor = RuleDescriptor(
        "fleet/population-change", "the same unexpected part appears in many devices of one model", severity: .high,
        decides: false,
        matters: "What appears on many devices at once was shipped to them, by an update or by a supply of "
            + "parts that nobody recorded.",
        advice:
            "Find out what the devices have in common: a batch, a site, a repair, an update. If the part belongs there, "
            + "add it to the profile. The finding ends when fewer devices show it.")

    private let terms: PopulationTerms

    /// Judges by the numbers of a policy.
    package init(_ terms: PopulationTerms = PopulationTerms()) { self.terms = terms }

    /// The kinds of parts that nothing expects, each once.
    ///
    /// - Parameter former: the inventory before the last change.
    package static func kinds(
        of result: VerifyResult, in inventory: InventorySnapshot, former: InventorySnapshot?
    ) -> [PartKind] {
        let places = Set(
            result.outcomes.filter { $0.kind == .unexpected && $0.reaction == nil }
                .map { Place(location: $0.location, path: $0.path, probe: $0.probe) })
        guard !places.isEmpty else { return [] }
        let known = former.map { Set($0.components.filter(\.isPresent).map(key)) }
        var kinds: [String: PartKind] = [:]
        for part in inventory.components where part.isPresent {
            let place = Place(location: part.location, path: part.evidence.path, probe: part.evidence.probe)
            let key = key(part)
            guard places.contains(place), kinds[key] == nil else { continue }
            kinds[key] = PartKind(
                key: key, componentClass: part.componentClass, label: label(part), location: part.location,
                isNew: known.map { !$0.contains(key) })
        }
        return kinds.values.sorted { $0.key < $1.key }
    }

    private struct Place: Hashable {
        let location: String?
        let path: String?
        let probe: String?
    }

    /// Class, numeric identities and model: neither serial number nor place.
    private static func key(_ part: Component) -> String {
        let ids = part.ids.filter {
            ["vendor", "device", "product", "subsystemVendor", "subsystemDevice"].contains($0.key)
        }
        .sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let names = [part.manufacturer, part.model, part.partNumber].map { FieldText.foldWords($0 ?? "") }
        let text = ([part.componentClass.rawValue] + ids + names).joined(separator: "\u{1f}")
        return ContentDigest.sha256(of: text.utf8).hex
    }

    private static func label(_ part: Component) -> String {
        let names = [part.manufacturer, part.model ?? part.partNumber].compactMap(\.self)
        let ids = part.ids["vendor"].flatMap { vendor in
            (part.ids["device"] ?? part.ids["product"]).map { "[\(vendor):\($0)]" }
        }
        return String(
            ([part.componentClass.rawValue] + names + [ids].compactMap(\.self)).joined(separator: " ").prefix(256))
    }

    /// The finding of the model; nil when there is no change, or none any more.
    ///
    /// A part that the first device of the model had is no change, and one that comes slowly is no sudden one. What was
    /// found stays until fewer devices show the part.
    package func finding(_ state: PopulationState, at now: Timestamp) -> Finding? {
        guard terms.isReached(by: state.showing, of: state.devices) else { return nil }
        let isSudden = state.modelSince < state.since && now <= state.since.adding(terms.window)
        guard state.isOpen || isSudden else { return nil }
        var finding = Finding(
            rule: Self.descriptor.id, severity: Self.descriptor.severity,
            title: "\(state.showing) of \(state.devices) devices of \(state.model) show the same unexpected part",
            source: "the other devices of the model", advice: Self.descriptor.advice,
            componentClass: state.componentClass, expected: "no such part, as before \(state.since)",
            observed: state.label,
            notes: ["the first device showed it at \(state.since)"] + state.examples.map { "device \($0) shows it" })
        finding.category = .unexpected
        finding.identify(device: "model " + state.model, key: [state.key])
        return finding
    }
}

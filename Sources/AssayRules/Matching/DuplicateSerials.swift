internal import AssayModel

/// Finds one serial on two parts that can be separated: one of them is a copy, or both are.
struct DuplicateSerials {
    /// Classes whose serials name separable parts; functions of one PCI card share theirs by right.
    static let classes: Set<ComponentClass> = [.memory, .storage, .usb, .battery, .powerSupply]

    let profile: HardwareProfile?
    let record: AsBuiltRecord?

    /// One outcome for each part beyond the first of a serial.
    func outcomes(_ found: [FoundPart]) -> [Outcome] {
        let repeated = Self.repeated(found.compactMap(\.serialKey))
        if repeated.isEmpty { return [] }
        var groups: [[String]: [Component]] = [:]
        for part in found where counts(part.component) {
            guard let serial = part.serialKey, repeated.contains(serial) else { continue }
            groups[key(part.component, serial), default: []].append(part.component)
        }
        var outcomes: [Outcome] = []
        for (_, group) in groups where group.count > 1 {
            let parts = group.sorted { $0.location < $1.location }
            var seen: [Component] = []
            for part in parts {
                let others = seen.filter { !Self.areNested($0, part) }
                if let first = others.first { outcomes.append(outcome(part, copyOf: first)) }
                seen.append(part)
            }
        }
        return outcomes
    }

    /// Most devices have none, so that nothing else is looked at.
    private static func repeated(_ serials: [String]) -> Set<String> {
        var seen = Set<String>(minimumCapacity: serials.count)
        return Set(serials.filter { !seen.insert($0).inserted })
    }

    private func counts(_ component: Component) -> Bool {
        guard component.isPresent, component.evidence.access.weakness <= Evidence.Access.reported.weakness else {
            return false
        }
        let policy = profile?.policy(for: component.componentClass).duplicate
        return policy.map { $0 != .ignore } ?? Self.classes.contains(component.componentClass)
    }

    private func key(_ component: Component, _ serial: String) -> [String] {
        let maker = component.ids["vendor"] ?? component.manufacturer ?? ""
        let product = component.componentClass == .usb ? component.ids["device"] ?? component.model ?? "" : ""
        return [component.componentClass.rawValue, serial] + [maker, product].map { FieldText.foldWords($0) }
    }

    /// A controller and its namespace, a hub and its own port: one part shown twice.
    private static func areNested(_ one: Component, _ other: Component) -> Bool {
        one.location == other.location || one.evidence.path.hasPrefix(other.evidence.path + "/")
            || other.evidence.path.hasPrefix(one.evidence.path + "/") || one.location.hasPrefix(other.location + "/")
            || other.location.hasPrefix(one.location + "/")
    }

    private func outcome(_ part: Component, copyOf first: Component) -> Outcome {
        let policy = profile?.policy(for: part.componentClass).duplicate
        return Outcome(
            .duplicate, part.componentClass, at: part.location, expected: "a serial of its own", observed: part.summary,
            fields: [
                FieldDifference(
                    name: "serial", expected: nil, observed: part.serial, note: "also read from \(first.location)")
            ],
            rule: RuleID.duplicateInDevice, source: profile?.citation ?? record?.citation ?? "",
            reaction: policy == .notice ? .notice : nil, path: part.evidence.path, probe: part.evidence.probe)
    }
}

internal import AssayModel

/// Parts show what counterfeits, clones and unprogrammed parts show; what that is stands in the lists.
package struct SignalRule: Rule {
    /// What the rule is; each finding carries the id of its own signal.
    package static let descriptor = RuleDescriptor(
        "signal/combined", "a part shows what counterfeits, clones or unprogrammed parts show", severity: .medium,
        matters:
            "Each trait alone can be chance; together they are what counterfeit and unprogrammed parts have "
            + "in common.",
        advice: "Compare the part with one that is known to be good, and ask the supplier of the lot.")

    private let lists: RuleLists
    private let placeholders: PlaceholderList
    private let today: CalendarDay?
    private let muted: Set<MutedSignal>

    /// Looks for the signals of `lists` but those that are muted; without `today` dates are not held against the calendar.
    package init(
        lists: RuleLists, placeholders: PlaceholderList = .standard, today: CalendarDay?,
        muted: Set<MutedSignal> = []
    ) {
        self.muted = muted
        self.lists = lists
        self.placeholders = placeholders
        // A clock that stands before the lists were written is wrong, as it is on a board without a battery.
        self.today = today.flatMap { day in lists.signals.contains { $0.date > day } ? nil : day }
    }

    /// Asks every signal about every part of its class.
    package func evaluate(_ context: RuleContext) -> RuleVerdict {
        let surroundings = Surroundings(context, today: today)
        var findings: [Finding] = []
        for (index, part) in context.inventory.components.enumerated() where part.isPresent {
            let shown = shown(by: part, index, surroundings)
            findings += shown.map { $0.finding(about: part) }
            if let combined = combination(of: shown, part, context) { findings.append(combined) }
        }
        return findings.isEmpty ? .satisfied : .violated(findings)
    }

    /// What the signals that differ say of each part, in the order of the fields of their findings.
    func differences(_ context: RuleContext) -> [MutedSignal: [String]] {
        let surroundings = Surroundings(context, today: today)
        var differences: [MutedSignal: [String]] = [:]
        for (index, part) in context.inventory.components.enumerated() where part.isPresent {
            for shown in shown(by: part, index, surroundings) {
                differences[MutedSignal(part: index, signal: shown.signal.id)] = [
                    shown.field, shown.observed, shown.expected,
                ]
            }
        }
        return differences
    }

    private func shown(by part: Component, _ index: Int, _ surroundings: Surroundings) -> [Shown] {
        let subject = surroundings.subject(part)
        return lists.signals(for: part.componentClass).compactMap { list, signal in
            guard muted.isEmpty || !muted.contains(MutedSignal(part: index, signal: signal.id)),
                case .differs(let field, let observed, let expected) = signal.answer(subject, placeholders)
            else { return nil }
            return Shown(list: list, signal: signal, field: field, observed: observed, expected: expected)
        }
    }

    /// Two weak signals that rest on different properties of one part are one strong one.
    ///
    /// Missing identities never add up: they are no sign of a fake.
    private func combination(of shown: [Shown], _ part: Component, _ context: RuleContext) -> Finding? {
        let weak = shown.filter { $0.signal.confidence == .c && $0.signal.category == .suspectCounterfeit }
        guard Set(weak.map(\.signal.about)).count > 1 else { return nil }
        var finding = Finding(
            rule: Self.descriptor.id, severity: Self.descriptor.severity,
            title: "\(part.place): \(weak.count) weak signs of a counterfeit that do not depend on each other",
            source: weak.map(\.signal.id).joined(separator: ", "), advice: Self.descriptor.advice,
            componentClass: part.componentClass, location: part.location,
            observed: weak.map(\.signal.title).joined(separator: "; "), path: part.evidence.path,
            probe: part.evidence.probe)
        finding.confidence = .b
        finding.category = .suspectCounterfeit
        finding.basis = weak.map(\.signal.about).joined(separator: " and ")
        finding.identify(
            key: part.cause + weak.map(\.signal.id), instance: [part.serial ?? ""])
        return finding
    }
}

/// A signal that a part shows.
private struct Shown {
    let list: SignalList
    let signal: Signal
    let field: String
    let observed: String
    let expected: String

    func finding(about part: Component) -> Finding {
        var finding = Finding(
            rule: signal.id, severity: signal.severity, title: "\(part.place): \(signal.title)",
            source: list.citation(signal), advice: signal.advice, componentClass: part.componentClass,
            location: part.location, expected: expected, observed: observed,
            fields: [FieldDifference(name: field, expected: expected, observed: observed, note: nil)],
            path: part.evidence.path, probe: part.evidence.probe)
        finding.confidence = signal.confidence
        finding.category = signal.category
        finding.basis = "\(field) \(observed)"
        finding.reproduction = Finding.Reproduction(
            path: part.evidence.path + (signal.reads.map { "/" + $0 } ?? ""), value: observed, expected: expected)
        finding.identify(key: part.cause, instance: [part.serial ?? ""])
        return finding
    }
}

/// What stands around the parts of one inventory.
private struct Surroundings {
    private let inventory: InventorySnapshot
    private let today: CalendarDay?
    private let byLocation: [String: Component]
    private let bios: Component?
    private let former: [[String]: Component]?

    init(_ context: RuleContext, today: CalendarDay?) {
        inventory = context.inventory
        self.today = today
        byLocation = Dictionary(inventory.components.map { ($0.location, $0) }) { first, _ in first }
        bios = inventory.firmware.first { $0.location == "fw/bios" }
        former = context.previous.map { previous in
            Dictionary(previous.components.map { (Self.identity($0), $0) }) { first, _ in first }
        }
    }

    func subject(_ part: Component) -> SignalSubject {
        SignalSubject(
            part, parent: part.properties["parent"].flatMap { byLocation[$0] }, device: inventory.device, bios: bios,
            former: former?[Self.identity(part)], hasFormerReport: former != nil, today: today)
    }

    /// A part stays the same while its ids and its serial do; without a serial its place has to do.
    private static func identity(_ part: Component) -> [String] {
        [
            part.componentClass.rawValue, part.ids["vendor"] ?? "", part.ids["device"] ?? "",
            part.serial ?? part.location,
        ]
    }
}

extension Component {
    /// Class and place in words.
    var place: String { "\(componentClass.rawValue) at \(location)" }

    /// Place and kind, free of serials: what makes two findings of one rule the same over a fleet.
    var cause: [String] {
        [componentClass.rawValue, location]
            + [manufacturer, model, partNumber, ids["vendor"], ids["device"]].map { $0 ?? "" }
    }
}

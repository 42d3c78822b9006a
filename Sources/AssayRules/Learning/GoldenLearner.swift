package import AssayModel

/// Makes one profile from several units that are known to be good, and says in what they differ.
///
/// One unit cannot show which of its traits belong to the model and which to itself. Parts are paired as reconciliation
/// pairs them; what goes in and what never does is the business of ``ProfileLearner``.
package struct GoldenLearner: Sendable {
    /// What came out.
    package struct Result: Sendable, Hashable {
        /// The profile that every unit passes.
        package var profile: HardwareProfile
        /// In what the units differ, by class and place.
        package var variations: [GoldenVariation]
    }

    /// The units are not of one model.
    package struct DifferentModels: Error, Sendable, Equatable, CustomStringConvertible {
        /// Number of the unit, from 1, that is another model than the first.
        package let unit: Int
        /// What the first unit is.
        package let first: String
        /// What that unit is.
        package let other: String

        /// Names the unit that does not belong to the others.
        package init(unit: Int, first: String, other: String) {
            self.unit = unit
            self.first = first
            self.other = other
        }

        /// The failure in words.
        package var description: String { "unit \(unit) is a \(other), unit 1 a \(first)" }
    }

    private let learner: ProfileLearner
    private let placeholders: PlaceholderList

    /// A learner that knows which texts say nothing.
    package init(placeholders: PlaceholderList = .standard) {
        self.placeholders = placeholders
        learner = ProfileLearner(placeholders: placeholders)
    }

    /// Learns from `units`, of which there is one at least.
    ///
    /// - Parameters:
    ///   - id: id of the new profile.
    ///   - version: version of the new profile.
    ///   - source: where the profile comes from.
    ///   - ownerless: binaries that no package owns, of all units; nil when files were not scanned.
    package func learn(
        from units: [InventorySnapshot], id: String, version: String = "1", source: RecordProvenance,
        ownerless: [FileEntry]? = nil
    ) throws(DifferentModels) -> Result {
        guard let first = units.first else { preconditionFailure("a profile is learned from one unit at least") }
        let profiles = units.map {
            learner.learn(from: $0, id: id, version: version, source: source, ownerless: ownerless)
        }
        try checkModels(units.map(\.device))
        var result = Result(
            profile: learner.learn(from: first, id: id, version: version, source: source, ownerless: ownerless),
            variations: [])
        let lines = lines(of: units)
        result.profile.components = []
        for line in lines {
            guard let (merged, variations) = line.merged() else { continue }
            result.profile.components.append(merged)
            result.variations += variations
        }
        mergeFirmware(profiles.map(\.firmware), into: &result)
        mergeScopes(profiles.map(\.appliesTo), units.map(\.device), into: &result)
        mergeBoot(profiles, units.map(\.boot), into: &result)
        result.variations.sort {
            ($0.componentClass, $0.location, $0.field) < ($1.componentClass, $1.location, $1.field)
        }
        return result
    }

    private func checkModels(_ devices: [DeviceFacts]) throws(DifferentModels) {
        func name(_ device: DeviceFacts) -> String {
            let words = [device.manufacturer, device.model].compactMap { text in
                text.flatMap { placeholders.contains($0) ? nil : $0 }
            }
            return words.isEmpty ? device.compatible?.first ?? "device without a name" : words.joined(separator: " ")
        }
        guard let first = devices.first.map(name) else { return }
        for (index, device) in devices.enumerated()
        where FieldText.foldWords(name(device)) != FieldText.foldWords(first) {
            throw DifferentModels(unit: index + 1, first: first, other: name(device))
        }
    }

    /// Pairs the parts of every unit with the lines that the units before it have made.
    private func lines(of units: [InventorySnapshot]) -> [GoldenLine] {
        var lines: [GoldenLine] = []
        for inventory in units {
            let parts = Dictionary(grouping: learner.parts(of: inventory), by: \.componentClass)
            var byClass: [ComponentClass: [Int]] = [:]
            for (index, line) in lines.enumerated() {
                if let part = line.seen.first { byClass[part.componentClass, default: []].append(index) }
            }
            for (componentClass, found) in parts.sorted(by: { $0.key < $1.key }) {
                add(found, of: componentClass, to: &lines, at: byClass[componentClass] ?? [])
            }
        }
        for index in lines.indices { lines[index].units = units.count }
        return lines
    }

    private func add(
        _ components: [Component], of componentClass: ComponentClass, to lines: inout [GoldenLine], at indices: [Int]
    ) {
        var known = HardwareProfile(id: "learning", version: "1")
        known.components = indices.compactMap { lines[$0].merged()?.line }
        let expectations = PreparedProfile(known, placeholders: placeholders).lines[componentClass] ?? []
        let found = components.map { FoundPart($0, placeholders: placeholders) }
        let match = ClassMatcher(placeholders: placeholders).match(expectations, found)
        for pair in match.pairs { lines[indices[pair.row]].seen.append(learner.expectation(components[pair.column])) }
        for column in match.unmatchedColumns {
            lines.append(GoldenLine(seen: [learner.expectation(components[column])], units: 1))
        }
    }

    /// Every unit is meant: what they differ in is united, and what one of them does not state binds none.
    private func mergeScopes(_ scopes: [DeviceMatch], _ devices: [DeviceFacts], into result: inout Result) {
        func merge(
            _ list: WritableKeyPath<DeviceMatch, [String]>, _ field: String, _ observed: (DeviceFacts) -> String?
        ) {
            let lists = scopes.map { $0[keyPath: list] }
            var seen: Set<String> = []
            let united = lists.flatMap(\.self).filter { seen.insert(FieldText.foldWords($0)).inserted }
            let isStatedByAll = lists.allSatisfy { !$0.isEmpty }
            result.profile.appliesTo[keyPath: list] = isStatedByAll ? united : []
            guard united.count > 1 || (!united.isEmpty && !isStatedByAll) else { return }
            let values = GoldenPart.count(devices.map(observed)) { FieldText.foldWords($0) }
            result.variations.append(
                GoldenVariation(
                    componentClass: .system, location: "system", field: field, values: values,
                    treatment: isStatedByAll ? "each is accepted" : "not compared"))
        }
        merge(\.manufacturers, "manufacturer", \.manufacturer)
        merge(\.models, "model", \.model)
        merge(\.compatibles, "compatible") { $0.compatible?.first }
        merge(\.boards, "boardModel", \.boardModel)
        merge(\.hypervisors, "hypervisor", \.hypervisor)
    }

    /// Secure Boot is required only where every unit has it on.
    private func mergeBoot(_ profiles: [HardwareProfile], _ states: [BootState], into result: inout Result) {
        if !profiles.allSatisfy({ $0.boot != nil }) { result.profile.boot = nil }
        let values = GoldenPart.count(states.map { $0.secureBoot.map { $0 ? "on" : "off" } })
        guard values.count > 1 else { return }
        result.variations.append(
            GoldenVariation(
                componentClass: "boot", location: "boot", field: "secureBoot", values: values,
                treatment: "not required"))
    }

    private func mergeFirmware(_ lists: [[FirmwareRequirement]], into result: inout Result) {
        var order: [String] = []
        var byLocation: [String: [FirmwareRequirement]] = [:]
        for line in lists.flatMap(\.self) {
            if byLocation[line.location] == nil { order.append(line.location) }
            byLocation[line.location, default: []].append(line)
        }
        result.profile.firmware = order.compactMap { location in
            byLocation[location].flatMap { merge($0, units: lists.count, &result.variations) }
        }
    }

    private func merge(
        _ lines: [FirmwareRequirement], units: Int, _ variations: inout [GoldenVariation]
    ) -> FirmwareRequirement? {
        guard var merged = lines.first else { return nil }
        func note(_ field: String, _ values: [String: Int], _ treatment: String) {
            variations.append(
                GoldenVariation(
                    componentClass: .firmware, location: merged.location, field: field, values: values,
                    treatment: treatment))
        }
        let makers = GoldenPart.count(lines.map(\.manufacturer)) { FieldText.foldWords($0) }
        if makers.count > 1 {
            merged.manufacturer = nil
            note("manufacturer", makers, "not compared")
        }
        let versions = lines.map(\.version.minimum)
        let counts = GoldenPart.count(versions)
        if counts.count > 1 {
            let lowest = GoldenPart.lowest(versions)
            merged.version = lowest.map { VersionRequirement(minimum: $0) } ?? VersionRequirement()
            note("firmwareVersion", counts, lowest.map { "\($0) or later is accepted" } ?? "not compared")
        }
        merged.access = lines.compactMap(\.access).max { $0.weakness < $1.weakness }
        if lines.count < units {
            merged.optional = true
            note("presence", ["present": lines.count, "absent": units - lines.count], "the image is optional")
        }
        return merged
    }
}

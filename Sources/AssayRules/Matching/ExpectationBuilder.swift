internal import AssayModel

/// Turns a profile and an as-built record into what is expected of one unit.
struct ExpectationBuilder {
    let design: PreparedProfile?
    let record: AsBuiltRecord?
    let placeholders: PlaceholderList

    private var profile: HardwareProfile? { design?.profile }

    /// Every expected part by class, firmware included, in the order of the records.
    func build() -> [ComponentClass: [Expectation]] {
        var expectations = design?.lines ?? [:]
        guard let record else { return expectations }
        let byClass = Dictionary(grouping: record.components.indices) { record.components[$0].componentClass }
        let overlay = RecordOverlay(design: design, record: record, placeholders: placeholders)
        for (componentClass, indices) in byClass {
            let lines = expectations[componentClass] ?? []
            expectations[componentClass] = overlay.lay(
                indices, on: lines, dropsOptions: recordCovers(componentClass))
        }
        return expectations
    }

    /// Whether the record says which parts of a class the unit has.
    ///
    /// A record that does not say what it covers covers all parts; firmware is covered only where it is listed.
    func recordCovers(_ componentClass: ComponentClass) -> Bool {
        guard let record else { return false }
        if let covers = record.covers { return covers.contains(componentClass) }
        if record.components.contains(where: { $0.componentClass == componentClass }) { return true }
        return profile == nil && componentClass != .firmware && !LearningPolicy.isLeftOut(componentClass)
    }

    /// What a part that nothing expects leads to.
    ///
    /// What is no part of its own (sockets, connectors, caches …) counts only where a record or a policy speaks of it.
    func reactionToUnexpected(_ componentClass: ComponentClass) -> Reaction {
        if let stated = profile?.policy(for: componentClass).unexpected { return stated }
        if recordCovers(componentClass) { return .fail }
        let isListed = profile?.components.contains { $0.componentClass == componentClass } ?? false
        if LearningPolicy.isLeftOut(componentClass), !isListed { return .ignore }
        return profile == nil ? .notice : .fail
    }
}

internal import AssayModel

/// Checks that the records speak of this unit at all.
struct UnitCheck {
    let profile: HardwareProfile?
    let record: AsBuiltRecord?
    let placeholders: PlaceholderList

    /// Outcomes for what differs or cannot be told; nothing when the records fit.
    func outcomes(_ inventory: InventorySnapshot, isIdentifiedByParts: Bool) -> [Outcome] {
        let device = inventory.device
        return [
            profile.flatMap { outcome($0, device) }, missingRecord(inventory),
            record.flatMap { outcome($0, device, isIdentifiedByParts: isIdentifiedByParts) },
        ].compactMap(\.self)
    }

    private func missingRecord(_ inventory: InventorySnapshot) -> Outcome? {
        guard let profile, profile.asBuiltRecord == .required, record == nil else { return nil }
        let serial = inventory.device.serial
        let evidence = inventory.components.first { $0.componentClass == .system }?.evidence
        let observed = serial.map { "serial number \($0)" } ?? "no serial number"
        let note =
            serial.map { placeholders.contains($0) ? "a placeholder names no record" : "no record has this number" }
            ?? "without a serial number no record can be found"
        return Outcome(
            .notVerifiable, .system, at: "device", expected: "an as-built record of this unit", observed: observed,
            rule: RuleID.missingRecord, source: profile.citation, notes: [note],
            path: evidence?.path ?? "/", probe: evidence?.probe ?? "device")
    }

    private func outcome(_ profile: HardwareProfile, _ device: DeviceFacts) -> Outcome? {
        let scope = profile.appliesTo
        var differences: [FieldDifference] = []
        var unread: [FieldDifference] = []
        func check(_ name: String, _ accepted: [String], _ observed: [String]) {
            if accepted.isEmpty { return }
            let patterns = accepted.map { Pattern(FieldText.foldWords($0)) }
            let fits = observed.contains { text in patterns.contains { $0.matches(FieldText.foldWords(text)) } }
            if fits { return }
            let field = FieldDifference(
                name: name, expected: accepted.joined(separator: " or "),
                observed: observed.isEmpty ? nil : observed.joined(separator: ", "))
            if observed.isEmpty { unread.append(field) } else { differences.append(field) }
        }
        check("manufacturer", scope.manufacturers, [device.manufacturer].compactMap(\.self))
        check("model", scope.models, [device.model].compactMap(\.self))
        check("compatible", scope.compatibles, device.compatible ?? [])
        check("board", scope.boards, [device.boardModel].compactMap(\.self))
        // "present" is no name: the hypervisor does not say which one it is.
        check("hypervisor", scope.hypervisors, [device.hypervisor].compactMap { $0 == "present" ? nil : $0 })
        return outcome(differences, unread, device, source: profile.citation)
    }

    private func outcome(
        _ record: AsBuiltRecord, _ device: DeviceFacts, isIdentifiedByParts: Bool
    ) -> Outcome? {
        if let id = record.device.id, id == device.id { return nil }
        var differences: [FieldDifference] = []
        var unread: [FieldDifference] = []
        if let id = record.device.id, let found = device.id {
            differences.append(FieldDifference(name: "id", expected: id, observed: found))
        }
        if let serial = record.device.serial, !placeholders.contains(serial) {
            let expected = FieldText(serial, form: .words)
            if let found = device.serial, !placeholders.contains(found) {
                if !expected.equals(FieldText(found, form: .words)) {
                    differences.append(FieldDifference(name: "serial", expected: serial, observed: found))
                }
            } else if !isIdentifiedByParts {
                unread.append(
                    FieldDifference(
                        name: "serial", expected: serial, observed: device.serial, note: "serial not attestable"))
            }
        }
        return outcome(differences, unread, device, source: record.citation)
    }

    private func outcome(
        _ differences: [FieldDifference], _ unread: [FieldDifference], _ device: DeviceFacts, source: String
    ) -> Outcome? {
        guard let decisive = (differences + unread).first else { return nil }
        let observed = [device.manufacturer, device.model, device.serial.map { "serial \($0)" }]
        return Outcome(
            differences.isEmpty ? .notVerifiable : .mismatched, .system, at: "device",
            expected: (differences + unread).map { "\($0.name) \($0.expected ?? "")" }.joined(separator: ", "),
            observed: observed.compactMap(\.self).joined(separator: " "), fields: differences + unread,
            rule: differences.isEmpty ? RuleID.notVerifiable : RuleID.wrongUnit, source: source,
            notes: ["the record speaks of another \(decisive.name), or the device does not state its own"],
            path: "/", probe: "device")
    }
}

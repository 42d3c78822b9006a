package import AssayModel

/// The cases that every signal carries beside it, so that data can be tested like code.
package struct SignalExamples: Sendable, Decodable {
    /// Parts that show it.
    package let fires: [SignalExample]
    /// Parts that look alike and do not.
    package let silent: [SignalExample]

    private enum CodingKeys: String, CodingKey, CaseIterable { case fires, silent }

    /// Reads the JSON form.
    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        fires = try values.decode([SignalExample].self, forKey: .fires)
        silent = try values.decode([SignalExample].self, forKey: .silent)
    }
}

/// One part with as much of its surroundings as a signal looks at.
package struct SignalExample: Sendable, Decodable {
    /// What the case shows, and where it comes from.
    package let note: String
    private let part: PartialComponent
    private let parent: PartialComponent?
    private let device: DeviceFacts?
    private let bios: PartialComponent?
    private let former: PartialComponent?
    private let hasFormerReport: Bool
    private let today: CalendarDay?

    /// The fields of a component that an example states.
    private struct PartialComponent: Sendable, Decodable {
        let manufacturer, model, partNumber, serial, revision, firmwareVersion, location: String?
        let ids, properties: [String: String]
        let access: Evidence.Access

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case manufacturer, model, partNumber, serial, revision, firmwareVersion, location, ids, properties, access
        }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            func text(_ key: CodingKeys) throws -> String? { try values.decodeIfPresent(String.self, forKey: key) }
            manufacturer = try text(.manufacturer)
            model = try text(.model)
            partNumber = try text(.partNumber)
            serial = try text(.serial)
            revision = try text(.revision)
            firmwareVersion = try text(.firmwareVersion)
            location = try text(.location)
            ids = try values.map(forKey: .ids)
            properties = try values.map(forKey: .properties)
            access = try values.decodeIfPresent(Evidence.Access.self, forKey: .access) ?? .direct
        }

        func component(_ componentClass: ComponentClass, at location: String) -> Component {
            Component(
                componentClass, at: self.location ?? location,
                evidence: Evidence(probe: "example", path: "/sys/example/" + location, access: access),
                manufacturer: manufacturer, model: model, partNumber: partNumber, serial: serial, revision: revision,
                firmwareVersion: firmwareVersion, ids: ids, properties: properties)
        }
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case note, part, parent, device, bios, former, firstReport, today
    }

    /// Reads the JSON form.
    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        note = try values.decode(String.self, forKey: .note)
        part = try values.decode(PartialComponent.self, forKey: .part)
        parent = try values.decodeIfPresent(PartialComponent.self, forKey: .parent)
        device = try values.decodeIfPresent(DeviceFacts.self, forKey: .device)
        bios = try values.decodeIfPresent(PartialComponent.self, forKey: .bios)
        former = try values.decodeIfPresent(PartialComponent.self, forKey: .former)
        hasFormerReport = try !(values.decodeIfPresent(Bool.self, forKey: .firstReport) ?? true) || former != nil
        today = try values.decodeIfPresent(CalendarDay.self, forKey: .today)
    }

    /// An inventory that holds the part, and the one before it where the example has one.
    package func inventories(
        of componentClass: ComponentClass
    ) -> (now: InventorySnapshot, former: InventorySnapshot?, today: CalendarDay?) {
        var subject = part.component(componentClass, at: "example/part")
        var components: [Component] = []
        if let parent {
            let above: ComponentClass = componentClass == .usb ? .usb : .pci
            components.append(parent.component(above, at: "example/parent"))
            subject.properties["parent"] = "example/parent"
        }
        let now = InventorySnapshot(
            device: device ?? DeviceFacts(), components: components + [subject],
            firmware: bios.map { [$0.component(.firmware, at: "fw/bios")] } ?? [])
        guard hasFormerReport else { return (now, nil, today) }
        let before = former.map { [$0.component(componentClass, at: "example/part")] } ?? []
        return (now, InventorySnapshot(device: device ?? DeviceFacts(), components: before), today)
    }
}

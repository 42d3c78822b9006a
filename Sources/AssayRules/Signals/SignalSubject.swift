internal import AssayModel

/// The part that a signal is asked about, with what stands around it.
struct SignalSubject: Sendable {
    /// The part.
    let part: Component
    /// The part that it hangs on, where the inventory shows it.
    let parent: Component?
    /// What the device says of itself.
    let device: DeviceFacts
    /// The firmware's own entry.
    let bios: Component?
    /// The same part in the report before.
    let former: Component?
    /// Whether there is a report before.
    let hasFormerReport: Bool
    /// The day on which the question is asked; nil when nobody said.
    let today: CalendarDay?

    /// Takes a part by itself.
    init(
        _ part: Component, parent: Component? = nil, device: DeviceFacts = DeviceFacts(), bios: Component? = nil,
        former: Component? = nil, hasFormerReport: Bool = false, today: CalendarDay? = nil
    ) {
        self.part = part
        self.parent = parent
        self.device = device
        self.bios = bios
        self.former = former
        self.hasFormerReport = hasFormerReport
        self.today = today
    }

    /// The text of a field; nil when it was not read.
    func text(_ field: SignalField) -> String? {
        switch field.scope {
        case .part: part.text(of: field)
        case .parent: parent?.text(of: field)
        case .bios: bios?.text(of: field)
        case .former: former?.text(of: field)
        case .device: device.text(of: field)
        }
    }
}

extension Component {
    /// The text of a named field, id or property.
    fileprivate func text(of field: SignalField) -> String? {
        switch field.name {
        case .manufacturer: manufacturer
        case .model: model
        case .partNumber: partNumber
        case .serial: serial
        case .revision: revision
        case .firmwareVersion: firmwareVersion
        case .location: location
        case .id(let name): ids[name]
        case .property(let name): properties[name]
        case .compatible, .uuid, .hypervisor, .architecture, .boardManufacturer, .boardModel, .sku, .family: nil
        }
    }
}

extension DeviceFacts {
    /// The text of a named field.
    fileprivate func text(of field: SignalField) -> String? {
        switch field.name {
        case .manufacturer: manufacturer
        case .model: model
        case .serial: serial
        case .revision: version
        case .uuid: uuid
        case .sku: sku
        case .family: family
        case .compatible: compatible?.joined(separator: " ")
        case .hypervisor: hypervisor
        case .architecture: architecture
        case .boardManufacturer: boardManufacturer
        case .boardModel: boardModel
        case .partNumber, .firmwareVersion, .location, .id, .property: nil
        }
    }
}

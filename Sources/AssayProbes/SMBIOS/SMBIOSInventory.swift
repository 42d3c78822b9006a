internal import AssayBytes
internal import AssayModel

/// Puts together what the SMBIOS probe reports.
struct SMBIOSInventory {
    private let path: String
    private var output = ProbeOutput()
    private var locations = SMBIOSLocations()
    private var tableDigest: ContentDigest?
    private var isVirtual = false
    private var hasBoard = false
    private var hasMainBoard = false

    /// An inventory of the structures read from `path`.
    init(path: String) { self.path = path }

    /// Adds the structures of a table.
    mutating func add(_ source: SMBIOSSource) {
        output.gaps += source.gaps
        tableDigest = source.digest
        let records = source.structures.map { SMBIOSRecord($0, version: source.version ?? .assumed) }
        noteBadStrings(of: records)
        let parts = records.compactMap { record in SMBIOSPart.byType[record.structure.type].map { ($0, record) } }
        let places = locations.assign(parts.map { .init(place: $0.place, attributes: $1.attributes) })
        for (index, (part, record)) in parts.enumerated() {
            let builder = SMBIOSComponent(record, part: part, evidence: evidence(path))
            append(builder.component, at: places[index], type: record.structure.type, attributes: record.attributes)
        }
        for record in records where Self.isKept(record.structure.type) { addUninterpreted(record.structure) }
        describeTable(source, records)
    }

    /// Adds what the kernel's strings tell of the types that the table does not have.
    mutating func add(_ identity: DMIIdentity, except types: Set<UInt8>) {
        output.gaps += identity.gaps
        for (type, attributes) in identity.attributes.sorted(by: { $0.key < $1.key }) where !types.contains(type) {
            guard let part = SMBIOSPart.byType[type] else { continue }
            let builder = SMBIOSComponent(attributes, part: part, evidence: evidence(identity.path))
            let place = locations.assign([.init(place: part.place, attributes: attributes)])
            append(builder.component, at: place.first ?? "", type: type, attributes: attributes)
        }
    }

    /// The probe's output.
    mutating func finish() -> ProbeOutput {
        if let tableDigest {
            if !output.components.contains(where: { $0.location == "system" }) {
                output.components.append(Component(.system, at: "system", evidence: evidence(path)))
            }
            for index in output.components.indices where output.components[index].location == "system" {
                output.components[index].digests["smbiosTable"] = tableDigest
            }
        }
        if isVirtual {
            for index in output.components.indices { output.components[index].evidence.access = .virtual }
            for index in output.firmware.indices { output.firmware[index].evidence.access = .virtual }
        }
        output.sort()
        return output
    }

    private func evidence(_ path: String) -> Evidence {
        Evidence(probe: SMBIOSProbe.descriptor.id, path: path, access: .reported)
    }

    private mutating func append(
        _ component: Component, at location: String, type: UInt8, attributes: [SMBIOSAttribute]
    ) {
        var component = component
        component.location = location
        switch type {
        case 0:
            addController(besides: component, attributes)
            let features = attributes.first { $0.name == "Characteristics" }?.items ?? []
            if features.contains(SMBIOSRecord.virtualMachine) { isVirtual = true }
            output.firmware.append(component)
            return
        case 45:
            output.firmware.append(component)
            return
        case 1: describeSystem(component)
        case 2: describeBoard(component)
        default: break
        }
        output.components.append(component)
    }

    /// The embedded controller's firmware, of which type 0 knows the release.
    private mutating func addController(besides firmware: Component, _ attributes: [SMBIOSAttribute]) {
        guard let release = attributes.first(where: { $0.name == "Firmware Revision" })?.value else { return }
        let place = locations.assign([.init(place: .single("fw/ec"), attributes: [])])
        output.firmware.append(
            Component(.firmware, at: place.first ?? "", evidence: firmware.evidence, firmwareVersion: release))
    }

    private mutating func describeSystem(_ component: Component) {
        guard component.location == "system" else { return }
        output.device.manufacturer = component.manufacturer
        output.device.model = component.model
        output.device.version = component.revision
        output.device.serial = component.serial
        output.device.uuid = component.properties["uuid"]
        output.device.sku = component.properties["sku"]
        output.device.family = component.properties["family"]
        output.device.hypervisor = VirtualHardware.owner([
            .systemManufacturer: component.manufacturer, .systemModel: component.model,
        ])
        if output.device.hypervisor != nil { isVirtual = true }
    }

    /// The first main board speaks for the device, the first board of any kind where none calls itself that.
    private mutating func describeBoard(_ component: Component) {
        let isMain = component.properties["type"] == "Motherboard"
        guard !hasBoard || isMain && !hasMainBoard else { return }
        hasBoard = true
        hasMainBoard = isMain
        output.device.boardManufacturer = component.manufacturer
        output.device.boardModel = component.model
    }

    /// Everything that is no part: inactive structures, the vendor's own, and types that are not interpreted.
    private static func isKept(_ type: UInt8) -> Bool { SMBIOSPart.byType[type] == nil && type != 127 }

    private mutating func addUninterpreted(_ structure: SMBIOSStructure) {
        let number = String("00\(structure.type)".suffix(3))
        let place = SMBIOSPart.Place.single("smbios/type\(number)/\(structure.handleText)")
        output.components.append(
            Component(
                .vendorSpecific, at: locations.assign([.init(place: place, attributes: [])]).first ?? "",
                evidence: evidence(path), digests: structure.stableDigest.map { ["structure": $0] } ?? [:],
                properties: [
                    "smbios.handle": structure.handleText, "smbios.type": "\(structure.type)",
                    "length": "\(structure.formatted.count)",
                ]))
    }

    /// Says on the system what the table is as a whole.
    private mutating func describeTable(_ source: SMBIOSSource, _ records: [SMBIOSRecord]) {
        guard let index = output.components.firstIndex(where: { $0.location == "system" }) else { return }
        let others = records.map(\.structure.type).filter {
            Self.isKept($0) && $0 < 126
        }
        output.components[index].properties["smbios.version"] = source.version?.description
        if source.version == nil {
            output.components[index].properties["smbios.assumedVersion"] = SMBIOSVersion.assumed.description
        }
        if !others.isEmpty {
            let numbers = Set(others).sorted().map { "\($0)" }.joined(separator: " ")
            output.components[index].properties["smbios.uninterpretedTypes"] = numbers
        }
    }

    private mutating func noteBadStrings(of records: [SMBIOSRecord]) {
        for record in records where !record.badStrings.isEmpty {
            let fields = record.badStrings.map { "\"\($0)\"" }.joined(separator: ", ")
            noteMalformed(
                "type \(record.structure.type) handle \(record.structure.handleText): "
                    + "string number past the end of the string set in \(fields)")
        }
    }

    private mutating func noteMalformed(_ detail: String) {
        output.gaps.append(
            Gap(probe: SMBIOSProbe.descriptor.id, path: path, kind: .malformed, detail: detail))
    }
}

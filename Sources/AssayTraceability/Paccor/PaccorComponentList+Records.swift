package import AssayModel

extension PaccorComponentList {
    /// The list as a record of the unit.
    package func record() throws(RecordFailure) -> AsBuiltRecord {
        var record = AsBuiltRecord(
            device: try platform.unit("PLATFORM.PLATFORMSERIAL"),
            components: components.map { TranslatedComponent($0).built($0) })
        for property in properties { record.properties[property.name] = property.value }
        record.references = [("components", componentsURI), ("properties", propertiesURI)]
            .compactMap { name, reference in reference.map { RecordReference(name: name, $0) } }
        record.source = Self.provenance
        return record
    }

    /// The list as a change of the unit; the form does not say which record it amends, hence that of the unit.
    package func delta() throws(RecordFailure) -> RecordDelta {
        let unit = try platform.unit("PLATFORM.PLATFORMSERIAL")
        var changes: [ComponentChange] = []
        for (index, component) in components.enumerated() {
            guard let status = component.status else {
                throw RecordFailure(
                    .invalid, field: "COMPONENTS[\(index)].STATUS",
                    detail: "is required, since other components have it")
            }
            changes.append(ComponentChange(status, TranslatedComponent(component).built(component)))
        }
        var delta = RecordDelta(device: unit, amends: .init(serial: unit.serial), changes: changes)
        delta.source = Self.provenance
        return delta
    }

    private static var provenance: RecordProvenance {
        var source = RecordProvenance(origin: "imported")
        source.form = "paccor"
        return source
    }

    /// The list as what was seen on a device: firmware, parts, and what the device says of itself.
    ///
    /// - Parameter path: name of the list, for the evidence of its parts.
    package func inventory(path: String) -> InventorySnapshot {
        var inventory = InventorySnapshot()
        inventory.device.manufacturer = platform.manufacturer
        inventory.device.model = platform.model
        inventory.device.version = platform.version
        inventory.device.serial = platform.serial
        var firmwareCount = 0
        for (index, component) in components.enumerated() {
            let translated = TranslatedComponent(component)
            let evidence = Evidence(
                probe: "paccor/components", path: "\(path)#COMPONENTS[\(index)]", access: .reported)
            if translated.componentClass == .firmware {
                let place = firmwareCount == 0 ? "fw/bios" : "fw/paccor/\(index)"
                inventory.firmware.append(translated.found(component, at: place, evidence: evidence))
                firmwareCount += 1
            } else {
                inventory.components.append(
                    translated.found(component, at: "paccor/\(index)", evidence: evidence))
            }
        }
        return inventory
    }
}

extension PlatformCertificate.Platform {
    /// The unit that the platform's names mean; `field` is where its serial number should stand.
    func unit(_ field: String) throws(RecordFailure) -> AsBuiltRecord.Unit {
        guard let serial, !serial.allSatisfy(\.isWhitespace) else {
            throw RecordFailure(
                .invalid, field: field, detail: "is required: without it nobody knows which unit is meant")
        }
        var unit = AsBuiltRecord.Unit(serial: serial, manufacturer: manufacturer, model: model)
        unit.revision = version.flatMap { $0.lowercased() == "not specified" ? nil : $0 }
        return unit
    }
}

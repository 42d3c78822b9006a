package import AssayModel

extension TranslatedComponent {
    /// The permanent address that a scan shows of a network adapter.
    private var permanentAddress: String? { addresses.first { $0.isWellFormed }?.value }

    /// The part as a record states it.
    package func built(_ source: PlatformComponent) -> BuiltComponent {
        var part = PartDescription(
            manufacturer: manufacturer, model: model, partNumber: partNumber, serial: serial, revision: revision,
            firmwareVersion: firmwareVersion.map { VersionRequirement(versions: [$0]) },
            ids: ids.mapValues { AcceptedValues($0) })
        if componentClass == .network, let permanentAddress {
            part.properties["permanentAddress"] = AcceptedValues(permanentAddress)
        }
        var built = BuiltComponent(componentClass, part: part, origin: source.countryOfOrigin)
        built.designator = source.location
        built.manufacturerID = source.manufacturerID
        built.fieldReplaceable = source.fieldReplaceable
        built.addresses = addresses
        if source.registry != nil || source.classValue != nil || !texts.isEmpty {
            built.registryEntry = RegistryEntry(
                registry: source.registry ?? "", value: source.classValue?.lowercased() ?? "", texts: texts)
        }
        return built
    }

    /// The part as an inventory shows it.
    package func found(_ source: PlatformComponent, at location: String, evidence: Evidence) -> Component {
        var component = Component(componentClass, at: location, evidence: evidence)
        component.manufacturer = manufacturer
        component.model = model
        component.partNumber = partNumber
        component.serial = serial
        component.revision = revision
        component.firmwareVersion = firmwareVersion
        component.ids = ids
        component.properties["permanentAddress"] = permanentAddress
        component.properties["manufacturerID"] = source.manufacturerID
        component.properties["fieldReplaceable"] = source.fieldReplaceable.map { $0 ? "true" : "false" }
        for (name, text) in texts { component.properties["raw.\(name.lowercased())"] = text }
        return component
    }
}

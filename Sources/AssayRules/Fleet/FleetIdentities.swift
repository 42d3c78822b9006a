package import AssayModel

/// Finds in an inventory what should occur in one device alone.
///
/// Placeholders never count, nor what a bridge, a reader or a hypervisor says in the name of a part.
package struct FleetIdentities: Sendable {
    /// Classes whose serial numbers name parts that can be separated from the machine.
    ///
    /// Enclosures and sensors are left out: their numbers repeat those of the machine.
    static let classes: Set<ComponentClass> = [
        .memory, .storage, .usb, .battery, .powerSupply, .baseboard, .managementController, .tpm,
    ]
    /// Most identities of one device; a machine has some dozens, a hostile report would have the index grow.
    package static let limit = 1024
    private static let textLimit = 256

    private let placeholders: PlaceholderList

    /// Leaves out what `placeholders` lists.
    package init(placeholders: PlaceholderList = .standard) { self.placeholders = placeholders }

    /// The identities of a device, each once, in the order of their keys.
    package func identities(of inventory: InventorySnapshot) -> [FleetIdentity] {
        var found: [String: FleetIdentity] = [:]
        let components = inventory.components.sorted {
            ($0.location, $0.evidence.probe) < ($1.location, $1.evidence.probe)
        }
        let parts = components.flatMap { [part($0), address($0), endorsementKey($0)] }
        for identity in (machine(inventory.device) + parts).compactMap(\.self) where found[identity.key] == nil {
            found[identity.key] = identity
        }
        return Array(found.values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.prefix(Self.limit))
    }

    /// A serial number or an address as operators write it, in the form of the index.
    package static func fold(serial text: String) -> String {
        let address = NetworkAddress(.other, text)
        return address.isWellFormed && text.contains(where: { ":-.".contains($0) })
            ? address.value : bounded(FieldText.foldWords(text))
    }

    private func machine(_ facts: DeviceFacts) -> [FleetIdentity?] {
        let name = [facts.manufacturer, facts.model].map { $0 ?? "" }
        let serial = stated(facts.serial).map { serial in
            FleetIdentity(
                .machineSerial, value: Self.value(name + [serial]), componentClass: .system,
                serial: Self.fold(serial: serial),
                label: Self.label("machine \(name.joined(separator: " ")) \(serial)"),
                location: "device")
        }
        let uuid = stated(facts.uuid).map { uuid in
            FleetIdentity(
                .machineUUID, value: Self.value([uuid]), componentClass: .system, serial: Self.fold(serial: uuid),
                label: Self.label("machine with the UUID \(uuid)"), location: "device")
        }
        return [serial, uuid]
    }

    private func part(_ component: Component) -> FleetIdentity? {
        guard Self.classes.contains(component.componentClass), speaksForItself(component),
            let serial = stated(component.serial)
        else { return nil }
        return FleetIdentity(
            .part, value: Self.value([component.componentClass.rawValue] + product(component) + [serial]),
            componentClass: component.componentClass, serial: Self.fold(serial: serial),
            label: Self.label("\(component.componentClass.rawValue) \(component.summary)"),
            location: Self.bounded(component.location))
    }

    /// Maker and product in words that stay the same from one machine to the next.
    ///
    /// Firmware writes the maker of a memory module as it likes, so that a part number stands for both.
    private func product(_ component: Component) -> [String] {
        if component.componentClass == .memory, let number = stated(component.partNumber) { return [number] }
        return [
            component.ids["vendor"] ?? component.manufacturer ?? "",
            component.partNumber ?? component.model ?? component.ids["device"] ?? "",
        ]
    }

    /// The address that an interface was made with; one that software chose names nothing.
    private func address(_ component: Component) -> FleetIdentity? {
        guard component.componentClass == .network, speaksForItself(component),
            component.properties["virtualFunctionOf"] == nil, let text = component.properties["permanentAddress"],
            let first = Hexadecimal.firstOctet(of: text), first & 0b11 == 0, stated(text) != nil
        else { return nil }
        let address = NetworkAddress(.other, text)
        guard address.isWellFormed else { return nil }
        return FleetIdentity(
            .address, value: address.value, componentClass: .network, serial: address.value,
            label: Self.label("network interface \(component.summary) with the address \(address.value)"),
            location: Self.bounded(component.location))
    }

    private func endorsementKey(_ component: Component) -> FleetIdentity? {
        guard component.componentClass == .tpm, speaksForItself(component),
            let digest = component.digests["endorsementKey"]
        else { return nil }
        return FleetIdentity(
            .endorsementKey, value: digest.description, componentClass: .tpm, serial: digest.description,
            label: Self.label("TPM \(component.summary) with the endorsement key \(digest)"),
            location: Self.bounded(component.location))
    }

    private func speaksForItself(_ component: Component) -> Bool {
        component.isPresent && component.viewOf == nil
            && component.evidence.access.weakness <= Evidence.Access.reported.weakness
    }

    private func stated(_ text: String?) -> String? {
        text.flatMap { placeholders.contains($0) ? nil : $0 }
    }

    private static func value(_ words: [String]) -> String {
        bounded(words.map { FieldText.foldWords($0) }.joined(separator: "\u{1f}"))
    }

    /// Text that is longer than any serial number is named by its digest.
    private static func bounded(_ text: String) -> String {
        text.utf8.count <= textLimit ? text : ContentDigest.sha256(of: text.utf8).description
    }

    private static func label(_ text: String) -> String {
        text.utf8.count <= textLimit ? text : String(text.prefix(textLimit / 4)) + "…"
    }

    /// The flags of a link-layer address stand in its first octet (IEEE 802, 8.2.2).
    private enum Hexadecimal {
        static func firstOctet(of text: String) -> UInt8? {
            UInt8(text.prefix { $0 != ":" }, radix: 16)
        }
    }
}

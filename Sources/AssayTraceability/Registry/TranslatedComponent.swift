internal import AssayBytes
package import AssayModel

/// A component of a platform certificate or a paccor list in the words of an inventory.
///
/// The registries say which text of a part stands in which field; a scan shows the same texts in fields of their own
/// name. Both sides of a comparison go through here, so that a list collected by paccor compares with a scan.
package struct TranslatedComponent: Sendable, Hashable {
    /// Kind of part.
    package private(set) var componentClass: ComponentClass
    package private(set) var manufacturer: String?
    package private(set) var model: String?
    package private(set) var partNumber: String?
    package private(set) var serial: String?
    package private(set) var revision: String?
    package private(set) var firmwareVersion: String?
    package private(set) var ids: [String: String] = [:]
    package private(set) var addresses: [NetworkAddress]
    /// Texts of the form that stand nowhere else.
    package private(set) var texts: [String: String] = [:]

    private let source: PlatformComponent

    /// Translates `component`.
    package init(_ component: PlatformComponent) {
        source = component
        componentClass = ComponentRegistry.componentClass(registry: component.registry, value: component.classValue)
        manufacturer = component.manufacturer
        model = component.model
        partNumber = component.partNumber
        serial = component.serial.flatMap(Self.unlessBlank)
        revision = component.revision
        addresses = component.addresses.map { NetworkAddress(Self.kinds[$0.type] ?? .other, $0.value) }
        translate()
        keepTexts()
    }

    private static let kinds: [String: NetworkAddress.Kind] = [
        "2.23.133.17.1": .ethernet, "2.23.133.17.2": .wlan, "2.23.133.17.3": .bluetooth,
    ]

    /// What the registries' reference tools write for a text that is not there.
    private static let nothing: Set<String> = ["not specified", "unknown", "n/a"]

    private static func unlessBlank(_ text: String) -> String? { text.allSatisfy(\.isWhitespace) ? nil : text }

    private static func stated(_ text: String?) -> String? {
        guard let text = text.flatMap(unlessBlank) else { return nil }
        let key = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return nothing.contains(key) ? nil : text
    }

    private mutating func translate() {
        switch (source.registry, componentClass) {
        case (ComponentRegistry.pcie, _): translatePCI()
        case (ComponentRegistry.storage, _): translateStorage()
        // SMBIOS 7.5: the family stands in MODEL, the version, which names the model, in REVISION.
        case (_, .processor): (model, revision) = (revision, nil)
        // SMBIOS 7.18: the part number stands in MODEL, the asset tag in REVISION.
        case (_, .memory): (partNumber, model, revision) = (partNumber ?? model, nil, nil)
        // SMBIOS 7.4: the kind of chassis stands in MODEL.
        case (_, .chassis): model = nil
        // SMBIOS 7.1: the SMBIOS registry has the version in MODEL and the release number in REVISION.
        case (ComponentRegistry.smbios, .firmware): (firmwareVersion, model, revision) = (model, nil, nil)
        case (_, .firmware): (firmwareVersion, model, revision) = (revision, nil, nil)
        case (ComponentRegistry.tcg, .storage): (firmwareVersion, revision) = (revision, nil)
        case (ComponentRegistry.tcg, .network): translateNetwork()
        default: break
        }
        manufacturer = Self.stated(manufacturer)
        model = Self.stated(model)
        partNumber = Self.stated(partNumber)
        revision = Self.stated(revision)
        firmwareVersion = Self.stated(firmwareVersion)
    }

    /// TCG PCIe registry: `VENDOR:SUBVENDOR:MN`, `DEVICE:SUBSYSTEM:PN`, `DSN:SN`; the class without the interface of the
    /// registry's leading octet.
    private mutating func translatePCI() {
        let maker = Self.parts(source.manufacturer)
        let product = Self.parts(source.model)
        guard let vendor = Self.number(maker, 0), let device = Self.number(product, 0) else { return }
        ids["vendor"] = vendor
        ids["device"] = device
        ids["subsystemVendor"] = Self.number(maker, 1)
        ids["subsystemDevice"] = Self.number(product, 1)
        ids["class"] = source.classValue.map { String($0.lowercased().dropFirst(2)) }
        manufacturer = maker.dropFirst(2).first
        model = nil
        partNumber = product.dropFirst(2).first
        revision = revision?.lowercased()
        let numbers = Self.parts(source.serial)
        serial = numbers.dropFirst().first.flatMap(Self.unlessBlank) ?? numbers.first.flatMap(Self.deviceSerialNumber)
    }

    /// The capability's octets are written in the order of the configuration space, the least significant one first; a
    /// scan shows the number as the standard does, the other way round.
    private static func deviceSerialNumber(_ text: String) -> String? {
        guard let octets = Hex.bytes(text), octets.count == 8 else { return nil }
        return octets.reversed().map { Hex.string(CollectionOfOne($0)) }.joined(separator: "-")
    }

    /// TCG storage registry, NVMe: `VID:SSVID:OUI`, the model, `EUI:SN:NQN`, `VERSION:FIRMWARE`.
    private mutating func translateStorage() {
        guard source.classValue?.hasPrefix("02") == true else {
            (firmwareVersion, revision) = (revision, nil)
            return
        }
        let maker = Self.parts(source.manufacturer)
        if let vendor = Self.number(maker, 0) {
            ids["vendor"] = vendor
            ids["subsystemVendor"] = Self.number(maker, 1)
            manufacturer = nil
        }
        let numbers = Self.parts(source.serial)
        if numbers.count > 1 { serial = Self.unlessBlank(numbers[1]) }
        let revisions = Self.parts(source.revision)
        guard revisions.count > 1 else { return }
        (firmwareVersion, revision) = (Self.firmware(revisions[1]), nil)
    }

    /// The firmware revision is eight characters; where tools wrote their codes, the characters are meant.
    private static func firmware(_ text: String) -> String {
        guard text.utf8.count == 16, let bytes = Hex.bytes(text), bytes.allSatisfy({ (0x20...0x7e).contains($0) })
        else { return text }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The reference script puts the address into SERIAL.
    private mutating func translateNetwork() {
        guard let text = serial else { return }
        let address = NetworkAddress(source.classValue?.hasSuffix("0003") == true ? .wlan : .ethernet, text)
        guard address.isWellFormed else { return }
        serial = nil
        if !addresses.contains(where: { $0.value == address.value }) { addresses.append(address) }
    }

    private static func parts(_ text: String?) -> [String] {
        (text ?? "").split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    }

    private static func number(_ parts: [String], _ index: Int) -> String? {
        guard index < parts.count, parts[index].utf8.count == 4, Hex.bytes(parts[index]) != nil else { return nil }
        return parts[index].lowercased()
    }

    private mutating func keepTexts() {
        let pairs = [
            ("MANUFACTURER", source.manufacturer, manufacturer), ("MODEL", source.model, model),
            ("SERIAL", source.serial, serial), ("REVISION", source.revision, revision),
        ]
        for (name, written, used) in pairs where written != used { texts[name] = written }
    }
}

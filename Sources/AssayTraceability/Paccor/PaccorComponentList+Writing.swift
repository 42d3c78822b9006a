internal import AssayBytes
package import AssayModel

extension PaccorComponentList {
    /// The list that says what a record says; parts without an entry of a registry get one of the SMBIOS registry.
    package init(_ record: AsBuiltRecord) {
        platform.manufacturer = record.device.manufacturer
        platform.model = record.device.model
        platform.version = record.device.revision
        platform.serial = record.device.serial
        components = record.components.map(PlatformComponent.init)
        properties = record.properties.sorted { $0.key < $1.key }.map {
            PlatformProperty(name: $0.key, value: $0.value)
        }
        for reference in record.references {
            let uri = URIReference(reference.uri, hashAlgorithm: reference.hashAlgorithm, hash: reference.hash)
            if reference.name == "components" { componentsURI = uri }
            if reference.name == "properties" { propertiesURI = uri }
        }
    }

    /// The JSON form with long names.
    package func json() throws -> [UInt8] {
        var values: [String: JSONTree] = [
            "PLATFORM": .fields([
                ("PLATFORMMANUFACTURERSTR", platform.manufacturer), ("PLATFORMMODEL", platform.model),
                ("PLATFORMVERSION", platform.version ?? "Not Specified"), ("PLATFORMSERIAL", platform.serial),
                ("PLATFORMMANUFACTURERID", platform.manufacturerID),
            ]),
            "COMPONENTS": .list(components.map(\.paccorTree)),
            "PROPERTIES": .list(
                properties.map {
                    .fields([("PROPERTYNAME", $0.name), ("PROPERTYVALUE", $0.value), ("STATUS", $0.status?.paccorName)])
                }),
        ]
        values["COMPONENTSURI"] = componentsURI.map(\.paccorTree)
        values["PROPERTIESURI"] = propertiesURI.map(\.paccorTree)
        return try CanonicalJSON.encodeForPeople(JSONTree.object(values))
    }
}

extension PlatformComponent {
    /// The component that a record's part came from, or the closest one.
    init(_ built: BuiltComponent) {
        self.init()
        let part = built.part
        let texts = built.registryEntry?.texts ?? [:]
        registry = built.registryEntry.map(\.registry).flatMap(\.orNil) ?? ComponentRegistry.smbios
        classValue = built.registryEntry.map(\.value).flatMap(\.orNil) ?? Self.smbiosClass(built.componentClass)
        if built.registryEntry?.registry.isEmpty == true { (registry, classValue) = (nil, nil) }
        var (ownModel, ownRevision) = (part.model, part.revision)
        switch built.componentClass {
        case .processor: (ownModel, ownRevision) = (nil, part.model)
        case .memory: ownModel = part.partNumber ?? part.model
        case .firmware: (ownModel, ownRevision) = (part.firmwareVersion?.versions.first ?? part.model, nil)
        default: ownModel = part.model ?? part.partNumber
        }
        manufacturer = texts["MANUFACTURER"] ?? part.manufacturer
        model = texts["MODEL"] ?? ownModel
        serial = texts["SERIAL"] ?? part.serial
        revision = texts["REVISION"] ?? ownRevision
        manufacturerID = built.manufacturerID
        fieldReplaceable = built.fieldReplaceable
        for address in built.addresses {
            guard let type = Self.addressTypes[address.kind] else { continue }
            addresses.append(Address(type: type, value: address.value))
        }
    }

    private static let addressTypes: [NetworkAddress.Kind: String] = [
        .ethernet: "2.23.133.17.1", .wlan: "2.23.133.17.2", .bluetooth: "2.23.133.17.3",
    ]
    private static let addressNames = [
        "2.23.133.17.1": "ETHERNETMAC", "2.23.133.17.2": "WLANMAC", "2.23.133.17.3": "BLUETOOTHMAC",
    ]

    /// A class of the SMBIOS registry, kind unknown where there are kinds.
    private static func smbiosClass(_ componentClass: ComponentClass) -> String? {
        let entries = ComponentRegistry.classes[ComponentRegistry.smbios] ?? [:]
        return entries.filter { $0.value == componentClass }.keys.min().map { $0 + "0002" }
    }

    fileprivate var paccorTree: JSONTree {
        guard
            case .object(var values) = JSONTree.fields([
                ("MANUFACTURER", manufacturer ?? "Not Specified"), ("MODEL", model ?? "Not Specified"),
                ("SERIAL", serial),
                ("REVISION", revision), ("MANUFACTURERID", manufacturerID),
                ("FIELDREPLACEABLE", fieldReplaceable.map { $0 ? "true" : "false" }), ("STATUS", status?.paccorName),
            ])
        else { return .null }
        if let registry, let classValue {
            values["COMPONENTCLASS"] = .fields([
                ("COMPONENTCLASSREGISTRY", registry), ("COMPONENTCLASSVALUE", classValue.uppercased()),
            ])
        }
        if !addresses.isEmpty {
            values["ADDRESSES"] = .list(
                addresses.map { .fields([(Self.addressNames[$0.type] ?? "ETHERNETMAC", $0.value)]) })
        }
        return .object(values)
    }
}

extension URIReference {
    fileprivate var paccorTree: JSONTree {
        .fields([
            ("UNIFORMRESOURCEIDENTIFIER", uri), ("HASHALGORITHM", hashAlgorithm),
            ("HASHVALUE", hash.map { digits in Hex.bytes(digits).map { Base64Text.encode($0) } ?? digits }),
        ])
    }
}

extension ComponentChange.Status {
    fileprivate var paccorName: String { rawValue.uppercased() }
}

extension JSONTree {
    /// An object of texts; those that are nil are left out.
    fileprivate static func fields(_ pairs: [(String, String?)]) -> JSONTree {
        var values: [String: JSONTree] = [:]
        for (name, value) in pairs { values[name] = value.map { .text($0) } }
        return .object(values)
    }
}

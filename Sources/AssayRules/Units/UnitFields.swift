internal import AssayModel

/// The fields that name one unit or one part, and differ between units of one model that are otherwise equal.
///
/// Rules compare them for equality, ask whether they are placeholders and show them; signals may look into them. A rule
/// that does more with one of them must not find it here.
enum UnitFields {
    /// Numeric identities, without regard to letter case.
    private static let ids: Set<String> = [
        "mac", "permanentaddress", "serial", "serialnumber", "deviceserialnumber", "uuid", "wwn", "wwid", "eui64",
        "nguid", "cid", "dsn",
    ]
    /// Properties by the last word of their name: `raw.serial`, `namespace.1.eui`.
    private static let properties: Set<String> = [
        "permanentAddress", "address", "deviceSerialNumber", "serial", "uuid", "containerId", "cid", "eui", "nguid",
        "wwid", "assetTag", "subsystemNQN",
    ]
    /// Digests of bytes that hold a serial number.
    private static let digests: Set<String> = [
        "structure", "smbiosTable", "spd", "edid", "identify", "endorsementKey", "eventLog",
    ]

    static func holdsID(_ name: String) -> Bool { ids.contains(name.lowercased()) }

    static func holdsProperty(_ name: String) -> Bool {
        properties.contains(name.split(separator: ".").last.map(String.init) ?? name)
    }

    static func holdsDigest(_ name: String) -> Bool { digests.contains(name) }
}

extension HardwareProfile {
    /// Whether the profile states values of such fields, or orders them, instead of leaving them to the record.
    ///
    /// What is then true of one unit says nothing of the next.
    package var looksIntoUnits: Bool {
        let parts = components.flatMap { [$0.part] + $0.alternates.map(\.part) }
        let orders = classes.values.contains { policy in
            policy.fields.contains { name, rule in
                rule == .minimum
                    && ["serial", "addresses", "ids", "digests", "properties"].contains { name.hasPrefix($0) }
            }
        }
        // An image that is named by its digest may be held against the digests of a part at the same place.
        let comparesDigests = firmware.contains { !$0.digests.isEmpty && !$0.location.hasPrefix("fw/") }
        return orders || comparesDigests || parts.contains(where: \.namesUnit)
    }
}

extension PartDescription {
    /// Whether a field that names one part is stated.
    fileprivate var namesUnit: Bool {
        serial != nil || ids.keys.contains(where: UnitFields.holdsID)
            || properties.keys.contains(where: UnitFields.holdsProperty)
            || digests.keys.contains(where: UnitFields.holdsDigest)
    }
}

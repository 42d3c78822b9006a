internal import AssayModel

/// A field that a column fills, with the table of all of them.
struct RowField: Sendable, Hashable {
    /// Name as a column map spells it: `device.serial`, `partNumber`, `ids.vendor`.
    let name: String

    /// Whether the field speaks of the unit, so that all of its rows must agree.
    var isOfUnit: Bool {
        Self.unitFields.contains(name) || name.hasPrefix("certifications.") || name.hasPrefix("delta.")
    }

    /// Whether the field speaks of a change of the unit, of which there may be several.
    var isOfDelta: Bool { name.hasPrefix("delta.") }

    /// A field by its exact name; nil when there is none.
    init?(_ name: String) {
        guard Self.unitFields.contains(name) || Self.partFields.contains(name) || Self.isOfGroup(name) else {
            return nil
        }
        self.name = name
    }

    /// The field that a header means without a map: its name, or one of the usual ones, whatever blanks and case.
    init?(usual header: String) {
        if let field = RowField(header) {
            self = field
            return
        }
        let key = Self.key(header)
        if let name = Self.usual[key] {
            self.name = name
            return
        }
        guard let name = (Self.unitFields + Self.partFields).first(where: { Self.key($0) == key }) else { return nil }
        self.name = name
    }

    static let unitFields = [
        "device.serial", "device.id", "device.manufacturer", "device.model", "device.revision", "profile", "factory",
        "line", "station", "operator", "builtAt", "traceabilityLevel", "delta.id", "delta.kind", "delta.changedAt",
        "delta.site", "delta.reason",
    ]

    static let partFields = [
        "class", "location", "designator", "manufacturer", "model", "partNumber", "serial", "revision",
        "firmwareVersion", "lot", "dateCode", "supplier", "supplierTier", "origin", "manufacturerID",
        "fieldReplaceable", "evidenceDocument", "partTraceabilityLevel", "quantity", "status", "address.ethernet",
        "address.wlan", "address.bluetooth",
    ]

    private static let groups = ["ids.", "digests.", "properties.", "certifications.", "identityDigests.", "registry."]

    private static func isOfGroup(_ name: String) -> Bool {
        groups.contains { name.hasPrefix($0) && name.utf8.count > $0.utf8.count }
    }

    /// Names that factories give these columns.
    private static let usual = [
        "unitserial": "device.serial", "unitserialnumber": "device.serial", "unitsn": "device.serial",
        "deviceserialnumber": "device.serial", "unit": "device.serial", "unitid": "device.id",
        "unitmanufacturer": "device.manufacturer", "unitmaker": "device.manufacturer", "unitmodel": "device.model",
        "product": "device.model", "unitrevision": "device.revision", "site": "factory", "plant": "factory",
        "buildtime": "builtAt", "builddate": "builtAt", "built": "builtAt", "componentclass": "class", "type": "class",
        "slot": "location", "refdes": "designator", "referencedesignator": "designator", "maker": "manufacturer",
        "mfr": "manufacturer", "componentmanufacturer": "manufacturer", "componentmodel": "model", "mpn": "partNumber",
        "manufacturerpartnumber": "partNumber", "pn": "partNumber", "sn": "serial", "serialnumber": "serial",
        "componentserial": "serial", "partserial": "serial", "rev": "revision", "firmware": "firmwareVersion",
        "fw": "firmwareVersion", "lotnumber": "lot", "lotcode": "lot", "batch": "lot", "dc": "dateCode",
        "vendor": "supplier", "tier": "supplierTier", "country": "origin", "countryoforigin": "origin",
        "coo": "origin", "mac": "address.ethernet", "macaddress": "address.ethernet",
        "ethernetmac": "address.ethernet", "wlanmac": "address.wlan", "bluetoothmac": "address.bluetooth",
        "qty": "quantity", "change": "status", "evidence": "evidenceDocument", "ipc1782": "partTraceabilityLevel",
        "reason": "delta.reason", "kind": "delta.kind", "changedat": "delta.changedAt",
    ]

    /// Letters and digits in lower case.
    static func key(_ header: String) -> String {
        String(
            String.UnicodeScalarView(
                header.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) }))
    }
}

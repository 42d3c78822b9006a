/// A field that a signal looks at: `ids.vendor`, `parent.properties.deviceSerialNumber`, `device.model`.
package struct SignalField: Sendable, Hashable, Decodable, CustomStringConvertible {
    /// Whose field it is.
    enum Scope: String, Sendable, CaseIterable {
        case part, parent, device, bios, former
    }

    /// Which field it is.
    enum Name: Sendable, Hashable {
        case manufacturer, model, partNumber, serial, revision, firmwareVersion, location
        case compatible, uuid, hypervisor, architecture, boardManufacturer, boardModel, sku, family
        case id(String)
        case property(String)
    }

    /// Whose field it is.
    let scope: Scope
    /// Which field it is.
    let name: Name
    /// The field as written.
    package let description: String

    /// Reads the text form; nil for a field that no part and no device has.
    package init?(_ text: String) {
        description = text
        var rest = text[...]
        var scope = Scope.part
        for candidate in Scope.allCases where candidate != .part && rest.hasPrefix(candidate.rawValue + ".") {
            scope = candidate
            rest = rest.dropFirst(candidate.rawValue.count + 1)
            break
        }
        self.scope = scope
        if rest.hasPrefix("ids."), rest.count > 4 {
            name = .id(String(rest.dropFirst(4)))
        } else if rest.hasPrefix("properties."), rest.count > 11 {
            name = .property(String(rest.dropFirst(11)))
        } else if let known = Self.plain[String(rest)] {
            name = known
        } else {
            return nil
        }
    }

    /// Reads the text form.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let field = SignalField(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "is not a field of a part or device")
        }
        self = field
    }

    /// Whether the field holds a hexadecimal number without a prefix.
    var isHexadecimal: Bool {
        if case .id = name { return true }
        return false
    }

    private static let plain: [String: Name] = [
        "manufacturer": .manufacturer, "model": .model, "partNumber": .partNumber, "serial": .serial,
        "revision": .revision, "firmwareVersion": .firmwareVersion, "location": .location, "compatible": .compatible,
        "uuid": .uuid, "hypervisor": .hypervisor, "architecture": .architecture,
        "boardManufacturer": .boardManufacturer, "boardModel": .boardModel, "sku": .sku, "family": .family,
    ]
}

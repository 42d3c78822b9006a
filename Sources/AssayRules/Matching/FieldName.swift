internal import AssayModel

/// Names a field of a part, as profiles, records and outcomes write it: `serial`, `ids.vendor`, `digests.image`.
///
/// Every pair of parts is compared by its fields, so that a name is taken apart once and not at each comparison.
enum FieldName: Sendable, Hashable, CustomStringConvertible {
    case manufacturer, model, partNumber, serial, revision, firmwareVersion, location
    /// What records alone have fields for; where a part shows it, it stands among its properties.
    case manufacturerID, fieldReplaceable, addresses
    case id(String)
    case digest(String)
    case property(String)

    /// Stands for all digests of a part, any of which may be the one that is stated.
    static let anyDigest = FieldName.digest("*")

    /// Reads the text form; nil for a field that no part has.
    init?(_ text: String) {
        switch text {
        case "manufacturer": self = .manufacturer
        case "model": self = .model
        case "partNumber": self = .partNumber
        case "serial": self = .serial
        case "revision": self = .revision
        case "firmwareVersion": self = .firmwareVersion
        case "location": self = .location
        case "manufacturerID": self = .manufacturerID
        case "fieldReplaceable": self = .fieldReplaceable
        case "addresses": self = .addresses
        default:
            guard let dot = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
            let name = String(text[text.utf8.index(after: dot)...])
            switch text[..<dot] {
            case "ids": self = .id(name)
            case "digests": self = .digest(name)
            case "properties": self = .property(name)
            default: return nil
            }
        }
    }

    /// The text form.
    var description: String {
        switch self {
        case .manufacturer: "manufacturer"
        case .model: "model"
        case .partNumber: "partNumber"
        case .serial: "serial"
        case .revision: "revision"
        case .firmwareVersion: "firmwareVersion"
        case .location: "location"
        case .manufacturerID: "manufacturerID"
        case .fieldReplaceable: "fieldReplaceable"
        case .addresses: "addresses"
        case .id(let name): "ids." + name
        case .digest(let name): "digests." + name
        case .property(let name): "properties." + name
        }
    }

    /// How its texts are brought to one form.
    var form: FieldText.Form {
        switch self {
        case .id, .digest, .addresses: .hexadecimal
        default: .words
        }
    }

    /// How much a difference in the field speaks against a pair.
    var weight: Int64 {
        switch self {
        case .model, .partNumber, .id("vendor"), .id("device"), .id("product"): 4000
        case .manufacturer, .manufacturerID: 2000
        case .serial, .addresses: 3000
        case .revision: 200
        case .firmwareVersion: 50
        case .id: 1000
        case .location, .fieldReplaceable, .digest, .property: 100
        }
    }

    /// Whether the field says what the part is, as opposed to which one it is or in which state.
    var isIdentity: Bool {
        switch self {
        case .manufacturer, .model, .partNumber, .id("vendor"), .id("device"), .id("product"): true
        default: false
        }
    }
}

extension Component {
    /// Value of a field by the name that profiles and outcomes use: `serial`, `ids.vendor`, `digests.descriptor`.
    package func value(of field: String) -> String? { FieldName(field).flatMap(value) }

    /// Value of a field.
    func value(of field: FieldName) -> String? {
        switch field {
        case .manufacturer: manufacturer
        case .model: model
        case .partNumber: partNumber
        case .serial: serial
        case .revision: revision
        case .firmwareVersion: firmwareVersion
        case .location: location
        case .manufacturerID: properties["manufacturerID"]
        case .fieldReplaceable: properties["fieldReplaceable"]
        case .addresses: properties["permanentAddress"]
        case .id(let name): ids[name]
        case .digest(let name): digests[name]?.description
        case .property(let name): properties[name]
        }
    }
}

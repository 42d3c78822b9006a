internal import FoundationEssentials

/// JSON of any shape, for forms whose objects are open.
indirect enum JSONTree: Sendable, Hashable, Codable {
    case text(String)
    case number(Decimal)
    /// A number with more digits than can be kept.
    case longNumber
    case boolean(Bool)
    case list([JSONTree])
    case object([String: JSONTree])
    case null

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let object = try? container.decode([String: JSONTree].self) {
            self = .object(object)
        } else if let list = try? container.decode([JSONTree].self) {
            self = .list(list)
        } else if let boolean = try? container.decode(Bool.self) {
            self = .boolean(boolean)
        } else if container.decodeNil() {
            self = .null
        } else {
            self = (try? container.decode(Decimal.self)).flatMap(Self.exact) ?? .longNumber
        }
    }

    /// A decimal keeps 38 digits and drops the others in silence, so the last of them is not believed.
    private static func exact(_ number: Decimal) -> JSONTree? {
        "\(number)".utf8.count { (0x30...0x39).contains($0) } < 38 ? .number(number) : nil
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .boolean(let value): try container.encode(value)
        case .list(let list): try container.encode(list)
        case .object(let values): try container.encode(values)
        case .null, .longNumber: try container.encodeNil()
        }
    }
}

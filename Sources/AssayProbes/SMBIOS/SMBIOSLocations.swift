internal import AssayBytes

/// Gives every part of a table a location of its own that does not depend on handles.
struct SMBIOSLocations {
    /// What a location is made of.
    struct Request: Sendable {
        /// How the part is located.
        var place: SMBIOSPart.Place
        /// Its fields.
        var attributes: [SMBIOSAttribute]
    }

    private var used: Set<String> = []
    private var numbers: [String: Int] = [:]

    /// One location for each request, in order.
    mutating func assign(_ requests: [Request]) -> [String] {
        var counts: [String: Int] = [:]
        let plain = requests.map { request -> String in
            switch request.place {
            case .single(let name): return name
            case .numbered(let prefix): return Self.number(prefix, &counts)
            case .labelled(let prefix, let fields, _):
                let label = fields.lazy.compactMap { Self.label($0, of: request.attributes) }.first
                return label.map { "\(prefix)/\($0)" } ?? Self.number(prefix, &counts)
            }
        }
        let groups = Dictionary(grouping: plain.indices) { plain[$0] }
        var result = plain
        for members in groups.values where members.count > 1 {
            guard let wider = Self.widen(members.map { requests[$0] }) else { continue }
            for (index, location) in zip(members, wider) { result[index] = location }
        }
        return result.map { makeUnique($0) }
    }

    private mutating func makeUnique(_ location: String) -> String {
        var candidate = location
        while !used.insert(candidate).inserted {
            let number = numbers[location, default: 1] + 1
            numbers[location] = number
            candidate = "\(location)#\(number)"
        }
        return candidate
    }

    /// The locations with the field `within` in front of the name, if all of them differ then.
    private static func widen(_ requests: [Request]) -> [String]? {
        let wider = requests.compactMap { request -> String? in
            guard case .labelled(let prefix, let fields, let within?) = request.place,
                let context = label(within, of: request.attributes),
                let name = fields.lazy.compactMap({ label($0, of: request.attributes) }).first
            else { return nil }
            return "\(prefix)/\(context)/\(name)"
        }
        return Set(wider).count == requests.count ? wider : nil
    }

    private static func number(_ prefix: String, _ counts: inout [String: Int]) -> String {
        let number = counts[prefix, default: 0]
        counts[prefix] = number + 1
        return "\(prefix)/\(number)"
    }

    /// A field's text as one path component.
    private static func label(_ name: String, of attributes: [SMBIOSAttribute]) -> String? {
        guard let value = attributes.first(where: { $0.name == name })?.value else { return nil }
        return DeviceText.normalize(value).map { String($0.map { $0 == "/" ? "-" : $0 }) }
    }
}

/// Any key of a JSON object.
private struct AnyKey: CodingKey {
    let stringValue: String
    let intValue: Int?
    init?(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }
    init?(intValue: Int) { nil }
}

extension Decoder {
    /// Refuses a key that no list of `known` names, since a misspelt requirement must not be dropped in silence.
    ///
    /// Keys that start with `$` or `x-` are free for tools and remarks.
    package func refuseUnknownKeys(known: Set<String>) throws {
        let container = try container(keyedBy: AnyKey.self)
        for key in container.allKeys.sorted(by: { $0.stringValue < $1.stringValue })
        where !known.contains(key.stringValue) {
            if key.stringValue.hasPrefix("$") || key.stringValue.hasPrefix("x-") { continue }
            throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: "unknown field")
        }
    }

    /// Refuses a key that `keys` does not list.
    public func refuseUnknownKeys<Key: CodingKey & CaseIterable>(_ keys: Key.Type) throws {
        try refuseUnknownKeys(known: Set(Key.allCases.map(\.stringValue)))
    }
}

extension KeyedDecodingContainer {
    /// The list under `key`, empty when absent.
    package func list<Element: Decodable>(forKey key: Key) throws -> [Element] {
        try decodeIfPresent([Element].self, forKey: key) ?? []
    }

    /// The text map under `key`, empty when absent.
    package func map<Value: Decodable>(forKey key: Key) throws -> [String: Value] {
        try decodeIfPresent([String: Value].self, forKey: key) ?? [:]
    }

    /// The schema name under `key`, which must be `expected`.
    package func schema(_ expected: String, forKey key: Key) throws -> String {
        let schema = try decode(String.self, forKey: key)
        guard schema == expected else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: self, debugDescription: "expected \(expected)")
        }
        return schema
    }
}

extension KeyedEncodingContainer {
    /// Writes `list` unless it is empty.
    package mutating func encodeUnlessEmpty(_ list: some Collection & Encodable, forKey key: Key) throws {
        if !list.isEmpty { try encode(list, forKey: key) }
    }
}

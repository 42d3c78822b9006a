/// Reads profiles and records that may be hostile: size, depth and counts are limited, the faulty field is named.
public enum RecordJSON {
    /// Largest record in bytes.
    public static let maximumSize = 8 << 20
    /// Deepest nesting; the schemas need eight levels.
    public static let maximumDepth = 32
    /// Most entries of any list or map.
    public static let maximumEntries = 16_384
    /// Longest text in bytes.
    public static let maximumText = 4096

    /// Reads and checks a hardware profile.
    public static func profile(from bytes: some Collection<UInt8>) throws(RecordFailure) -> HardwareProfile {
        let profile = try decode(HardwareProfile.self, from: bytes)
        try RecordChecker.check(profile)
        return profile
    }

    /// Reads and checks an as-built record.
    public static func asBuilt(from bytes: some Collection<UInt8>) throws(RecordFailure) -> AsBuiltRecord {
        let record = try decode(AsBuiltRecord.self, from: bytes)
        try RecordChecker.check(record)
        return record
    }

    /// Reads and checks a delta.
    public static func delta(from bytes: some Collection<UInt8>) throws(RecordFailure) -> RecordDelta {
        let delta = try decode(RecordDelta.self, from: bytes)
        try RecordChecker.check(delta)
        return delta
    }

    /// Reads and checks a supplier graph.
    public static func suppliers(from bytes: some Collection<UInt8>) throws(RecordFailure) -> SupplierGraph {
        let graph = try decode(SupplierGraph.self, from: bytes)
        try SupplierChecker.check(graph)
        return graph
    }

    /// Checks a record that another form gave, as one that was read from JSON.
    public static func check(_ record: AsBuiltRecord) throws(RecordFailure) { try RecordChecker.check(record) }

    /// Checks a delta that another form gave, as one that was read from JSON.
    public static func check(_ delta: RecordDelta) throws(RecordFailure) { try RecordChecker.check(delta) }

    /// Reads any JSON within the limits; what it means is checked by whoever asks.
    public static func decode<T: Decodable>(
        _ type: T.Type, from bytes: some Collection<UInt8>, limit: Int = maximumSize
    ) throws(RecordFailure) -> T {
        guard bytes.count <= limit else {
            throw RecordFailure(.tooLarge, field: "", detail: "the record is larger than \(limit) bytes")
        }
        try JSONStructure.check(Array(bytes), maximumDepth: maximumDepth)
        do {
            return try CanonicalJSON.decode(type, from: bytes)
        } catch let error as DecodingError {
            throw failure(error)
        } catch {
            throw RecordFailure(.malformed, field: "", detail: "not JSON")
        }
    }

    private static func failure(_ error: DecodingError) -> RecordFailure {
        switch error {
        case .keyNotFound(let key, let context):
            RecordFailure(.invalid, field: name(context.codingPath + [key]), detail: "is required")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            RecordFailure(.malformed, field: name(context.codingPath), detail: "has the wrong type")
        case .dataCorrupted(let context):
            RecordFailure(code(context), field: name(context.codingPath), detail: words(context))
        @unknown default:
            RecordFailure(.malformed, field: "", detail: "cannot be decoded")
        }
    }

    /// Our own words as they are; the decoder's own say only that the text is no JSON.
    private static func words(_ context: DecodingError.Context) -> String {
        context.underlyingError == nil ? context.debugDescription : "not JSON"
    }

    private static func code(_ context: DecodingError.Context) -> RecordFailure.Code {
        if context.debugDescription == "unknown field" { return .unknownField }
        if context.codingPath.last?.stringValue == "schema" { return .unknownSchema }
        return context.codingPath.isEmpty ? .malformed : .invalid
    }

    private static func name(_ path: [any CodingKey]) -> String {
        var text = ""
        for key in path {
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                let name = String(
                    key.stringValue.unicodeScalars.prefix(80).filter { $0.value >= 0x20 }.map(Character.init))
                text += text.isEmpty ? name : "." + name
            }
        }
        return text
    }
}

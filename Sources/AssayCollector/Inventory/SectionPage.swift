internal import AssayModel
internal import AssayReport

/// A place in a section: the object, and the line in it.
struct SectionPlace: Sendable, Hashable, CustomStringConvertible {
    var object: Int
    var line: Int

    static let start = SectionPlace(object: 0, line: 0)

    init(object: Int, line: Int) {
        self.object = object
        self.line = line
    }

    /// Reads the text form.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).compactMap { Int($0) }
        guard parts.count == 2, parts.allSatisfy({ $0 >= 0 }) else { return nil }
        self.init(object: parts[0], line: parts[1])
    }

    var description: String { "\(object).\(line)" }
}

/// Some lines of a section, which may be of any size.
struct SectionPage<Value: Decodable & Sendable>: Sendable {
    /// Most bytes that one page reads while it looks for lines.
    static var searchLimit: Int { 4 << 20 }

    /// The values.
    var values: [Value] = []
    /// Where the next page begins; nil at the end.
    var next: SectionPlace?
    /// Lines that cannot be read.
    var faulty = 0
}

extension InventoryReader {
    /// Up to `limit` values of a section from `place` on, whose line holds `text` in any case.
    ///
    /// No more than ``SectionPage/searchLimit`` bytes and one object are read: a page that ends for that reason holds fewer
    /// values, and says where to go on.
    func page<Value: Decodable & Sendable>(
        of section: SectionName, in predicate: ReportStatement.Predicate, containing text: String,
        from place: SectionPlace, limit: Int
    ) async throws -> SectionPage<Value> {
        let needle = LineNeedle(text)
        let objects = try await objects(of: section, in: predicate)
        var page = SectionPage<Value>()
        var budget = SectionPage<Value>.searchLimit
        for object in objects.indices.dropFirst(place.object) {
            guard budget > 0 else {
                page.next = SectionPlace(object: object, line: 0)
                return page
            }
            let bytes = try await content(objects[object])
            budget -= bytes.count
            let first = object == place.object ? place.line : 0
            for (number, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated().dropFirst(first) {
                guard needle.isIn(line) else { continue }
                guard page.values.count < limit else {
                    page.next = SectionPlace(object: object, line: number)
                    return page
                }
                do {
                    try JSONBody.checkDepth(line)
                    page.values.append(try CanonicalJSON.decode(Value.self, from: line))
                } catch { page.faulty += 1 }
            }
        }
        return page
    }
}

/// A text that is looked for in lines of JSON without reading them.
struct LineNeedle: Sendable {
    private let bytes: [UInt8]

    init(_ text: String) {
        // JSON writes some characters otherwise; canonical JSON escapes no more of them than these.
        let escaped = text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
        bytes = String(escaped).utf8.map(Self.lower)
    }

    /// Whether a line holds the text, ASCII letters in any case.
    func isIn(_ line: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first else { return true }
        guard line.count >= bytes.count else { return false }
        return line.withUnsafeBufferPointer { line in
            for start in 0...(line.count - bytes.count) where Self.lower(line[start]) == first {
                if bytes.indices.allSatisfy({ Self.lower(line[start + $0]) == bytes[$0] }) { return true }
            }
            return false
        }
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}

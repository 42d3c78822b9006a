internal import AssayBytes

/// One element of the distinguished encoding rules (ITU-T X.690): a tag and its content.
///
/// Slices keep the indices of the bytes that they were cut from, so that a failure names the offset in the file.
struct DERElement: Sendable, Hashable {
    /// Identifier octet.
    let tag: UInt8
    /// Content octets.
    let content: ArraySlice<UInt8>
    /// Identifier, length and content octets.
    let whole: ArraySlice<UInt8>

    /// Offset of the content in the file.
    var offset: Int { content.startIndex }
    /// Whether the content is a list of elements.
    var isConstructed: Bool { tag & 0x20 != 0 }

    /// Reads the first element of `bytes`.
    init(first bytes: ArraySlice<UInt8>, _ what: String) throws(ParseFailure) {
        var rest = bytes
        guard let tag = rest.popFirst(), let length = rest.popFirst() else {
            throw ParseFailure(.truncated, what, at: bytes.endIndex)
        }
        guard tag & 0x1f != 0x1f else { throw ParseFailure(.unsupported, "\(what): long tag", at: bytes.startIndex) }
        var count = Int(length)
        if length & 0x80 != 0 {
            count = try Self.longLength(Int(length & 0x7f), &rest, what)
        }
        guard count <= rest.count else { throw ParseFailure(.truncated, what, at: bytes.endIndex) }
        self.tag = tag
        content = rest.prefix(count)
        whole = bytes[bytes.startIndex..<content.endIndex]
    }

    private static func longLength(
        _ octets: Int, _ rest: inout ArraySlice<UInt8>, _ what: String
    ) throws(ParseFailure) -> Int {
        guard octets > 0 else { throw ParseFailure(.unsupported, "\(what): indefinite length", at: rest.startIndex) }
        guard octets <= 4 else { throw ParseFailure(.tooLarge, "\(what): length", at: rest.startIndex) }
        guard octets <= rest.count else { throw ParseFailure(.truncated, what, at: rest.endIndex) }
        let count = rest.prefix(octets).reduce(0) { $0 << 8 | Int($1) }
        rest = rest.dropFirst(octets)
        return count
    }

    /// A cursor over the elements inside.
    func list(_ what: String) throws(ParseFailure) -> DERCursor {
        guard isConstructed else { throw ParseFailure(.badValue, "\(what): not a list", at: whole.startIndex) }
        return DERCursor(content, what)
    }

    /// The elements inside.
    func elements(_ what: String, most: Int = 4096) throws(ParseFailure) -> [DERElement] {
        var cursor = try list(what)
        var result: [DERElement] = []
        while let element = try cursor.next() {
            guard result.count < most else { throw ParseFailure(.tooLarge, what, at: element.whole.startIndex) }
            result.append(element)
        }
        return result
    }
}

/// Reads the elements of a list one after the other.
struct DERCursor {
    private(set) var rest: ArraySlice<UInt8>
    private let what: String

    init(_ bytes: ArraySlice<UInt8>, _ what: String) {
        rest = bytes
        self.what = what
    }

    /// Whether nothing is left.
    var isAtEnd: Bool { rest.isEmpty }

    /// The next element; nil at the end.
    mutating func next() throws(ParseFailure) -> DERElement? {
        guard !rest.isEmpty else { return nil }
        let element = try DERElement(first: rest, what)
        rest = rest[element.whole.endIndex...]
        return element
    }

    /// The next element if it has one of `tags`.
    mutating func next(if tags: UInt8...) throws(ParseFailure) -> DERElement? {
        guard let tag = rest.first, tags.contains(tag) else { return nil }
        return try next()
    }

    /// The next element, which must have `tag`.
    mutating func require(_ tag: UInt8, _ field: String) throws(ParseFailure) -> DERElement {
        guard let found = rest.first else { throw ParseFailure(.truncated, "\(what): \(field)", at: rest.startIndex) }
        guard found == tag else { throw ParseFailure(.badValue, "\(what): \(field)", at: rest.startIndex) }
        guard let element = try next() else { throw ParseFailure(.truncated, what, at: rest.startIndex) }
        return element
    }
}

/// Identifier octets of the universal and context-specific types that certificates use.
enum DERTag {
    static let boolean: UInt8 = 0x01
    static let integer: UInt8 = 0x02
    static let bitString: UInt8 = 0x03
    static let octetString: UInt8 = 0x04
    static let objectIdentifier: UInt8 = 0x06
    static let enumerated: UInt8 = 0x0a
    static let utf8String: UInt8 = 0x0c
    static let ia5String: UInt8 = 0x16
    static let generalizedTime: UInt8 = 0x18
    static let sequence: UInt8 = 0x30
    static let set: UInt8 = 0x31

    /// A context-specific tag whose content is a value.
    static func context(_ number: UInt8) -> UInt8 { 0x80 | number }
    /// A context-specific tag whose content is a list.
    static func contextList(_ number: UInt8) -> UInt8 { 0xa0 | number }
}

/// The parts of `multipart/form-data` (RFC 7578; RFC 2046, 5.1.1).
struct MultipartBody: Sendable {
    /// Most parts of a form.
    static let partLimit = 64
    /// Longest header of a part.
    static let headerLimit = 8192

    /// One field or file.
    struct Part: Sendable {
        /// Name of the field.
        let name: String
        /// Name of the file, where it is one; the browser's word, which names nothing here.
        let file: String?
        /// The content.
        let bytes: ArraySlice<UInt8>
    }

    let parts: [Part]

    /// The boundary that a Content-Type names; nil when it is another type or names none.
    static func boundary(of contentType: String) -> [UInt8]? {
        let parameters = HeaderParameters(contentType)
        guard parameters.value == "multipart/form-data", let boundary = parameters["boundary"],
            (1...70).contains(boundary.utf8.count)
        else { return nil }
        return Array(boundary.utf8)
    }

    /// Takes a body apart; every part must be whole.
    init(parsing bytes: [UInt8], boundary: [UInt8]) throws(Problem) {
        let dashes = Array("--".utf8)
        let lineEnd = Array("\r\n".utf8)
        var parts: [Part] = []
        // What stands before the first boundary says nothing.
        guard var rest = Self.cut(bytes[...], after: dashes + boundary) else { throw Self.damaged("has no boundary") }
        while true {
            if rest.starts(with: dashes) { break }
            guard rest.starts(with: lineEnd) else { throw Self.damaged("has a boundary that does not end its line") }
            rest = rest.dropFirst(lineEnd.count)
            guard parts.count < Self.partLimit else {
                throw .tooLarge("the form has more than \(Self.partLimit) parts")
            }
            let window = rest.prefix(Self.headerLimit)
            guard let headerEnd = Self.find(lineEnd + lineEnd, in: window) else {
                throw Self.damaged("has a part whose header does not end")
            }
            let body = rest[(headerEnd + 4)...]
            guard let end = Self.find(lineEnd + dashes + boundary, in: body) else {
                throw Self.damaged("has a part that does not end")
            }
            parts.append(try Self.part(header: rest[rest.startIndex..<headerEnd], body: body[body.startIndex..<end]))
            rest = body[(end + 4 + boundary.count)...]
        }
        self.parts = parts
    }

    private static func part(header: ArraySlice<UInt8>, body: ArraySlice<UInt8>) throws(Problem) -> Part {
        for line in String(decoding: header, as: UTF8.self).split(separator: "\r\n") {
            let pair = line.split(separator: ":", maxSplits: 1)
            guard pair.count == 2, pair[0].lowercased() == "content-disposition" else { continue }
            let parameters = HeaderParameters(String(pair[1]))
            guard parameters.value == "form-data", let name = parameters["name"] else { break }
            return Part(name: name, file: parameters["filename"], bytes: body)
        }
        throw damaged("has a part without a name")
    }

    private static func damaged(_ words: String) -> Problem { .malformed("the form \(words)") }

    private static func cut(_ bytes: ArraySlice<UInt8>, after pattern: [UInt8]) -> ArraySlice<UInt8>? {
        find(pattern, in: bytes).map { bytes[($0 + pattern.count)...] }
    }

    /// The first place of a pattern; each byte is looked at once for the first of the pattern, which is rare in text.
    private static func find(_ pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = pattern.first else { return nil }
        var start = bytes.startIndex
        while let index = bytes[start...].firstIndex(of: first), bytes.endIndex - index >= pattern.count {
            if bytes[index..<(index + pattern.count)].elementsEqual(pattern) { return index }
            start = index + 1
        }
        return nil
    }
}

/// A header's value with its parameters: `form-data; name="a"` (RFC 9110, 5.6.6).
private struct HeaderParameters {
    let value: String
    private var parameters: [String: String] = [:]

    init(_ text: String) {
        var pieces = Self.pieces(text)
        value = pieces.isEmpty ? "" : Self.trimmed(pieces.removeFirst()).lowercased()
        for piece in pieces {
            let pair = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { continue }
            var text = Self.trimmed(pair[1])
            if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") {
                text = text.dropFirst().dropLast().description
            }
            parameters[Self.trimmed(pair[0]).lowercased()] = text
        }
    }

    subscript(_ name: String) -> String? { parameters[name] }

    /// Splits at semicolons outside of quotes; browsers write a quote inside a name as `%22` (HTML, 4.10.22.8).
    private static func pieces(_ text: String) -> [String] {
        var pieces = [""]
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if character == ";", !isQuoted {
                pieces.append("")
            } else {
                pieces[pieces.count - 1].append(character)
            }
        }
        return pieces
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}

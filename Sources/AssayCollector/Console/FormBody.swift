internal import Hummingbird
internal import NIOCore

/// What a form sends: `application/x-www-form-urlencoded` (HTML, 4.10.22.6), or `multipart/form-data` where it has files; a
/// name may occur more than once.
struct FormBody: Sendable {
    /// Field in which every form of a session sends the page's own token.
    static let tokenField = "form-token"
    /// Most bytes of a form that carries no file.
    static let sizeLimit = 256 << 10
    private static let fieldLimit = 2000

    private let fields: [String: [String]]
    private let files: [String: [UInt8]]

    /// Reads the body of a request, of at most `limit` bytes.
    static func read(_ request: Request, limit: Int = sizeLimit) async throws -> FormBody {
        let type = request.headers[.contentType] ?? ""
        if let boundary = MultipartBody.boundary(of: type) {
            return FormBody(
                try MultipartBody(parsing: try await JSONBody.bytes(of: request, limit: limit), boundary: boundary))
        }
        guard type.lowercased().hasPrefix("application/x-www-form-urlencoded") else {
            throw Problem.malformed("the body is not a form")
        }
        return try FormBody(parsing: try await JSONBody.bytes(of: request, limit: limit))
    }

    /// Takes the parts of a form with files.
    init(_ body: MultipartBody) {
        var fields: [String: [String]] = [:]
        var files: [String: [UInt8]] = [:]
        for part in body.parts {
            if part.file == nil {
                fields[part.name, default: []].append(String(decoding: part.bytes, as: UTF8.self))
            } else if !part.bytes.isEmpty {
                // A browser sends an empty file for a field that nobody filled.
                files[part.name] = Array(part.bytes)
            }
        }
        self.fields = fields
        self.files = files
    }

    /// The file of a field, or what was entered into another one instead; nil when both are empty.
    func file(_ name: String, orText field: String) -> [UInt8]? {
        if let file = files[name] { return file }
        let text = verbatim(field)
        return text.isEmpty ? nil : Array(text.utf8)
    }

    /// Reads a form's bytes.
    init(parsing bytes: [UInt8]) throws(Problem) {
        var fields: [String: [String]] = [:]
        let pairs = bytes.split(separator: UInt8(ascii: "&"))
        guard pairs.count <= Self.fieldLimit else {
            throw .tooLarge("the form has more than \(Self.fieldLimit) fields")
        }
        for pair in pairs {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            fields[Self.decode(parts[0]), default: []].append(parts.count == 2 ? Self.decode(parts[1]) : "")
        }
        self.fields = fields
        files = [:]
    }

    /// The last value of a field, without blanks around it; empty when it is not there.
    subscript(_ name: String) -> String {
        let text = verbatim(name)
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[first...last])
    }

    /// The last value of a field as it was entered: blanks may be part of a password.
    func verbatim(_ name: String) -> String { fields[name]?.last ?? "" }

    /// All values of a field.
    func all(_ name: String) -> [String] { fields[name] ?? [] }

    private static func decode(_ bytes: ArraySlice<UInt8>) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), bytes.endIndex - index > 2, let high = digit(bytes[index + 1]),
                let low = digit(bytes[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
                continue
            }
            result.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            index += 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

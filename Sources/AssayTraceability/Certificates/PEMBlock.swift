internal import AssayModel

/// One block of a text file after RFC 7468.
struct PEMBlock: Sendable, Hashable {
    /// What it claims to be: `ATTRIBUTE CERTIFICATE`.
    let label: String
    /// Its octets.
    let bytes: [UInt8]

    private static let begin = Array("-----BEGIN ".utf8)
    private static let end = Array("-----END ".utf8)
    private static let dashes = Array("-----".utf8)

    /// Most blocks of one file.
    static let limit = 256

    /// Whether `bytes` hold a block.
    static func isPEM(_ bytes: [UInt8]) -> Bool { bytes.first(begin, from: 0) != nil }

    /// The blocks of a file in order.
    static func blocks(of bytes: [UInt8]) throws(RecordFailure) -> [PEMBlock] {
        var result: [PEMBlock] = []
        var position = 0
        while let start = bytes.first(begin, from: position) {
            let field = "block \(result.count + 1)"
            guard result.count < limit else {
                throw RecordFailure(.tooLarge, field: "", detail: "has more than \(limit) blocks")
            }
            guard let labelEnd = bytes.first(dashes, from: start + begin.count), labelEnd - start < 128,
                let stop = bytes.first(end, from: labelEnd)
            else { throw RecordFailure(.malformed, field: field, detail: "has no end") }
            let label = String(decoding: bytes[(start + begin.count)..<labelEnd], as: UTF8.self)
            let body = String(decoding: bytes[(labelEnd + dashes.count)..<stop], as: UTF8.self)
            guard let content = Base64Text.decode(body) else {
                throw RecordFailure(.malformed, field: field, detail: "is not base64")
            }
            result.append(PEMBlock(label: label, bytes: content))
            position = stop + end.count
        }
        return result
    }
}

extension [UInt8] {
    /// Offset of the first `pattern` at or behind `start`.
    fileprivate func first(_ pattern: [UInt8], from start: Int) -> Int? {
        guard let head = pattern.first, start <= count else { return nil }
        var position = start
        while let found = self[position...].firstIndex(of: head) {
            if self[found...].starts(with: pattern) { return found }
            position = found + 1
        }
        return nil
    }
}

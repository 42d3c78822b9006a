/// Text with `*` for any run of characters.
package struct Pattern: Sendable, Hashable {
    private enum Piece: Hashable {
        case byte(UInt8)
        /// Any run; without `/` when `segment` is set.
        case run(segment: Bool)
    }

    /// The text as written.
    package let text: String
    /// Whether the pattern has no `*`.
    package let isLiteral: Bool
    /// Empty for a text without `*`, which is compared as it is.
    private let pieces: [Piece]

    /// Reads a pattern; with `separatesPaths` one `*` stays inside a path segment and `**` does not.
    package init(_ text: String, separatesPaths: Bool = false) {
        self.text = text
        isLiteral = !text.utf8.contains(0x2a)
        if isLiteral {
            pieces = []
            return
        }
        var pieces: [Piece] = []
        for byte in text.utf8 {
            guard byte == 0x2a else {
                pieces.append(.byte(byte))
                continue
            }
            if case .run = pieces.last {
                pieces[pieces.count - 1] = .run(segment: false)
            } else {
                pieces.append(.run(segment: separatesPaths))
            }
        }
        self.pieces = pieces
    }

    /// Whether the whole of `candidate` fits; takes the product of both lengths at most.
    package func matches(_ candidate: String) -> Bool {
        if isLiteral { return candidate == text }
        let bytes = Array(candidate.utf8)
        var reachable = [Bool](repeating: false, count: bytes.count + 1)
        reachable[0] = true
        for piece in pieces { reachable = Self.step(reachable, over: bytes, piece) }
        return reachable[bytes.count]
    }

    /// The positions that can be reached after one more piece.
    private static func step(_ reachable: [Bool], over bytes: [UInt8], _ piece: Piece) -> [Bool] {
        var next = [Bool](repeating: false, count: reachable.count)
        if case .run = piece { next[0] = reachable[0] }
        for position in bytes.indices {
            switch piece {
            case .byte(let byte): next[position + 1] = reachable[position] && bytes[position] == byte
            case .run(let segment):
                let extends = next[position] && !(segment && bytes[position] == 0x2f)
                next[position + 1] = reachable[position + 1] || extends
            }
        }
        return next
    }
}

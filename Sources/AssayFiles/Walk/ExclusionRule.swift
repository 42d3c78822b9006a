/// A pattern of paths that the operator keeps the scan from looking at.
///
/// `*` stands for any bytes but a slash, `**` for any bytes, `?` for one byte but a slash; everything else for itself.
/// A pattern that matches a directory leaves out everything below.
package struct ExclusionRule: Sendable, Hashable {
    /// The pattern as written, an absolute path below the root.
    package let pattern: String
    /// Why, in words, for the report.
    package let reason: String

    private let bytes: [UInt8]

    /// Makes a rule.
    package init(_ pattern: String, reason: String = "left out by configuration") {
        self.pattern = pattern
        self.reason = reason
        var bytes = Array(pattern.utf8)
        while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        self.bytes = bytes
    }

    /// Whether the rule covers this very path.
    func matches(_ path: some RandomAccessCollection<UInt8>) -> Bool {
        // Only the last star is ever gone back to, once for "*" and once for "**": no pattern takes exponential time.
        let path = Array(path)
        var (position, token) = (0, 0)
        var single: (token: Int, position: Int)?
        var double: (token: Int, position: Int)?
        while true {
            if token < bytes.count, bytes[token] == UInt8(ascii: "*") {
                if token + 1 < bytes.count, bytes[token + 1] == UInt8(ascii: "*") {
                    token += 2
                    (double, single) = ((token, position), nil)
                } else {
                    token += 1
                    single = (token, position)
                }
                continue
            }
            if position == path.count, token == bytes.count { return true }
            if position < path.count, token < bytes.count, accepts(bytes[token], path[position]) {
                position += 1
                token += 1
                continue
            }
            if let star = single, star.position < path.count, path[star.position] != UInt8(ascii: "/") {
                single = (star.token, star.position + 1)
                (token, position) = (star.token, star.position + 1)
            } else if let star = double, star.position < path.count {
                (double, single) = ((star.token, star.position + 1), nil)
                (token, position) = (star.token, star.position + 1)
            } else {
                return false
            }
        }
    }

    private func accepts(_ token: UInt8, _ byte: UInt8) -> Bool {
        token == byte || (token == UInt8(ascii: "?") && byte != UInt8(ascii: "/"))
    }
}

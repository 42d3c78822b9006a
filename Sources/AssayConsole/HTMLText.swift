internal import AssayTerminal
internal import Mustache

/// Any text made harmless for a page: what a device says of itself is written by whoever built or broke into it.
///
/// Markup is escaped; control characters and marks that change the direction of writing are shown as what they are; a text
/// of more than ``limit`` characters is cut.
package struct HTMLText: MustacheContentType {
    /// Most scalars of a text that a page shows.
    package static let limit = 4000

    /// Names the content type in templates.
    static let name = "CONSOLE"

    /// Escapes a text.
    package func escapeText(_ text: String) -> String { Self.escape(text) }

    /// Escapes a text.
    package static func escape(_ text: String) -> String {
        if isPlain(text) { return text }
        var result = ""
        for scalar in TerminalText.safe(text, limit: limit).unicodeScalars {
            switch scalar {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Most texts need nothing done.
    private static func isPlain(_ text: String) -> Bool {
        var count = 0
        for byte in text.utf8 {
            count += 1
            guard count <= limit, byte >= 0x20, byte < 0x7f else { return false }
            switch byte {
            case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "\""), UInt8(ascii: "'"):
                return false
            default: continue
            }
        }
        return true
    }
}

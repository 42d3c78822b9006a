/// Aligned columns for a terminal, safe for whatever a device put into its texts.
package struct TextTable: Sendable {
    private let header: [String]
    private var rows: [[String]] = []

    /// Starts a table with a line of column names.
    package init(_ header: String...) { self.header = header }

    /// Adds a row; missing values show as `-`.
    package mutating func add(_ values: String?...) {
        rows.append(values.map { value in value.map { $0.isEmpty ? "-" : TerminalText.escape($0) } ?? "-" })
    }

    /// The table, each line ended by a line feed; the last column is not padded.
    package var text: String {
        let lines = [header] + rows
        let widths = header.indices.map { column in lines.map { TerminalText.width($0[column]) }.max() ?? 0 }
        return lines.map { line in
            let cells = line.indices.map { column in
                let isLast = column == line.count - 1
                let padding = isLast ? 0 : max(0, widths[column] - TerminalText.width(line[column]))
                return line[column] + String(repeating: " ", count: padding)
            }
            return cells.joined(separator: "  ") + "\n"
        }.joined()
    }
}

/// Text that was read from devices, made harmless for a terminal.
package enum TerminalText {
    /// Spells out control, format and direction-changing characters as `\u{…}`.
    package static func escape(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Columns that a text takes: two for East Asian wide characters (UAX #11), none for combining marks.
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        switch scalar.value {
        case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60,
            0xffe0...0xffe6, 0x1f300...0x1f64f, 0x1f900...0x1f9ff, 0x20000...0x3fffd:
            return 2
        default: return 1
        }
    }
}

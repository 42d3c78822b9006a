internal import AssayModel

/// Reads comma-separated values row by row (RFC 4180): quoted cells, LF or CRLF, a byte order mark, and a separator that
/// the first row shows.
struct CSVReader {
    /// One row: its number, from 1, and its cells.
    struct Row {
        let number: Int
        let cells: [ArraySlice<UInt8>]
        /// Whether no cell holds anything.
        let isBlank: Bool
    }

    /// Most columns of a row.
    static let maximumColumns = 256
    /// Most rows of a file.
    static let maximumRows = 1_000_000

    private let bytes: [UInt8]
    private var position: Int
    private var rowNumber = 0
    /// The byte that separates cells.
    let separator: UInt8

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed: UInt8 = 0x0a
    private static let carriageReturn: UInt8 = 0x0d

    /// Starts at the first row.
    init(_ bytes: [UInt8], separator: UInt8? = nil) throws(RecordFailure) {
        if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
            throw RecordFailure(.unknownForm, field: "", detail: "is UTF-16; save it as UTF-8")
        }
        self.bytes = bytes
        position = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
        let line = bytes[position...].prefix { $0 != Self.lineFeed && $0 != Self.carriageReturn }
        // Spreadsheets write the separator into a first line of its own.
        if line.count == 5, line.starts(with: Array("sep=".utf8)), let named = line.last {
            self.separator = separator ?? named
            position = line.endIndex
            skipLineEnd()
            rowNumber = 1
        } else {
            self.separator = separator ?? Self.separator(of: line)
        }
    }

    /// The one of `,`, `;` and tab that the first row has most of, outside of quotes.
    private static func separator(of line: ArraySlice<UInt8>) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in line {
            if byte == quote { isQuoted.toggle() }
            if !isQuoted, [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09].contains(byte) { counts[byte, default: 0] += 1 }
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? UInt8(ascii: ",")
    }

    /// The next row that is not blank; nil at the end.
    mutating func next() throws(RecordFailure) -> Row? {
        while position < bytes.count {
            rowNumber += 1
            guard rowNumber <= Self.maximumRows else {
                throw RecordFailure(.tooLarge, field: "row \(rowNumber)", detail: "more than \(Self.maximumRows) rows")
            }
            let row = try readRow()
            if !row.isBlank { return row }
        }
        return nil
    }

    private mutating func readRow() throws(RecordFailure) -> Row {
        var cells: [ArraySlice<UInt8>] = []
        var isBlank = true
        while true {
            guard cells.count < Self.maximumColumns else {
                throw failure(cells.count, .tooLarge, "more than \(Self.maximumColumns) columns")
            }
            let cell = try readCell(cells.count)
            if !cell.isEmpty { isBlank = false }
            cells.append(cell)
            guard position < bytes.count, bytes[position] == separator else { break }
            position += 1
        }
        skipLineEnd()
        return Row(number: rowNumber, cells: cells, isBlank: isBlank)
    }

    private mutating func readCell(_ column: Int) throws(RecordFailure) -> ArraySlice<UInt8> {
        guard position < bytes.count, bytes[position] == Self.quote else { return try readPlainCell(column) }
        position += 1
        let start = position
        var text: [UInt8] = []
        var pieceStart = start
        while position < bytes.count {
            guard bytes[position] == Self.quote else {
                position += 1
                continue
            }
            if position + 1 < bytes.count, bytes[position + 1] == Self.quote {
                text += bytes[pieceStart...position]
                position += 2
                pieceStart = position
                continue
            }
            let piece = bytes[pieceStart..<position]
            position += 1
            guard isAtCellEnd else { throw failure(column, .malformed, "text behind the closing quote") }
            return try bounded(text.isEmpty ? piece : (text + piece)[...], column)
        }
        throw failure(column, .malformed, "the quote is never closed")
    }

    private mutating func readPlainCell(_ column: Int) throws(RecordFailure) -> ArraySlice<UInt8> {
        let start = position
        while !isAtCellEnd {
            guard bytes[position] != Self.quote else {
                throw failure(column, .malformed, "a quote inside of a cell that is not quoted")
            }
            position += 1
        }
        return try bounded(bytes[start..<position], column)
    }

    private var isAtCellEnd: Bool {
        guard position < bytes.count else { return true }
        let byte = bytes[position]
        return byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn
    }

    private mutating func skipLineEnd() {
        if position < bytes.count, bytes[position] == Self.carriageReturn { position += 1 }
        if position < bytes.count, bytes[position] == Self.lineFeed { position += 1 }
    }

    private func bounded(_ cell: ArraySlice<UInt8>, _ column: Int) throws(RecordFailure) -> ArraySlice<UInt8> {
        guard cell.count <= RecordJSON.maximumText else {
            throw failure(column, .tooLarge, "is longer than \(RecordJSON.maximumText) bytes")
        }
        return cell
    }

    private func failure(_ column: Int, _ code: RecordFailure.Code, _ detail: String) -> RecordFailure {
        RecordFailure(code, field: "row \(rowNumber), column \(column + 1)", detail: detail)
    }
}

internal import AssayCollector
internal import AssayModel
internal import AssayTerminal
internal import Foundation

/// Standard output.
enum Output {
    /// Prints a text as it is.
    static func print(_ text: String) { Terminal.write(text) }

    /// Prints a value as JSON, indented for people.
    static func json(_ value: some Encodable) throws {
        print(String(decoding: try CanonicalJSON.encodeForPeople(value), as: UTF8.self) + "\n")
    }

    /// Prints a list: for people as wide as their terminal, or a sentence when it is empty; for programs always the same
    /// columns below the same headings.
    static func table(_ table: TextTable, orNothing text: String) {
        if !Terminal.showsOutput { return print(table.renderForPrograms()) }
        print(table.isEmpty ? text + "\n" : table.render(limit: Terminal.columns))
    }

    /// Prints names and values in two columns.
    static func fields(_ fields: [(String, String?)]) {
        let width = fields.map(\.0.count).max() ?? 0
        for (name, value) in fields {
            guard let value else { continue }
            let label = name + String(repeating: " ", count: width - name.count)
            print("\(label)  \(TerminalText.safe(value))\n")
        }
    }

    /// The beginning of a digest that names a thing well enough for people.
    static func short(_ digest: ContentDigest) -> String { String(digest.hex.prefix(12)) }
}

/// Standard input and files that are named on the command line.
enum Input {
    /// Content of a file, or of standard input for `-`.
    static func bytes(_ file: String) throws -> [UInt8] {
        if file == "-" { return [UInt8](FileHandle.standardInput.readDataToEndOfFile()) }
        guard let stream = fopen(file, "re") else { throw failure(file) }
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&piece, 1, piece.count, stream)
            bytes += piece.prefix(count)
            if count > 0 { continue }
            guard ferror(stream) == 0 else { throw failure(file) }
            return bytes
        }
    }

    private static func failure(_ file: String) -> CollectorFailure {
        let code: CollectorFailure.Code =
            switch errno {
            case ENOENT, ENOTDIR: .noInput
            case EACCES, EPERM: .permission
            default: .inputOutput
            }
        return CollectorFailure(code, "cannot read \(file): \(String(cString: strerror(errno)))")
    }
}

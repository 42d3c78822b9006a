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
        guard FileManager.default.fileExists(atPath: file) else {
            throw CollectorFailure(.noInput, "\(file) does not exist")
        }
        do { return [UInt8](try Data(contentsOf: URL(filePath: file))) } catch {
            throw CollectorFailure(.inputOutput, "cannot read \(file): \(error.localizedDescription)")
        }
    }
}

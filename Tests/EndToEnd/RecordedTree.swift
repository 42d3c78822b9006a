import AssayTestKit
import Foundation

/// A recorded tree of the corpus, unpacked into a temporary folder.
struct RecordedTree {
    private let folder: TemporaryFolder
    /// Path that `--root` takes.
    let root: String
    /// The facts that were counted from the archive, where they are there.
    let facts: [String: Any]

    /// Unpacks `archive`, named relative to the corpus.
    init(_ archive: String) throws {
        folder = try TemporaryFolder()
        let path = (Corpus.path ?? "") + "/" + archive
        if archive.hasSuffix(".ttar") {
            try Self.unpackText(try String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self), folder.url)
        } else {
            // Device nodes and owners in an archive are of no use here.
            let result = try Programs.run(
                URL(filePath: "/bin/tar"), ["-xf", path, "-C", folder.url.path, "--no-same-owner"])
            guard result.status == 0 else { throw CocoaError(.fileReadCorruptFile) }
        }
        root = try Self.root(below: folder.url).path
        let stem = path.replacingOccurrences(of: #"\.tar\.\w+$"#, with: "", options: .regularExpression)
        let data = try? Data(contentsOf: URL(filePath: stem + ".facts.json"))
        facts = try data.flatMap { try JSONSerialization.jsonObject(with: $0) as? [String: Any] } ?? [:]
    }

    private static func root(below folder: URL) throws -> URL {
        let manager = FileManager.default
        if ["sys", "proc"].contains(where: { manager.fileExists(atPath: folder.appending(path: $0).path) }) {
            return folder
        }
        let names = try manager.contentsOfDirectory(atPath: folder.path)
        return names.count == 1 ? folder.appending(path: names[0]) : folder
    }

    /// The text archive form: `Path:`, `Directory:`, `SymlinkTo:`, `Lines:` and that many lines, `Mode:`.
    private static func unpackText(_ text: String, _ folder: URL) throws {
        let manager = FileManager.default
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        var path = folder
        while let line = lines.popFirst() {
            if line.hasPrefix("Directory: ") {
                path = folder.appending(path: String(line.dropFirst(11)))
                try manager.createDirectory(at: path, withIntermediateDirectories: true)
            } else if line.hasPrefix("Path: ") {
                path = folder.appending(path: String(line.dropFirst(6)))
            } else if line.hasPrefix("SymlinkTo: ") {
                try manager.createSymbolicLink(
                    atPath: path.path, withDestinationPath: String(line.dropFirst(11)))
            } else if line.hasPrefix("Lines: "), let count = Int(line.dropFirst(7)) {
                var content = lines.prefix(count).map { $0 + "\n" }.joined()
                lines = lines.dropFirst(count)
                content = content.replacingOccurrences(of: "NULLBYTE", with: "\0")
                if content.hasSuffix("EOF\n") { content.removeLast(4) }
                try Data(content.utf8).write(to: path)
            }
        }
    }
}

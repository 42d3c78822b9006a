package import AssayHost
internal import Foundation

/// A `/sys` and `/proc` of a real machine, unpacked from the corpus into a temporary directory that goes away with the value.
package final class RecordedTree: Sendable {
    /// Directory that stands for the machine's `/`.
    package let path: String
    private let folder: UnpackedFolder

    /// Unpacks an archive of the corpus: `.tar` with any compression that tar(1) knows, or `.ttar` text.
    package init(corpus name: String) throws {
        if name.hasSuffix(".ttar") {
            folder = try UnpackedFolder()
            try Self.unpackText(try Corpus.text(name), into: folder.path)
        } else {
            folder = try UnpackedFolder(corpus: name)
        }
        path = try Self.machineRoot(below: folder.path)
    }

    /// The tree as a root.
    package func root() throws -> HostRoot { try HostRoot(path: path) }

    /// Some archives have `sys` at the top, others a folder with the machine's name.
    private static func machineRoot(below directory: String) throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
        if names.contains("sys") || names.contains("proc") { return directory }
        guard names.count == 1 else {
            throw UnpackedFolder.Failure(description: "\(directory): no sys and no single folder")
        }
        return directory + "/" + names[0]
    }

    /// Reads ttar text: `Directory:`, or `Path:` with `SymlinkTo:` or `Lines:` and as many lines.
    private static func unpackText(_ text: String, into directory: String) throws {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var index = lines.startIndex
        var current = ""
        while index < lines.endIndex {
            let line = lines[index]
            index += 1
            guard let colon = line.range(of: ": ") else { continue }
            let value = String(line[colon.upperBound...])
            switch line[..<colon.lowerBound] {
            case "Directory":
                try FileManager.default.createDirectory(
                    atPath: directory + "/" + value, withIntermediateDirectories: true)
            case "Path": current = directory + "/" + value
            case "SymlinkTo":
                try FileManager.default.createSymbolicLink(atPath: current, withDestinationPath: value)
            case "Lines":
                let count = Int(value) ?? 0
                let content = lines[index..<min(lines.endIndex, index + count)]
                index += count
                try Data(fileContent(content)).write(to: URL(filePath: current))
            default: continue
            }
        }
    }

    /// `EOF` at the end stands for a missing last line feed, `NULLBYTE` for a zero byte.
    private static func fileContent(_ lines: ArraySlice<Substring>) -> [UInt8] {
        var text = lines.map { $0 + "\n" }.joined()
        if text.hasSuffix("EOF\n") { text.removeLast(4) }
        return Array(text.replacingOccurrences(of: "NULLBYTE", with: "\0").utf8)
    }
}

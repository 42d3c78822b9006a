internal import FoundationEssentials

/// The optional folder of recorded real data, named by `ASSAY_CORPUS`; tests over it are skipped when it is absent.
package enum Corpus {
    /// Directory of the corpus, or nil when the variable is unset or names nothing.
    package static let path: String? = {
        guard let path = ProcessInfo.processInfo.environment["ASSAY_CORPUS"], !path.isEmpty else { return nil }
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()

    /// Whether the corpus is there; for `.enabled(if:)`.
    package static var isAvailable: Bool { path != nil }

    /// Content of one file.
    package static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: (path ?? "") + "/" + name)))
    }

    /// Content of one text file.
    package static func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    /// Names of the files below a folder of the corpus that end in `suffix`, sorted, relative to the corpus.
    package static func files(in folder: String, suffix: String = "") -> [String] {
        guard let path else { return [] }
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: path + "/" + folder)) ?? []
        return names.filter { $0.hasSuffix(suffix) }.map { folder + "/" + $0 }.sorted()
    }
}

internal import Foundation

/// An archive of the corpus, unpacked into a temporary directory that goes away with the value.
package final class UnpackedFolder: Sendable {
    /// Why an archive could not be unpacked.
    package struct Failure: Error, CustomStringConvertible {
        /// The archive and the reason, in words.
        package let description: String
    }

    /// Path of the directory.
    package let path: String

    /// Makes an empty directory.
    package init() throws {
        // Thousands of small files: memory takes them many times faster than a disk.
        let memory = "/dev/shm"
        let isUsable = FileManager.default.isWritableFile(atPath: memory)
        let parent = isUsable ? memory : FileManager.default.temporaryDirectory.path
        path = parent + "/assay-unpacked-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Unpacks an archive with any compression that tar(1) knows.
    package convenience init(corpus name: String) throws {
        try self.init()
        let archive = (Corpus.path ?? "") + "/" + name
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/tar")
        process.arguments = ["--extract", "--file", archive, "--directory", path, "--no-same-owner"]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(archive): tar exited with \(process.terminationStatus)")
        }
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch {
            print("could not remove \(path): \(error)")
        }
    }

    /// Paths of the regular files below it, sorted.
    package var files: [String] {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
        return names.sorted().filter { name in
            var isDirectory = ObjCBool(false)
            return FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isDirectory)
                && !isDirectory.boolValue
        }
    }

    /// Content of one text file below it.
    package func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path + "/" + name)), as: UTF8.self)
    }
}

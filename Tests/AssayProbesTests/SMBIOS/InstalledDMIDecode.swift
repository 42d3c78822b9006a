import Foundation

/// The dmidecode of this machine, if it is the release that the tests were written with.
enum InstalledDMIDecode {
    /// Where it is.
    static let path: String? = ["/usr/sbin/dmidecode", "/sbin/dmidecode"].first { path in
        guard FileManager.default.isExecutableFile(atPath: path) else { return false }
        return (try? run(path, ["--version"]))?.hasPrefix("3.4\n") ?? false
    }

    /// What it prints.
    static func run(_ arguments: [String]) throws -> String { try run(path ?? "", arguments) }

    private static func run(_ path: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self)
    }
}

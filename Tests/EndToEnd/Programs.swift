import Foundation

/// The two programs as they were built beside the tests.
enum Programs {
    /// Directory of the built products: the one that the running test bundle lies in.
    static let directory: URL = {
        // Under `swift test` the first argument is the test runner; the bundle is named by `--test-bundle-path` or argv[0].
        let arguments = CommandLine.arguments
        let named = arguments.firstIndex(of: "--test-bundle-path").flatMap { index in
            arguments.indices.contains(index + 1) ? arguments[index + 1] : nil
        }
        return URL(filePath: named ?? arguments[0]).deletingLastPathComponent()
    }()

    static var agent: URL { directory.appending(path: "assay-agent") }
    static var collector: URL { directory.appending(path: "assay-collector") }
}

/// What a finished program left.
struct ProgramResult {
    var status: Int32
    var output: String
    var errors: String
}

/// A program that ran into its time limit; it was killed.
struct ProgramTimedOut: Error {
    var arguments: [String]
}

extension Programs {
    /// Runs a program to its end, at most `seconds` long.
    static func run(
        _ program: URL, _ arguments: [String], environment: [String: String] = [:], seconds: Int = 60
    ) throws -> ProgramResult {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        // Files instead of pipes: a program that prints more than a pipe holds must not wait for us.
        let folder = try TemporaryFolder()
        let output = folder.url.appending(path: "output")
        let errors = folder.url.appending(path: "errors")
        for file in [output, errors] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        let done = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in done.signal() }
        try process.run()
        if done.wait(timeout: .now() + .seconds(seconds)) == .timedOut {
            kill(process.processIdentifier, SIGKILL)
            throw ProgramTimedOut(arguments: arguments)
        }
        return ProgramResult(
            status: process.terminationStatus,
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }
}

/// A folder that is removed with its last owner.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "assay-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Path of a name in the folder.
    func path(_ name: String) -> String { url.appending(path: name).path }
}

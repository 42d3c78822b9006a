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
        try RunningProgram(program, arguments, environment: environment).finish(within: seconds)
    }
}

/// A program that was started.
final class RunningProgram: Sendable {
    private let arguments: [String]
    private let folder: TemporaryFolder
    private let process = Process()
    private let done = DispatchSemaphore(value: 0)

    init(_ program: URL, _ arguments: [String], environment: [String: String] = [:]) throws {
        self.arguments = arguments
        folder = try TemporaryFolder()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        // Files instead of pipes: a program that prints more than a pipe holds must not wait for us.
        for name in ["output", "errors"] { try Data().write(to: folder.url.appending(path: name)) }
        process.standardOutput = try FileHandle(forWritingTo: folder.url.appending(path: "output"))
        process.standardError = try FileHandle(forWritingTo: folder.url.appending(path: "errors"))
        process.terminationHandler = { [done] _ in done.signal() }
        try process.run()
    }

    /// Ends it as a power cut would.
    func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

    /// Waits for its end, at most `seconds` long; the status of a killed program is its signal's number.
    func finish(within seconds: Int = 60) throws -> ProgramResult {
        if done.wait(timeout: .now() + .seconds(seconds)) == .timedOut {
            kill()
            throw ProgramTimedOut(arguments: arguments)
        }
        func text(_ name: String) throws -> String {
            String(decoding: try Data(contentsOf: folder.url.appending(path: name)), as: UTF8.self)
        }
        return ProgramResult(
            status: process.terminationStatus, output: try text("output"), errors: try text("errors"))
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

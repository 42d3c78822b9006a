import Foundation

/// A real collector on a free loopback port, with a state folder of its own; killed when the value goes away.
final class LiveCollector {
    let folder: TemporaryFolder
    private(set) var port = 0
    private var process: Process?
    private var log: URL { folder.url.appending(path: "serve.log") }

    /// Sets up a state folder, in `parent` where one is given, and starts serving.
    init(in parent: String? = nil) throws {
        folder = try TemporaryFolder()
        state = (parent ?? folder.url.path) + "/collector"
        try ok(["init", "--host", "localhost"])
        try start()
    }

    deinit { kill() }

    var address: String { "https://localhost:\(port)" }
    let state: String

    /// Starts the server on the port that it had, or on any free one, with a clock that goes ahead by `days`.
    func start(days: Int = 0) throws {
        let process = Process()
        process.executableURL = Programs.collector
        process.arguments = ["serve", "--state", state, "--port", "\(port)"]
        process.environment = ProcessInfo.processInfo.environment.merging(try ShiftedClock.environment(days * 86_400)) {
            $1
        }
        process.standardInput = FileHandle.nullDevice
        try Data().write(to: log)
        let output = try FileHandle(forWritingTo: log)
        process.standardOutput = output
        process.standardError = output
        try process.run()
        self.process = process
        try waitUntilListening(process)
    }

    /// The server's process while it runs.
    var processID: Int32? { process?.processIdentifier }

    /// Ends the server as a power cut would.
    func kill() {
        guard let process, process.isRunning else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        self.process = nil
    }

    /// Runs one of the collector's commands on this state and expects success.
    @discardableResult func ok(_ arguments: [String]) throws -> String {
        let result = try run(arguments)
        guard result.status == 0 else { throw CommandFailed(arguments: arguments, result: result) }
        return result.output
    }

    func run(_ arguments: [String]) throws -> ProgramResult {
        try Programs.run(Programs.collector, arguments + ["--state", state])
    }

    /// The findings of a device, those that are settled included and those for information left out, as their JSON.
    func findings(of device: String) throws -> [[String: Any]] {
        let page = try json(["findings", "list", "--device", device, "--all"])
        return page["items"] as? [[String: Any]] ?? []
    }

    /// The JSON that a command prints.
    func json(_ arguments: [String]) throws -> [String: Any] {
        let data = Data(try ok(arguments + ["--format", "json"]).utf8)
        return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    /// A fresh join token; with `days` it is made under a clock that goes ahead by that much.
    func token(days: Int = 0) throws -> String {
        let result = try Programs.run(
            Programs.collector, ["token", "create", "--state", state],
            environment: try ShiftedClock.environment(days * 86_400))
        guard result.status == 0 else { throw CommandFailed(arguments: ["token", "create"], result: result) }
        return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The text of the server's log.
    func logText() throws -> String { String(decoding: try Data(contentsOf: log), as: UTF8.self) }

    // The server says itself when it listens; the loop is bounded and ends with the server.
    private func waitUntilListening(_ process: Process) throws {
        let end = Date.now.addingTimeInterval(30)
        while Date.now < end {
            let text = try logText()
            if let match = text.firstMatch(of: /listening on \S*?:(\d+)/), let number = Int(match.1) {
                port = number
                return
            }
            guard process.isRunning else { throw CommandFailed(arguments: ["serve"], result: nil) }
            usleep(20_000)
        }
        throw ProgramTimedOut(arguments: ["serve"])
    }
}

/// A command that should have succeeded.
struct CommandFailed: Error, CustomStringConvertible {
    var arguments: [String]
    var result: ProgramResult?

    var description: String {
        "\(arguments.joined(separator: " ")): status \(result?.status ?? -1)\n\(result?.errors ?? "")"
    }
}

/// The agent with a state folder of its own.
struct LiveAgent {
    let folder: TemporaryFolder

    let state: String
    /// Seconds by which its clock goes ahead.
    var clock = 0

    init(in parent: String? = nil) throws {
        folder = try TemporaryFolder()
        state = (parent ?? folder.url.path) + "/agent"
    }

    func run(_ arguments: [String]) throws -> ProgramResult { try start(arguments).finish() }

    func start(_ arguments: [String]) throws -> RunningProgram {
        try RunningProgram(
            Programs.agent, arguments + ["--state", state], environment: try ShiftedClock.environment(clock))
    }

    func enroll(_ collector: LiveCollector, at address: String? = nil, token: String? = nil) throws -> ProgramResult {
        let address = address ?? collector.address
        return try run(["enroll", "--collector", address, "--token", try token ?? collector.token()])
    }

    /// Scans and delivers; the parsed answer and the exit status.
    ///
    /// Files of this machine are left out: the test is about the way, and other processes change them meanwhile.
    func report(
        wait: Int = 20, excluding pattern: String = "/**"
    ) throws -> (status: Int32, view: [String: Any], errors: String) {
        try report(wait: wait, ["--exclude", pattern])
    }

    /// Reports on a recorded tree.
    func report(of tree: String) throws -> (status: Int32, view: [String: Any], errors: String) {
        try report(wait: 20, ["--root", tree])
    }

    private func report(
        wait: Int, _ arguments: [String]
    ) throws -> (status: Int32, view: [String: Any], errors: String) {
        let result = try run(["report", "--format", "json", "--wait", "\(wait)"] + arguments)
        let object = try? JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        return (result.status, object ?? [:], result.errors)
    }

    /// The device id, after enrolment.
    func deviceID() throws -> String {
        let data = try Data(contentsOf: URL(filePath: state + "/enrollment.json"))
        let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return object?["deviceID"] as? String ?? ""
    }

    /// Names of the reports that wait.
    func spooled() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: state + "/spool/new") }
}

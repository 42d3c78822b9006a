import Foundation

/// A real collector on a free loopback port, with a state folder of its own; killed when the value goes away.
final class LiveCollector {
    let folder: TemporaryFolder
    private(set) var port = 0
    private var process: Process?
    private var log: URL { folder.url.appending(path: "serve.log") }

    /// Sets up a state folder and starts serving.
    init() throws {
        folder = try TemporaryFolder()
        try ok(["init", "--host", "localhost"])
        try start()
    }

    deinit { kill() }

    var address: String { "https://localhost:\(port)" }
    var state: String { folder.path("collector") }

    /// Starts the server on the port that it had, or on any free one.
    func start() throws {
        let process = Process()
        process.executableURL = Programs.collector
        process.arguments = ["serve", "--state", state, "--port", "\(port)"]
        process.standardInput = FileHandle.nullDevice
        try Data().write(to: log)
        let output = try FileHandle(forWritingTo: log)
        process.standardOutput = output
        process.standardError = output
        try process.run()
        self.process = process
        try waitUntilListening(process)
    }

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

    /// The JSON that a command prints.
    func json(_ arguments: [String]) throws -> [String: Any] {
        let data = Data(try ok(arguments + ["--format", "json"]).utf8)
        return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    /// A fresh join token.
    func token() throws -> String { try json(["token", "create"])["token"] as? String ?? "" }

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

    init() throws { folder = try TemporaryFolder() }

    var state: String { folder.path("agent") }

    func run(_ arguments: [String]) throws -> ProgramResult {
        try Programs.run(Programs.agent, arguments + ["--state", state])
    }

    func enroll(_ collector: LiveCollector, token: String? = nil) throws -> ProgramResult {
        try run(["enroll", "--collector", collector.address, "--token", try token ?? collector.token()])
    }

    /// Scans and delivers; the parsed answer and the exit status.
    ///
    /// Files of this machine are left out: the test is about the way, and other processes change them meanwhile.
    func report(
        wait: Int = 20, excluding pattern: String = "/**"
    ) throws -> (status: Int32, view: [String: Any], errors: String) {
        let result = try run(["report", "--format", "json", "--wait", "\(wait)", "--exclude", pattern])
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

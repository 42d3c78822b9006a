import Glibc

/// Programs of the test machine whose output serves as an oracle.
enum Tool {
    struct Failure: Error {}

    /// Whether a program is in `/usr/bin`.
    static func isInstalled(_ name: String) -> Bool { access("/usr/bin/" + name, X_OK) == 0 }

    /// Standard output of a program; arguments are handed over as they are, without a shell.
    static func run(_ name: String, _ arguments: [String]) throws -> String {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Failure() }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        let path = "/usr/bin/" + name
        var texts: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
        defer { for text in texts { free(text) } }
        texts.append(nil)
        var process = pid_t()
        let result = posix_spawn(&process, path, &actions, nil, texts, environ)
        close(ends[1])
        defer { close(ends[0]) }
        guard result == 0 else { throw Failure() }
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(ends[0], &buffer, buffer.count)
            guard count > 0 else { break }
            output += buffer[..<count]
        }
        var status: Int32 = 0
        guard waitpid(process, &status, 0) == process, status == 0 else { throw Failure() }
        return String(decoding: output, as: UTF8.self)
    }
}

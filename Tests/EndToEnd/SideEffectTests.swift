import AssayTestKit
import Foundation
import Testing

/// A scan starts no process, writes nothing and opens no device node; seen from outside with strace.
@Suite(.ownThread) struct SideEffectTests {
    static let strace = URL(filePath: "/usr/bin/strace")
    static let isTraceable = FileManager.default.isExecutableFile(atPath: strace.path)

    @Test(.enabled(if: isTraceable, "strace is not installed"))
    func looksAndDoesNotTouch() throws {
        let folder = try TemporaryFolder()
        let trace = folder.path("trace")
        let result = try Programs.run(
            Self.strace,
            [
                "-f", "-qq", "-o", trace, "-e",
                "trace=execve,execveat,fork,vfork,open,openat,openat2,creat,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat",
                Programs.agent.path, "scan", "--format", "json", "--exclude", "/**",
            ])
        #expect(result.status == 0, "\(result.errors)")
        let lines = String(decoding: try Data(contentsOf: URL(filePath: trace)), as: UTF8.self).split(separator: "\n")
        #expect(lines.count > 50)
        let started = lines.filter { $0.contains("execve") || $0.contains("fork(") }
        #expect(started.count == 1, "only strace's own start of the agent: \(started)")
        let writing = lines.filter { line in
            ["O_WRONLY", "O_RDWR", "O_CREAT", "unlink", "rename", "mkdir", "creat("].contains { line.contains($0) }
        }
        #expect(writing.isEmpty, "\(writing)")
        let nodes = lines.filter { $0.contains("\"/dev/") && !$0.contains("ENOENT") }
        #expect(nodes.isEmpty, "\(nodes)")
    }
}

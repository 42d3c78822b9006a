import AssayHost
import AssayModel
import AssayTestKit
import Glibc
import Testing

@testable import AssayFiles

@Suite struct TreeWalkTests {
    /// Writes down what it is shown.
    private final class Recorder: TreeVisitor {
        var paths: [String] = []
        var gaps: [Gap] = []
        var excluded: Set<String> = []

        func visit(
            _ files: [TreeFile], of batch: DirectoryBatch, in directory: DirectoryHandle, below prefix: [UInt8]
        ) {
            paths += files.map { String(decoding: prefix + batch.name(of: $0.entry), as: UTF8.self) }
        }

        func note(_ gap: Gap) { gaps.append(gap) }
        func excludes(_ path: [UInt8]) -> Bool { excluded.contains(String(decoding: path, as: UTF8.self)) }
    }

    private func walk(
        _ path: String, mounts: MountTable = MountTable(), excluding: Set<String> = []
    ) throws -> (paths: [String], gaps: [Gap]) {
        let recorder = Recorder()
        recorder.excluded = excluding
        let number = open(path, O_RDONLY | O_DIRECTORY)
        #expect(number >= 0)
        let root = DirectoryHandle(owning: number)
        var walk = try TreeWalk(root: root, mounts: mounts, options: FileScanOptions(), visitor: recorder)
        try walk.run()
        return (recorder.paths, recorder.gaps)
    }

    private static let nodes: [String: HostTree.Node] = [
        "/b": "x", "/a/c": "x", "/a/b/d": "x", "/a-b": "x", "/c/mount/hidden": "x", "/c/z": "x", "/e": .directory,
    ]

    @Test func visitsEveryFileInOrder() throws {
        let tree = try HostTree(Self.nodes)
        let result = try walk(tree.path)
        #expect(result.paths == ["/a-b", "/a/b/d", "/a/c", "/b", "/c/mount/hidden", "/c/z"])
        #expect(result.gaps.isEmpty)
    }

    @Test func excludedDirectoriesAreNotEntered() throws {
        let tree = try HostTree(Self.nodes)
        #expect(try walk(tree.path, excluding: ["/a"]).paths == ["/a-b", "/b", "/c/mount/hidden", "/c/z"])
    }

    @Test func mountsThatMayNeverAnswerAreReportedUntouched() throws {
        let tree = try HostTree(Self.nodes)
        let line = Array("1 2 0:3 / /c/mount rw - nfs4 server:/x rw\n".utf8)
        let result = try walk(tree.path, mounts: MountTable(parsing: line.span.bytes))
        #expect(result.paths == ["/a-b", "/a/b/d", "/a/c", "/b", "/c/z"])
        #expect(result.gaps.map(\.path) == ["/c/mount"])
        #expect(result.gaps.map(\.kind) == [.excluded])
    }

    @Test(
        "file systems that the kernel makes up are reported and left out",
        .enabled(if: TreeWalkTests.hasDevpts, "/dev/pts is no mount point here"))
    func pseudoFileSystemsAreLeftOut() throws {
        let gap = try #require(try walk("/dev").gaps.first { $0.path == "/pts" })
        #expect(gap.kind == .excluded)
        #expect(gap.detail == "file system devpts: made up by the kernel")
    }

    private static var hasDevpts: Bool {
        var errorNumber: Int32 = 0
        let outer = FileStatus(of: "/dev", in: AT_FDCWD, errorNumber: &errorNumber)
        let inner = FileStatus(of: "/dev/pts", in: AT_FDCWD, errorNumber: &errorNumber)
        return inner != nil && outer?.device != inner?.device
    }
}

import AssayModel
import AssayTestKit
import Glibc
import Testing

@testable import AssayHost

@Suite struct HostRootTests {
    private static let resolvers: [HostRoot.Resolver] = [.automatic, .componentwise]

    @Test(arguments: resolvers) func readsAndTellsAbsence(_ resolver: HostRoot.Resolver) throws {
        let tree = try HostTree(["/a/b": "text\n", "/a/empty": ""])
        let root = try tree.root(resolver: resolver)
        #expect(try root.text("/a/b") == "text")
        #expect(try root.text("/a/empty") == "")
        #expect(try root.text("/a/none") == nil)
        #expect(try root.text("/a/b/c") == nil)
        #expect(try root.list("/none") == nil)
        #expect(try root.list("/a")?.map(\.name) == ["b", "empty"])
    }

    @Test("symbolic links, absolute or climbing, stay inside the root", arguments: resolvers)
    func linksStayInside(_ resolver: HostRoot.Resolver) throws {
        let tree = try HostTree([
            "/etc/passwd": "ours", "/x/absolute": .link("/etc/passwd"),
            "/x/climb": .link("../../../../../../etc/passwd"), "/x/dir": .link("/etc"),
            "/x/chain": .link("dir/../x/absolute"),
        ])
        let root = try tree.root(resolver: resolver)
        for name in ["absolute", "climb", "dir/passwd", "chain"] {
            #expect(try root.text("/x/" + name) == "ours", "\(name)")
        }
        #expect(try root.text("/../../../../etc/passwd") == "ours")
        #expect(try root.canonicalPath("/x/chain") == "/etc/passwd")
        #expect(try root.linkTarget("/x/absolute") == "/etc/passwd")
        #expect(try root.linkName("/x/climb") == "passwd")
        #expect(try root.linkTarget("/etc/passwd") == nil)
    }

    @Test(arguments: resolvers) func refusesLoops(_ resolver: HostRoot.Resolver) throws {
        let tree = try HostTree(["/a": .link("b"), "/b": .link("a")])
        let root = try tree.root(resolver: resolver)
        #expect(throws: HostFailure(.linkLoop, path: "/a")) { try root.text("/a") }
    }

    @Test(arguments: resolvers) func refusesWhatIsNoFile(_ resolver: HostRoot.Resolver) throws {
        let tree = try HostTree(["/dir": .directory])
        #expect(mkfifo(tree.path + "/fifo", 0o600) == 0)
        let root = try tree.root(resolver: resolver)
        #expect(throws: HostFailure(.wrongType, path: "/fifo")) { try root.read("/fifo") }
        #expect(throws: HostFailure(.wrongType, path: "/dir")) { try root.read("/dir") }
        #expect(throws: HostFailure(.wrongType, path: "/x")) { try root.read("/dir\0x") }
    }

    @Test(arguments: resolvers) func boundsReads(_ resolver: HostRoot.Resolver) throws {
        let tree = try HostTree(["/big": .bytes([UInt8](repeating: 7, count: 10_000))])
        let root = try tree.root(resolver: resolver)
        #expect(throws: HostFailure(.tooLarge, path: "/big")) { try root.read("/big", limit: 9999) }
        #expect(try root.read("/big", limit: 10_000)?.count == 10_000)
    }

    @Test func tellsDenialFromAbsence() throws {
        let tree = try HostTree(["/secret": "x"])
        #expect(chmod(tree.path + "/secret", 0) == 0)
        let root = try tree.root()
        guard geteuid() != 0 else {
            // Root reads everything; what matters then is that the file is found.
            return #expect(try root.text("/secret") == "x")
        }
        #expect(throws: HostFailure(.denied, path: "/secret")) { try root.text("/secret") }
    }

    @Test func failureNamesThePathAndTheGap() {
        let failure = HostFailure.from(errorNumber: EIO, path: "/sys/x")
        #expect(failure?.description == "/sys/x: input/output error")
        #expect(failure?.gap(probe: "p").detail == "input/output error")
        let full = HostFailure.from(errorNumber: ENOSPC, path: "/x")
        #expect(full?.description == "/x: input/output error (No space left on device)")
        #expect(failure?.gap(probe: "p").kind == .ioError)
        #expect(HostFailure.from(errorNumber: ENOENT, path: "/x") == nil)
        let denied = HostFailure.from(errorNumber: EACCES, path: "/x")
        #expect(denied?.gapKind == .denied)
        #expect(denied?.gap(probe: "p").detail == "permission denied", "said once")
    }

    @Test func aMissingRootIsNoDirectory() throws {
        let tree = try HostTree(["/file": "x"])
        #expect(throws: HostFailure(.noDirectory, path: "")) { try HostRoot(path: tree.path + "/none") }
        #expect(throws: HostFailure(.noDirectory, path: "")) { try HostRoot(path: "") }
        #expect(throws: HostFailure(.wrongType, path: "")) { try HostRoot(path: tree.path + "/file") }
    }
}

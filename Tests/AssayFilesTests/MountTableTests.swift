import AssayTestKit
import Testing

@testable import AssayFiles

@Suite struct MountTableTests {
    private static let text = """
        22 27 0:21 / /proc rw,relatime - proc proc rw
        27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
        40 27 0:50 / /mnt/nfs rw shared:1 master:2 - nfs4 server:/export rw
        41 27 0:51 / /mnt/my\\040disk rw - fuse.sshfs host: rw
        42 27 0:52 / /mnt/auto rw - autofs map rw
        43 42 0:53 / /mnt/auto rw - ext4 /dev/vdb rw
        44 27 0:54 / /mnt/ntfs rw - fuseblk /dev/sdc1 rw
        broken line
        45 27 0:55 /

        """

    private var table: MountTable { MountTable(parsing: Array(Self.text.utf8).span.bytes) }

    @Test(
        arguments: [
            ("/mnt/nfs", "nfs4"), ("/mnt/my disk", "fuse.sshfs"), ("/", nil), ("/proc", nil), ("/mnt/auto", nil),
            ("/mnt/ntfs", nil), ("/mnt", nil),
        ] as [(String, String?)])
    func knowsWhatNotToTouch(_ path: String, _ type: String?) {
        #expect(table.type(at: Array(path.utf8)) == type)
    }

    @Test func aRecordedTreeHasNoMounts() throws {
        let tree = try HostTree(["/proc/self/mountinfo": .text(Self.text)])
        #expect(MountTable(root: try tree.root()) == MountTable())
    }

    @Test(
        "escapes of the kernel are undone, others are not (proc_pid_mountinfo(5))",
        arguments: [
            ("/mnt/a\\040b", "/mnt/a b"), ("/mnt/a\\011b", "/mnt/a\tb"), ("/mnt/a\\134b", "/mnt/a\\b"),
            ("/mnt/a\\04", "/mnt/a\\04"),
            ("/mnt/a\\x", "/mnt/a\\x"),
        ])
    func escapes(_ written: String, _ path: String) {
        let table = MountTable(parsing: Array("40 27 0:50 / \(written) rw - nfs server:/ rw\n".utf8).span.bytes)
        #expect(table.type(at: Array(path.utf8)) == "nfs")
    }

    @Test(
        "the mount on top counts",
        arguments: [(["nfs", "ext4"], nil), (["ext4", "nfs"], "nfs")] as [([String], String?)])
    func stacked(_ types: [String], _ answer: String?) {
        let text = types.map { "40 27 0:50 / /mnt/x rw - \($0) source rw\n" }.joined()
        #expect(MountTable(parsing: Array(text.utf8).span.bytes).type(at: Array("/mnt/x".utf8)) == answer)
    }

    @Test func survivesDamage() {
        let bytes = Array(Self.text.utf8)
        ParserTester.truncations(of: bytes) { part in
            let table = MountTable(parsing: part)
            // A line that was cut is left out or right, and never the root.
            #expect(table.type(at: [0x2f]) == nil)
            let type = table.type(at: Array("/mnt/nfs".utf8))
            #expect(type == nil || "nfs4".hasPrefix(type ?? "-"))
        }
        ParserTester.mutations(of: bytes, count: 500) { _ = MountTable(parsing: $0) }
        #expect(MountTable(parsing: [UInt8]().span.bytes) == MountTable())
    }
}

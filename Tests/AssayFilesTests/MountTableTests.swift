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

    @Test func survivesDamage() {
        ParserTester.truncations(of: Array(Self.text.utf8)) { _ = MountTable(parsing: $0) }
        ParserTester.mutations(of: Array(Self.text.utf8), count: 500) { _ = MountTable(parsing: $0) }
    }
}

import AssayTestKit
import CLinux
import Glibc
import Testing

@testable import AssayHost

@Suite struct FileStatusTests {
    @Test(
        "fs-verity is one bit among the attributes (STATX_ATTR_VERITY)",
        arguments: [(0, false), (0x0010_0000, true), (0x0010_0800, true), (0x000f_ffff, false), (0x0020_0000, false)]
            as [(UInt64, Bool)])
    func attributes(_ attributes: UInt64, _ hasVerity: Bool) {
        var status = assay_status()
        status.attributes = attributes
        #expect(FileStatus(status).hasVerity == hasVerity)
    }

    @Test("the kernel's answer is what fstatat gives") func agreesWithStat() throws {
        let tree = try HostTree(["d/f": "content", "l": .link("d/f")])
        for name in ["d", "d/f", "l"] {
            let path = tree.path + "/" + name
            var expected = stat()
            #expect(lstat(path, &expected) == 0)
            var failed: Int32 = 0
            let status = try #require(FileStatus(of: path, in: AT_FDCWD, errorNumber: &failed))
            #expect(status.device == UInt64(expected.st_dev) && status.inode == UInt64(expected.st_ino))
            #expect(status.size == Int64(expected.st_size) && status.mode == expected.st_mode)
            #expect(status.uid == expected.st_uid)
            #expect(status.modified == Int64(expected.st_mtim.tv_sec) * 1_000_000_000 + Int64(expected.st_mtim.tv_nsec))
            #expect(status.changed == Int64(expected.st_ctim.tv_sec) * 1_000_000_000 + Int64(expected.st_ctim.tv_nsec))
        }
    }

    @Test func tellsWhatIsNotThere() throws {
        let tree = try HostTree()
        var failed: Int32 = 0
        #expect(FileStatus(of: tree.path + "/none", in: AT_FDCWD, errorNumber: &failed) == nil)
        #expect(failed == ENOENT)
    }
}

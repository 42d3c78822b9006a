import Glibc
import Testing

@testable import AssayFiles

@Suite struct FileSystemTypeTests {
    @Test(
        arguments: [
            (0x9fa0, "proc", .pseudo), (0x6969, "nfs", .remote), (0x6573_5546, "fuse", .userspace),
            (0x794c_7630, "overlay", .layered), (0x0187, "autofs", .automatic), (0xef53, "0xef53", nil),
            (0x9123_683e, "0x9123683e", nil),
        ] as [(UInt64, String, FileSystemType.Reason?)])
    func knowsWhatToStayOutOf(_ magic: UInt64, _ name: String, _ reason: FileSystemType.Reason?) {
        #expect(FileSystemType(magic: magic).name == name)
        #expect(FileSystemType(magic: magic).reasonToSkip == reason)
    }

    @Test func memoryIsStorage() {
        for magic in [0x0102_1994, 0x8584_58f6] as [UInt64] {
            #expect(FileSystemType(magic: magic).isMemory)
            #expect(FileSystemType(magic: magic).reasonToSkip == nil)
        }
    }

    @Test("the running kernel's own answer", .enabled(if: access("/proc/self/stat", R_OK) == 0, "no /proc here"))
    func asksTheKernel() {
        let number = open("/proc", O_RDONLY | O_DIRECTORY)
        defer { close(number) }
        #expect(FileSystemType(of: number)?.name == "proc")
        #expect(FileSystemType(of: -1) == nil)
    }
}

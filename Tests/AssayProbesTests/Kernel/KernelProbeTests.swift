import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct KernelProbeTests {
    private static func notes(_ id: [UInt8]) -> HostTree.Node {
        .bytes([4, 0, 0, 0, UInt8(id.count), 0, 0, 0, 3, 0, 0, 0, 0x47, 0x4e, 0x55, 0] + id)
    }

    private static func read(_ nodes: [String: HostTree.Node], isLive: Bool = false) throws -> ProbeOutput {
        let tree = try HostTree(nodes)
        let root = try HostRoot(path: tree.path, isLive: isLive)
        return withExtendedLifetime(tree) { KernelProbe().read(ProbeContext(root: root)) }
    }

    @Test func readsTheKernel() throws {
        let output = try Self.read([
            "/proc/sys/kernel/osrelease": "6.1.0-9-amd64\n", "/proc/sys/kernel/tainted": "4097\n",
            "/proc/sys/kernel/hostname": "edge-1\n", "/proc/sys/kernel/arch": "x86_64\n", "/etc/hostname": "other\n",
            "/proc/version": "Linux version 6.1.0-9-amd64 (x@y)\t#1\n", "/proc/cmdline": "quiet  root=/dev/sda1\n",
            "/sys/kernel/notes": Self.notes([0xde, 0xad]),
            "/sys/kernel/security/lockdown": "none [integrity] confidentiality\n",
            "/sys/devices/system/cpu/vulnerabilities/meltdown": "Not affected\n",
        ])
        #expect(output.gaps.isEmpty)
        #expect(output.kernel.release == "6.1.0-9-amd64")
        #expect(output.kernel.version == "Linux version 6.1.0-9-amd64 (x@y) #1")
        #expect(output.kernel.commandLine == "quiet root=/dev/sda1")
        #expect(output.kernel.taint == 4097)
        #expect(output.kernel.buildID == "dead")
        #expect(output.kernel.lockdown == "integrity")
        #expect(output.kernel.vulnerabilities == ["meltdown": "Not affected"])
        #expect(output.kernel.modules == nil)
        #expect(output.device.hostname == "edge-1")
        #expect(output.device.architecture == "x86_64")
    }

    @Test func joinsModules() throws {
        let output = try Self.read([
            "/proc/modules": "zfs 1000 3 a,b, Live 0x0000000000000000 (PO)\next4 2000 1 - Live 0x0000000000000000\n",
            "/sys/module/zfs/srcversion": "ABCDEF\n", "/sys/module/zfs/version": "2.1\n",
            "/sys/module/zfs/taint": "PO\n",
            "/sys/module/zfs/initstate": "live\n", "/sys/module/ext4/initstate": "live\n",
            "/sys/module/ext4/taint": "\n",
            "/sys/module/ext4/notes/.note.gnu.build-id": Self.notes([1, 2, 3]),
            "/sys/module/printk/parameters/time": "Y\n", "/sys/module/leaving/initstate": "going\n",
        ])
        var ext4 = KernelState.Module(name: "ext4")
        ext4.size = 2000
        ext4.buildID = "010203"
        var zfs = KernelState.Module(name: "zfs")
        zfs.size = 1000
        zfs.sourceVersion = "ABCDEF"
        zfs.version = "2.1"
        zfs.taint = "PO"
        #expect(output.gaps.isEmpty)
        #expect(output.kernel.modules == [ext4, zfs])
    }

    @Test func findsAModuleThatHides() throws {
        let output = try Self.read([
            "/proc/modules": "\n", "/sys/module/rootkit/initstate": "live\n", "/sys/module/rootkit/coresize": "77\n",
        ])
        #expect(output.kernel.modules?.map(\.name) == ["rootkit"])
        #expect(output.kernel.modules?.first?.size == 77)
        #expect(output.gaps.map(\.path) == ["/sys/module/rootkit"])
    }

    @Test(
        "malformed files are gaps that name them",
        arguments: [
            ("/proc/sys/kernel/tainted", "lots"), ("/proc/modules", "one\n"), ("/proc/modules", "../x 1 2\n"),
            ("/sys/kernel/notes", "\u{4}\0\0\0"), ("/sys/kernel/security/lockdown", "integrity"),
            ("/sys/kernel/notes", "\u{4}\0\0\0\u{9}\0\0\0\u{3}\0\0\0GNU\0x"),
        ])
    func reportsMalformedFiles(_ path: String, _ text: String) throws {
        let output = try Self.read([path: .text(text)])
        let isShort = text.utf8.count == 4 && path.hasSuffix("notes")  // less than one note: there is none
        #expect(output.gaps.map(\.kind) == (isShort ? [] : [.malformed]))
        #expect(output.gaps.map(\.path) == (isShort ? [] : [path]))
    }

    @Test func tellsAnUnmountedSecurityfs() throws {
        #expect(try Self.read(["/sys/kernel/security": .directory]).gaps.map(\.kind) == [.absent])
        #expect(try Self.read(["/sys/kernel/security/lsm": "x"]).gaps.isEmpty)
        #expect(try Self.read([:]) == ProbeOutput())
    }

    @Test func namesRecordedTreesByTheirConfiguration() throws {
        let output = try Self.read(["/etc/hostname": "recorded\n"])
        #expect(output.device.hostname == "recorded")
        #expect(output.device.architecture == nil)
        #expect(try Self.read([:], isLive: true).device.architecture?.isEmpty == false)
    }
}

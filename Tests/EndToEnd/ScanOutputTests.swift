import AssayTestKit
import Foundation
import Testing

/// What `scan` prints, and where it puts it.
@Suite(.ownThread) struct ScanOutputTests {
    private static func tree() throws -> HostTree {
        let tree = try HostTree(["/etc/os-release": "ID=example\n"])
        for address in ["0000:00:02.0", "0000:00:0a.0"] {
            let folder = "/sys/bus/pci/devices/\(address)"
            try tree.set(folder + "/vendor", "0x8086\n")
            try tree.set(folder + "/device", "0x1533\n")
            try tree.set(folder + "/class", "0x020000\n")
        }
        return tree
    }

    @Test("a FIFO is written into, not replaced") func writesIntoAFIFO() throws {
        let tree = try Self.tree()
        let folder = try TemporaryFolder()
        let path = folder.path("fifo")
        #expect(mkfifo(path, 0o600) == 0)
        // Both ends at once, so that neither side waits for the other; the text fits into the pipe.
        let number = open(path, O_RDWR | O_NONBLOCK)
        defer { close(number) }
        let result = try Programs.run(
            Programs.agent,
            ["scan", "--root", tree.path, "--sections", "components", "--output", path])
        #expect(result.status == 0, "\(result.errors)")
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(number, &buffer, buffer.count)
        #expect(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).contains("pci/0000:00:02.0"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["fifo"])
    }

    @Test("of a link the target is replaced, with the permissions it had", arguments: [true, false])
    func replacesTheTargetOfALink(exists: Bool) throws {
        let tree = try Self.tree()
        let folder = try TemporaryFolder()
        if exists {
            try Data("old".utf8).write(to: URL(filePath: folder.path("target")))
            #expect(chmod(folder.path("target"), 0o600) == 0)
        }
        #expect(symlink("target", folder.path("link")) == 0)
        let result = try Programs.run(
            Programs.agent,
            ["scan", "--root", tree.path, "--sections", "components", "--output", folder.path("link")])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link")) == "target")
        #expect(try String(contentsOfFile: folder.path("target"), encoding: .utf8).contains("pci/"))
        var status = stat()
        #expect(stat(folder.path("target"), &status) == 0)
        #expect(!exists || status.st_mode & 0o777 == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == ["link", "target"])
    }

    @Test("/dev/stdout is the stream, whatever it leads to") func standardOutputByName() throws {
        let tree = try Self.tree()
        let folder = try TemporaryFolder()
        // The same name in another folder: a link to the descriptor.
        #expect(symlink("/proc/self/fd/1", folder.path("stdout")) == 0)
        let result = try Programs.run(
            Programs.agent,
            ["scan", "--root", tree.path, "--sections", "components", "--output", folder.path("stdout")])
        #expect(result.output.contains("pci/0000:00:02.0"))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("stdout")) == "/proc/self/fd/1")
    }

    @Test("the time of a recorded tree is stated in UTC") func statesTheTimeInUTC() throws {
        let tree = try Self.tree()
        let result = try Programs.run(
            Programs.agent,
            [
                "scan", "--root", tree.path, "--sections", "platform", "--format", "json", "--taken-at",
                "2026-01-31T12:00:00+02:00",
            ])
        #expect(result.output.contains("\"takenAt\":\"2026-01-31T10:00:00Z\""))
    }

    @Test("a folder above the tree is noticed, and decides nothing") func suggestsTheFolderBelow() throws {
        let tree = try HostTree(["/inner/etc/os-release": "ID=example\n", "/other/x": "x"])
        let result = try Programs.run(Programs.agent, ["scan", "--root", tree.path, "--sections", "platform"])
        #expect(result.status == 0)
        #expect(result.errors.contains("did you mean \(tree.path)/inner?"))
        let fine = try Programs.run(Programs.agent, ["scan", "--root", tree.path + "/inner", "--sections", "platform"])
        #expect(!fine.errors.contains("did you mean"))
    }

    @Test("functions without a name show their class in words") func namesPCIClasses() throws {
        let tree = try Self.tree()
        let result = try Programs.run(
            Programs.agent, ["scan", "--root", tree.path, "--sections", "components"])
        let lines = result.output.split(separator: "\n").filter { $0.hasPrefix("pci/") }
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.contains("Ethernet controller") })
    }

    @Test(
        "no line of an example is wider than a terminal", arguments: ["", "scan", "verify", "enroll", "report", "run"])
    func helpFits(_ command: String) throws {
        let help = try Programs.run(Programs.agent, command.isEmpty ? ["--help"] : [command, "--help"]).output
        let lines = help.split(separator: "\n").filter { !$0.hasPrefix("USAGE: ") }
        #expect(lines.count > 5)
        #expect(lines.filter { $0.count > 80 } == [])
    }
}

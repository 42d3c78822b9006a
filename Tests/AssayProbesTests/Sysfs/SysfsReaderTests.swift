import AssayHost
import AssayModel
import AssayTestKit
import Glibc
import Testing

@testable import AssayProbes

@Suite struct SysfsReaderTests {
    @Test func keepsWhatTheDevicePrintedButTheLineFeed() throws {
        let tree = try HostTree(["/a": "  padded  \n", "/empty": "\n", "/number": "0x1f\n", "/decimal": "42\n"])
        var reader = SysfsReader(try tree.root(), probe: "p")
        #expect(reader.text("/a") == "  padded  ")
        #expect(reader.word("/a") == "padded")
        #expect(reader.text("/empty") == nil)
        #expect(reader.text("/none") == nil)
        #expect(reader.number("/number") == 31)
        #expect(reader.number("/decimal") == 42)
        #expect(reader.number("/a") == nil)
        #expect(reader.output.gaps.isEmpty)
    }

    @Test func failuresAreGaps() throws {
        let tree = try HostTree(["/big": .bytes([UInt8](repeating: 1, count: 100)), "/loop": .link("loop")])
        var reader = SysfsReader(try tree.root(), probe: "p")
        #expect(reader.bytes("/big", limit: 99) == nil)
        #expect(reader.text("/loop") == nil)
        #expect(reader.output.gaps.map(\.kind) == [.tooLarge, .malformed])
        #expect(reader.output.gaps.map(\.path) == ["/big", "/loop"])
    }

    @Test("what root alone may read is a gap that says how to open it")
    func deniedIsAGap() throws {
        let tree = try HostTree(["/secret": "x"])
        #expect(chmod(tree.path + "/secret", 0) == 0)
        var reader = SysfsReader(try tree.root(), probe: "p")
        // Root reads everything; what matters then is that the file is found.
        guard geteuid() != 0 else { return #expect(reader.text("/secret") == "x") }
        #expect(reader.text("/secret") == nil)
        #expect(reader.output.gaps.map(\.kind) == [.denied])
        #expect(reader.output.gaps.first?.detail.contains("CAP_") == false)
        var live = SysfsReader(try HostRoot(path: tree.path, isLive: true), probe: "p")
        #expect(live.text("/secret") == nil)
        #expect(live.output.gaps.first?.detail.contains("CAP_DAC_READ_SEARCH") == true)
    }

    @Test("advice about privileges is for the running system; a recorded tree has none to give")
    func advisesTheLiveSystemAlone() throws {
        let tree = try HostTree()
        var gap = Gap(probe: "p", path: "/x", kind: .denied, detail: "permission denied")
        gap.addAdvice("CAP_X opens it", for: try tree.root())
        #expect(gap.detail == "permission denied")
        gap.addAdvice("CAP_X opens it", for: try HostRoot(path: tree.path, isLive: true))
        #expect(gap.detail == "permission denied; CAP_X opens it")
    }

    @Test func foldsRefusalsOfOneDevice() throws {
        let tree = try HostTree()
        var reader = SysfsReader(try tree.root(), probe: "p")
        reader.note("/before", .denied, "d")
        reader.note("/a/1", .denied, "d")
        reader.note("/a/2", .malformed, "m")
        reader.note("/a/3", .denied, "d")
        reader.note("/a/4", .malformed, "m")
        reader.foldGaps(since: 1)
        #expect(reader.output.gaps.map(\.path) == ["/before", "/a/1", "/a/2", "/a/4"])
        #expect(reader.output.gaps[1].detail == "d; so with 1 more attributes")
    }

    @Test(
        "bytes that text cannot hold are kept in hexadecimal",
        arguments: [
            ([0xff, 0, 0x1b, 0x5d], "\u{ff}", "ff001b5d"), (Array("S\u{1b}[2J1".utf8), "S [2J1", "531b5b324a31"),
            ([0x53, 0xe9], "S\u{e9}", "53e9"), (Array("S-1\0\0\0".utf8), "S-1", nil), (Array("S-1".utf8), "S-1", nil),
            ([0, 0x41], nil, "0041"), (Array(" S".utf8), "S", " S"),
        ] as [([UInt8], String?, String?)])
    func keepsBytesThatAreNoText(_ bytes: [UInt8], _ serial: String?, _ raw: String?) {
        var component = Component("storage", at: "x", evidence: Evidence(probe: "p", path: "/"))
        component.set(.serial, bytes)
        #expect(component.serial == serial)
        #expect(component.properties["raw.serial"] == raw)
    }

    @Test func numbersInNamesCompareAsNumbers() {
        let names = ["nvme10", "nvme2", "nvme2n1", "a", "sda"]
        #expect(
            names.sorted(by: SysfsReader.inNaturalOrder) == ["a", "nvme2", "nvme2n1", "nvme10", "sda"])
        #expect(!SysfsReader.inNaturalOrder("a1", "a1"))
    }

    @Test func tooManyDevicesAreCut() throws {
        let tree = try HostTree(["/sys/block/a1": "", "/sys/block/a10": "", "/sys/block/a2": "", "/sys/block/b": ""])
        var reader = SysfsReader(try tree.root(), probe: "p", limit: 2)
        #expect(reader.devices("/sys/block") == ["a1", "a2"])
        #expect(reader.devices("/sys/block") { $0 == "b" } == ["b"])
        #expect(reader.output.gaps.map(\.kind) == [.tooLarge])
    }

    @Test func componentsKeepTheRawText() {
        var component = Component("storage", at: "x", evidence: Evidence(probe: "p", path: "/"))
        component.set(.model, " Drive\u{0}  1 ")
        component.set(.serial, "S1")
        component.set(.revision, "   ")
        component.setID("vendor", "0x8086")
        component.setID("bad", "0xno")
        component.setProperty("empty", " ")
        #expect(component.model == "Drive 1")
        #expect(component.serial == "S1")
        #expect(component.revision == nil)
        #expect(component.properties == ["raw.model": "2044726976650020203120", "raw.revision": "   "])
        #expect(component.ids == ["vendor": "8086"])
    }
}

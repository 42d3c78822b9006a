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
        #expect(reader.output.gaps.first?.detail.contains("CAP_DAC_READ_SEARCH") == true)
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
        #expect(component.properties == ["raw.model": " Drive\u{0}  1 ", "raw.revision": "   "])
        #expect(component.ids == ["vendor": "8086"])
    }
}

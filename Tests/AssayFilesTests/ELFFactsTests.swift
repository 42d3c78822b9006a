import AssayBytes
import AssayTestKit
import FoundationEssentials
import Testing

@testable import AssayFiles

@Suite struct ELFFactsTests {
    private static let layouts: [(is64Bit: Bool, isBigEndian: Bool)] = [
        (true, false), (true, true), (false, false), (false, true),
    ]

    private func facts(_ sample: ELFSample) throws -> ELFFacts { try ELFFacts(parsing: sample.bytes.span.bytes) }

    @Test("every class and byte order says the same", arguments: layouts)
    func readsEveryLayout(_ layout: (is64Bit: Bool, isBigEndian: Bool)) throws {
        var sample = ELFSample(is64Bit: layout.is64Bit, isBigEndian: layout.isBigEndian)
        sample.interpreter = "/lib64/ld-linux-x86-64.so.2"
        sample.needed = ["libz.so.1", "libc.so.6"]
        sample.buildID = Array(1...20)
        let facts = try facts(sample)
        #expect(facts.failure == nil)
        #expect(facts.interpreter == "/lib64/ld-linux-x86-64.so.2")
        #expect(facts.needed == ["libz.so.1", "libc.so.6"])
        #expect(facts.buildID == "0102030405060708090a0b0c0d0e0f1011121314")
        #expect(facts.isProgram)
    }

    @Test("a program has a loader or the PIE flag, unless it is there to be linked with")
    func tellsProgramsFromLibraries() throws {
        #expect(try !facts(ELFSample(needed: ["libc.so.6"])).isProgram)
        #expect(try facts(ELFSample(interpreter: "/lib/ld.so", needed: ["libc.so.6"])).isProgram)
        #expect(try facts(ELFSample(flags1: 0x0800_0001)).isProgram)
        #expect(try !facts(ELFSample(interpreter: "/lib/ld.so", linkName: "libc.so.6")).isProgram)
        #expect(try facts(ELFSample(type: 2)).isProgram)
        #expect(try facts(ELFSample(type: 2, linkName: "odd")).isProgram)
        #expect(try !facts(ELFSample(type: 1)).isProgram)
    }

    @Test(arguments: layouts)
    func findsTheBuildIDOfAModuleInItsSections(_ layout: (is64Bit: Bool, isBigEndian: Bool)) throws {
        let sample = ELFSample(
            is64Bit: layout.is64Bit, isBigEndian: layout.isBigEndian, type: 1, buildID: [0xde, 0xad, 0xbe, 0xef])
        #expect(try facts(sample).buildID == "deadbeef")
        #expect(try facts(sample).type == .relocatable)
    }

    @Test("a broken part leaves the others readable") func keepsWhatIsSound() throws {
        var bytes = ELFSample(interpreter: "/lib/ld.so", needed: ["libc.so.6"], buildID: [1, 2, 3, 4]).bytes
        let dynamic = bytes.count - 4 * 16
        // The needed name lies behind the string table.
        bytes[dynamic + 9] = 0xff
        let facts = try ELFFacts(parsing: bytes.span.bytes)
        #expect(facts.failure == ParseFailure(.badValue, "", at: 0))
        #expect(facts.interpreter == "/lib/ld.so")
        #expect(facts.buildID == "01020304")
        #expect(facts.needed.isEmpty)
    }

    @Test func refusesWhatIsNoELF() {
        #expect(throws: ParseFailure(.truncated, "", at: 0)) { try ELFFacts(parsing: [0x7f, 0x45].span.bytes) }
        let other = [UInt8](repeating: 1, count: 64)
        #expect(throws: ParseFailure(.badMagic, "", at: 0)) { try ELFFacts(parsing: other.span.bytes) }
        var wrongClass = ELFSample().bytes
        wrongClass[4] = 9
        #expect(throws: ParseFailure(.badValue, "", at: 0)) { try ELFFacts(parsing: wrongClass.span.bytes) }
    }

    @Test func refusesOversizedTables() throws {
        var bytes = ELFSample(needed: ["libc.so.6"]).bytes
        bytes[56] = 0xff
        bytes[57] = 0xff
        #expect(try ELFFacts(parsing: bytes.span.bytes).failure == ParseFailure(.tooLarge, "", at: 0))
        bytes[57] = 0
        #expect(try ELFFacts(parsing: bytes.span.bytes).failure == ParseFailure(.truncated, "", at: 0))
    }

    @Test(arguments: layouts) func survivesDamage(_ layout: (is64Bit: Bool, isBigEndian: Bool)) {
        for type in [1, 2, 3] as [UInt16] {
            let sample = ELFSample(
                is64Bit: layout.is64Bit, isBigEndian: layout.isBigEndian, type: type,
                interpreter: type == 1 ? nil : "/lib/ld.so", needed: type == 1 ? [] : ["libc.so.6", "libm.so.6"],
                flags1: type == 1 ? nil : 1, buildID: Array(1...20))
            ParserTester.truncations(of: sample.bytes) { _ = try? ELFFacts(parsing: $0) }
            ParserTester.mutations(of: sample.bytes) { _ = try? ELFFacts(parsing: $0) }
        }
    }

    private static let systemFiles = ["/bin/sh", "/usr/bin/env", "/usr/bin/openssl", "/lib64/ld-linux-x86-64.so.2"]
        .filter { FileManager.default.fileExists(atPath: $0) }

    @Test(
        "agrees with readelf about files of this machine",
        .enabled(if: Tool.isInstalled("readelf"), "readelf is not installed"), arguments: systemFiles)
    func agreesWithReadelf(_ path: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        let facts = try ELFFacts(parsing: bytes.span.bytes)
        let dynamic = try Tool.run("readelf", ["-W", "-d", path])
        let needed = dynamic.split(separator: "\n").filter { $0.contains("(NEEDED)") }
            .compactMap { $0.split(separator: "[").last?.split(separator: "]").first.map(String.init) }
        #expect(facts.needed == needed)
        let notes = try Tool.run("readelf", ["-W", "-n", path])
        let buildID = notes.split(separator: "\n").first { $0.contains("Build ID: ") }?.split(separator: " ").last
        #expect(facts.buildID == buildID.map(String.init))
        #expect(facts.failure == nil)
    }
}

import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayPackages

@Suite struct OSReleaseReaderTests {
    private static func parse(_ text: String) -> OSRelease { OSRelease(parsing: Array(text.utf8).span.bytes) }

    @Test(arguments: [
        (#"A=plain"#, "plain"), (#"A="two words""#, "two words"), (#"A='single $x \n'"#, #"single $x \n"#),
        (#"A="a\"b\$c\\d\`e\n""#, #"a"b$c\d`e\n"#), ("A=\"\"", ""), ("  A=x  \r", "x"), ("A=1\nA=2", "2"),
    ])
    func readsShellQuotes(_ text: String, _ value: String) {
        let file = Self.parse(text)
        #expect(file.values["A"] == value)
        #expect(file.malformedLine == nil)
    }

    @Test(arguments: ["A", "=x", "1A=x", "A B=x", "A=\"open", "A='x'y", "A=two words", "A=a\"b"])
    func namesTheMalformedLine(_ line: String) {
        let file = Self.parse("# note\n\n\(line)\nID=x\n")
        #expect(file.malformedLine == 3)
        #expect(file.values == ["ID": "x"])
    }

    @Test func fallsBackToTheVendorFile() throws {
        let tree = try HostTree(["/usr/lib/os-release": "ID=Vendor\nVERSION_ID=1\nID_LIKE=\"b a\"\nBUILD_ID=7\n"])
        let system = OSReleaseReader.read(try tree.root()).system
        #expect(system?.id == "vendor")
        #expect(system?.versionID == "1")
        #expect(system?.idLike == ["b", "a"])
        #expect(system?.image == ["BUILD_ID": "7"])
        try tree.set("/etc/os-release", "ID=local\n")
        #expect(OSReleaseReader.read(try tree.root()).system?.id == "local")
    }

    @Test func tellsAbsenceFromDamage() throws {
        let tree = try HostTree()
        let absent = OSReleaseReader.read(try tree.root())
        #expect(absent.system == nil && absent.gaps.isEmpty)
        try tree.set("/etc/os-release", .bytes([UInt8](repeating: 0x41, count: 70_000)))
        #expect(OSReleaseReader.read(try tree.root()).gaps.map(\.kind) == [.tooLarge])
        try tree.set("/etc/os-release", "nonsense\n")
        let damaged = OSReleaseReader.read(try tree.root())
        #expect(damaged.system?.id == "linux")
        #expect(damaged.gaps.map(\.detail) == ["line 1 is no assignment"])
    }

    @Test("reads the real files", .enabled(if: Corpus.isAvailable))
    func readsTheCorpus() throws {
        var seen = 0
        for name in Corpus.files(in: "packages/os-release") {
            let file = Self.parse(try Corpus.text(name))
            // The file names state id and version: `debian-dist-11`, `alpine-3.13`.
            let words = name.split(separator: "/").last?.split(separator: "-") ?? []
            #expect(file.malformedLine == nil, "\(name)")
            #expect(file.operatingSystem.id == words.first.map(String.init), "\(name)")
            #expect(file.operatingSystem.versionID?.hasPrefix(words.last ?? "?") == true, "\(name)")
            seen += 1
        }
        #expect(seen == 13)
    }

    @Test func survivesAnything() {
        let input = Array("ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME='a \\' b'\n# x\nX=\"\\\"\"\n".utf8)
        let parse = { (bytes: RawSpan) in _ = OSRelease(parsing: bytes).operatingSystem }
        ParserTester.truncations(of: input, parse)
        ParserTester.mutations(of: input, parse)
    }
}

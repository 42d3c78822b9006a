import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

/// Every dump of the corpus against the text that dmidecode printed for it.
@Suite("SMBIOS dumps", .enabled(if: Corpus.isAvailable))
struct SMBIOSCorpusTests {
    /// A dump and the text about it.
    struct Case: Sendable, CustomTestStringConvertible {
        var dump: String
        var oracle: String
        var testDescription: String { oracle }
    }

    static let cases: [Case] = Corpus.files(in: "smbios", suffix: ".txt").compactMap { oracle in
        let stem = oracle.replacing(".dmidecode-3.4.txt", with: "").replacing(".orig.txt", with: "")
        let dumps = ["", ".bin", ".dmi"].map { stem + $0 }
        guard let dump = dumps.first(where: { name in Corpus.files(in: "smbios").contains(name) }) else { return nil }
        return Case(dump: dump, oracle: oracle)
    }

    /// The dump as a recorded tree has it.
    static func tree(_ dump: String) throws -> HostTree {
        let tree = try HostTree([SMBIOSSource.table: .bytes(try Corpus.bytes(dump))])
        let entryPoint = dump.split(separator: "/").dropLast().joined(separator: "/") + "/smbios_entry_point"
        if dump.hasSuffix("/DMI"), Corpus.files(in: "smbios").contains(entryPoint) {
            try tree.set(SMBIOSSource.entryPoint, .bytes(try Corpus.bytes(entryPoint)))
        }
        return tree
    }

    /// Version that the oracle's text was made with.
    static func version(_ text: String) -> SMBIOSVersion? {
        guard let line = text.split(separator: "\n").first(where: { $0.hasSuffix(" present.") }) else { return nil }
        let numbers = line.split(separator: " ")[1].split(separator: ".").compactMap { UInt8($0) }
        return numbers.count >= 2 ? SMBIOSVersion(major: numbers[0], minor: numbers[1]) : nil
    }

    @Test("there is something to compare") func hasCases() { #expect(Self.cases.count >= 16) }

    @Test("decodes every field as dmidecode does", arguments: cases)
    func fields(_ test: Case) throws {
        let text = try Corpus.text(test.oracle)
        let oracle = DMIDecodeText(text)
        let tree = try Self.tree(test.dump)
        let source = try withExtendedLifetime(tree) { SMBIOSSource(try tree.root()) }
        let version = try #require(source.version ?? Self.version(text))
        let records = source.structures.map { SMBIOSRecord($0, version: version) }
        #expect(records.count == oracle.structures.count)
        var compared = 0
        for (expected, record) in zip(oracle.structures, records) {
            #expect(expected.handle == record.structure.handle)
            #expect(expected.type == record.structure.type)
            #expect(expected.length == record.structure.formatted.count)
            guard SMBIOSPart.byType[record.structure.type] != nil else { continue }
            compared += expected.fields.count
            for difference in SMBIOSOracle.differences(expected, record) { Issue.record("\(difference)") }
        }
        #expect(compared > 100)
    }

    @Test("finds every part in every dump", arguments: Set(cases.map(\.dump)).sorted())
    func components(_ dump: String) throws {
        let tree = try Self.tree(dump)
        defer { withExtendedLifetime(tree) {} }
        let root = try tree.root()
        let output = SMBIOSProbe().read(ProbeContext(root: root))
        let all = output.components + output.firmware
        #expect(Set(all.map(\.location)).count == all.count)
        let source = SMBIOSSource(root)
        let types = source.structures.map(\.type).filter { $0 != 127 }
        let controllers = output.firmware.filter { $0.location.hasPrefix("fw/ec") }.count
        #expect(all.count == types.count + controllers)
        #expect(output.device.manufacturer != nil)
        #expect(all.contains { $0.location == "system" && $0.digests["smbiosTable"] != nil })
        let moving = ["18", "23", "25", "33"]
        #expect(
            all.allSatisfy { part in
                part.digests["structure"] != nil || part.location.hasPrefix("fw/ec")
                    || moving.contains(part.properties["smbios.type"] ?? "")
            })
        #expect(output == SMBIOSProbe().read(ProbeContext(root: root)))
        #expect(output.gaps.allSatisfy { $0.kind == .malformed })
    }
}

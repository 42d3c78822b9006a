import AssayBytes
import AssayTestKit
import FoundationEssentials
import Testing

@testable import AssayProbes

@Suite struct PCIVitalProductDataTests {
    private static func parse(_ bytes: [UInt8]) throws -> PCIVitalProductData {
        try PCIVitalProductData(parsing: bytes.span.bytes)
    }

    private static func isComplete(_ bytes: [UInt8]) -> Bool { PCIVitalProductData.isComplete(bytes.span.bytes) }

    /// One keyword with its data.
    static func field(_ keyword: String, _ data: [UInt8]) -> [UInt8] {
        Array(keyword.utf8) + [UInt8(data.count)] + data
    }

    /// A large resource.
    static func resource(_ tag: UInt8, _ data: [UInt8]) -> [UInt8] {
        [tag, UInt8(data.count & 0xff), UInt8(data.count >> 8)] + data
    }

    /// Identifier, VPD-R with part number, serial number and checksum, VPD-W with an asset tag, end tag.
    static func sample(checksumOffBy error: UInt8 = 0, spare: Int = 2) -> [UInt8] {
        let fields =
            field("PN", Array("A12-3".utf8)) + field("SN", Array("0042".utf8)) + field("MN", Array("1028".utf8))
        var bytes = resource(0x82, Array("Test adapter".utf8))
        bytes += [0x90, UInt8(fields.count + 4 + spare), 0] + fields + Array("RV".utf8) + [UInt8(1 + spare)]
        let sum = bytes.reduce(UInt8(0)) { $0 &+ $1 }
        bytes.append((0 &- sum) &+ error)
        bytes += [UInt8](repeating: 0, count: spare)
        return bytes + resource(0x91, field("YA", Array("asset 7".utf8)) + field("RW", [0, 0])) + [0x78]
    }

    @Test func readsFields() throws {
        let data = try Self.parse(Self.sample())
        #expect(data.identifier == Array("Test adapter".utf8))
        #expect(data["PN"] == Array("A12-3".utf8))
        #expect(data["SN"] == Array("0042".utf8))
        #expect(data["MN"] == Array("1028".utf8))
        #expect(data["YA"] == Array("asset 7".utf8))
        #expect(data.readWrite.map(\.keyword) == ["YA"])
        #expect(data.checksum == .valid)
        #expect(data.fault == nil)
    }

    @Test func noticesAWrongChecksum() throws {
        let data = try Self.parse(Self.sample(checksumOffBy: 1))
        #expect(data.checksum == .invalid)
        #expect(data["SN"] == Array("0042".utf8))
    }

    @Test("without RV nothing is claimed of the checksum")
    func toleratesAMissingChecksum() throws {
        let bytes = Self.resource(0x90, Self.field("PN", [0x31])) + [0x78]
        #expect(try Self.parse(bytes).checksum == .absent)
    }

    @Test(
        "what precedes a fault survives",
        arguments: [
            (Self.resource(0x82, [0x41]) + [0x00], ParseFailure.Code.badValue),
            (Self.resource(0x82, [0x41]) + [0x84, 0, 0], .badValue),
            (Self.resource(0x82, [0x41]) + [0x90, 0xff, 0xff], .tooLarge),
            (Self.resource(0x82, [0x41]) + [0x90, 9, 0, 0x50], .truncated),
            (Self.resource(0x82, [0x41]) + Self.resource(0x90, [0x50, 0x4e, 9, 0x31]), .badLength),
            (Self.resource(0x82, [0x41]), .truncated),
        ])
    func keepsWhatPrecedesAFault(_ bytes: [UInt8], _ code: ParseFailure.Code) throws {
        let data = try Self.parse(bytes)
        #expect(data.identifier == [0x41])
        #expect(data.fault?.code == code)
    }

    @Test func boundsTheNumberOfFields() throws {
        let fields = (0..<200).flatMap { _ in Self.field("V0", []) }
        let data = try Self.parse((Self.resource(0x90, fields) + [0x78]))
        #expect(data.readOnly.count == PCIVitalProductData.fieldLimit)
        #expect(data.fault?.code == .tooLarge)
    }

    @Test func refusesWhatIsNoProductData() {
        #expect(throws: ParseFailure(.badValue, "", at: 0)) { try Self.parse([0, 0, 0]) }
        #expect(throws: ParseFailure(.badValue, "", at: 0)) { try Self.parse([0xff]) }
        #expect(throws: ParseFailure(.truncated, "", at: 0)) { try Self.parse([UInt8]()) }
    }

    @Test("reading may stop at the end tag, and not before")
    func knowsWhenItIsComplete() {
        let bytes = Self.sample()
        for count in 0..<bytes.count { #expect(!Self.isComplete(Array(bytes.prefix(count)))) }
        #expect(Self.isComplete((bytes + [0, 0])))
        #expect(Self.isComplete([0x00]))
    }

    @Test func survivesHostileBytes() {
        ParserTester.truncations(of: Self.sample()) { _ = try? PCIVitalProductData(parsing: $0) }
        ParserTester.mutations(of: Self.sample()) { bytes in
            _ = try? PCIVitalProductData(parsing: bytes)
            _ = PCIVitalProductData.isComplete(bytes)
        }
    }

    @Test(.enabled(if: Corpus.isAvailable)) func agreesWithTheRegistry() throws {
        let expected = try JSONDecoder().decode(
            [String: String].self, from: Data(try Corpus.bytes("pci/tcg-registry/sample1.expected.json")))
        let data = try Self.parse(try Corpus.bytes("pci/tcg-registry/sample1.vpd.bin"))
        for (keyword, name) in [("MN", "VpdMnHex"), ("PN", "VpdPnHex"), ("SN", "VpdSnHex")] {
            #expect(data[keyword].map { DeviceText.decode($0) } == expected[name])
        }
        #expect(data.identifier.map { DeviceText.decode($0) } == "Sample PCI Component")
    }
}

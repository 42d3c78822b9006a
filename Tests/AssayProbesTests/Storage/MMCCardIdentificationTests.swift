import AssayBytes
import AssayTestKit
import FoundationEssentials
import Testing

@testable import AssayProbes

@Suite struct MMCCardIdentificationTests {
    @Test("registers that people posted with the kernel's own decode of them")
    func decodesPublishedCards() throws {
        let card = MMCCardIdentification(
            try MMCRegister(hex: "275048534431364730da89b82900fb61"), standard: .sd)
        #expect(card.manufacturerID == 0x27)
        #expect(card.oemID == 0x5048)
        #expect(card.productName == "SD16G")
        #expect(card.productRevision == "3.0")
        #expect(card.serialNumber == 0xda89_b829)
        #expect(card.manufactured?.description == "2015-11")
        #expect(card.checksum == .valid)
        let chip = MMCCardIdentification(
            try MMCRegister(hex: "1501004d384731474303dc0db061506f"), standard: .eMMC, extendedRevision: 6)
        #expect(chip.manufacturerID == 0x15)
        #expect(chip.oemID == 0x0100)
        #expect(chip.productName == "M8G1GC")
        #expect(chip.serialNumber == 0xdc0d_b061)
        #expect(chip.manufactured?.description == "2013-05")
        #expect(chip.checksum == .valid)
    }

    @Test(
        "the eMMC year wraps to 2013 only with an EXT_CSD revision above 4",
        arguments: [
            (UInt64?.none, 0, 1997), (4, 0, 1997), (5, 0, 2013), (8, 12, 2025), (5, 13, 2010), (8, 15, 2012),
            (4, 13, 2010),
        ])
    func yearRule(_ revision: UInt64?, _ code: UInt8, _ year: Int) throws {
        var bytes = [UInt8](repeating: 0, count: 16)
        bytes[14] = 0x50 | code
        let card = MMCCardIdentification(
            try MMCRegister(parsing: bytes.span.bytes), standard: .eMMC, extendedRevision: revision)
        #expect(card.manufactured == .init(year: year, month: 5))
    }

    @Test func aMonthOutsideOfTheYearIsNone() throws {
        let card = MMCCardIdentification(
            try MMCRegister(hex: "02544d53413034471027b774850bdf00".replacing("0bdf", with: "00bd")), standard: .sd)
        #expect(card.manufactured == nil)
    }

    @Test(
        "the checksum is right, wrong, or dropped by the host",
        arguments: [
            ("275048534431364730da89b82900fb61", MMCRegister.Checksum.valid),
            ("275048534431364730da89b82900fb63", .invalid), ("275048534431364731da89b82900fb61", .invalid),
            ("275048534431364730da89b82900fb00", .absent),
        ])
    func checksum(_ hex: String, _ expected: MMCRegister.Checksum) throws {
        #expect(try MMCRegister(hex: hex).checksum == expected)
    }

    @Test func refusesOtherLengthsAndDigits() {
        #expect(throws: ParseFailure(.truncated, "", at: 0)) { try MMCRegister(hex: "0011") }
        #expect(throws: ParseFailure(.badLength, "", at: 0)) {
            try MMCRegister(hex: String(repeating: "0", count: 34))
        }
        #expect(throws: ParseFailure(.badValue, "", at: 0)) { try MMCRegister(hex: "xx") }
    }

    @Test("agrees with the decodes of usbsdmux", .enabled(if: Corpus.isAvailable), arguments: RegisterDecode.files)
    func agreesWithDecodes(_ file: String) throws {
        let decode = try RegisterDecode(file)
        let card = MMCCardIdentification(try MMCRegister(hex: try decode.raw("cid")), standard: .sd)
        #expect(Int(card.manufacturerID) == (try decode.number("cid", "MID")))
        #expect(Int(card.oemID) == (try decode.number("cid", "OID")))
        let name = try #require(UInt64(exactly: try decode.number("cid", "PNM")))
        #expect(card.productName == DeviceText.decode((0..<5).reversed().map { UInt8(name >> (8 * $0) & 0xff) }))
        #expect(Int(card.serialNumber) == (try decode.number("cid", "PSN")))
        let revision = try decode.number("cid", "PRV")
        #expect(card.productRevision == "\(revision >> 4).\(revision & 15)")
        #expect(card.manufactured?.year == 2000 + (try decode.number("cid", "MDT_Y")))
        #expect(card.manufactured?.month == (try decode.number("cid", "MDT_M")))
        #expect(card.checksum == .absent)
    }
}

/// One file of usbsdmux's reference decodes.
struct RegisterDecode {
    static let files = Corpus.files(in: "mmc/usbsdmux", suffix: ".json")

    private struct Register: Decodable {
        struct Field: Decodable {
            var field: String
            var raw: [Int]
            var value: String?

            private enum CodingKeys: String, CodingKey { case field, raw, value }

            /// Values are text, numbers or lists; only text is used.
            init(from decoder: any Decoder) throws {
                let values = try decoder.container(keyedBy: CodingKeys.self)
                field = try values.decode(String.self, forKey: .field)
                raw = try values.decode([Int].self, forKey: .raw)
                if let number = try? values.decode(Double.self, forKey: .value) { value = String(number) }
                if let text = try? values.decode(String.self, forKey: .value) { value = text }
            }
        }
        var raw: String
        var fields: [Field]
    }
    private let registers: [String: Register]

    init(_ file: String) throws {
        registers = try JSONDecoder().decode([String: Register].self, from: Data(try Corpus.bytes(file)))
    }

    func raw(_ register: String) throws -> String { try #require(registers[register]).raw }

    func number(_ register: String, _ field: String) throws -> Int {
        try #require(registers[register]?.fields.first { $0.field == field }?.raw.first)
    }

    func value(_ register: String, _ field: String) throws -> String? {
        try #require(registers[register]?.fields.first { $0.field == field }).value
    }
}

import AssayBytes
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct MMCCardSpecificDataTests {
    @Test func decodesPublishedCards() throws {
        let card = try MMCCardSpecificData(try MMCRegister(hex: "400e00325b59000073a77f800a4000eb"), standard: .sd)
        #expect(card.structure == "2.0")
        // C_SIZE 0x73a7, in units of 512 KiB: a card of 16 GB.
        #expect(card.capacity == 0x73a8 * 512 * 1024)
        #expect(card.readBlockLength == 512)
        #expect(card.transferRate == 25_000)
        #expect(card.checksum == .valid)
        let chip = try MMCCardSpecificData(try MMCRegister(hex: "d02701320f5903fff6dbffef8e40400d"), standard: .eMMC)
        #expect(chip.structure == "ext")
        #expect(chip.specificationVersion == 4)
        #expect(chip.capacity == nil)
    }

    @Test(
        "capacities of the three structures",
        arguments: [
            // 1.0: (C_SIZE 4095 + 1) × 2^(7 + 2) × 2^10, the 2 GiB card of the standard's example.
            ("00000000000a03ffc003800000000000", UInt64?.some(2 << 30)),
            ("40000000000900000000000000000000", 512 << 10), ("80000000000900ffffff000000000000", 0x100_0000 << 19),
        ])
    func capacities(_ hex: String, _ expected: UInt64?) throws {
        #expect(try MMCCardSpecificData(try MMCRegister(hex: hex), standard: .sd).capacity == expected)
    }

    @Test func refusesAnUnknownStructure() {
        #expect(throws: ParseFailure(.unsupported, "", at: 0)) {
            try MMCCardSpecificData(try MMCRegister(hex: "c0" + String(repeating: "0", count: 30)), standard: .sd)
        }
    }

    @Test("agrees with the decodes of usbsdmux", .enabled(if: Corpus.isAvailable), arguments: RegisterDecode.files)
    func agreesWithDecodes(_ file: String) throws {
        let decode = try RegisterDecode(file)
        let data = try MMCCardSpecificData(try MMCRegister(hex: try decode.raw("csd")), standard: .sd)
        #expect(Int(data.commandClasses) == (try decode.number("csd", "CCC")))
        #expect(data.isCopy == (try decode.number("csd", "COPY") == 1))
        #expect(data.isPermanentlyWriteProtected == (try decode.number("csd", "PERM_WRITE_PROTECT") == 1))
        #expect(data.readBlockLength == 1 << (try decode.number("csd", "READ_BL_LEN")))
        if let text = try decode.value("csd", "C_SIZE"), text.hasSuffix("bytes"),
            let capacity = text.split(separator: " ").first
        {
            #expect(data.capacity == UInt64(capacity))
        }
        if let rate = try decode.value("csd", "TRAN_SPEED")?.split(separator: ".").first {
            #expect(data.transferRate == UInt64(rate).map { $0 / 1000 })
        }
        let bytes = try #require(Hex.bytes(try decode.raw("scr")))
        let configuration = try SDConfiguration(parsing: bytes.span.bytes)
        #expect(Int(configuration.security) == (try decode.number("scr", "SD_SECURITY")))
        #expect(configuration.hasFourLines)
    }

    @Test func survivesAnyRegister() throws {
        for input in ["400e00325b59000073a77f800a4000eb", "0235800001000000", String(repeating: "07", count: 64)] {
            let bytes = try #require(Hex.bytes(input))
            let parse: (RawSpan) -> Void = { bytes in
                if let register = try? MMCRegister(parsing: bytes) {
                    _ = MMCCardIdentification(register, standard: .eMMC, extendedRevision: .max)
                    _ = MMCCardIdentification(register, standard: .sd)
                    _ = try? MMCCardSpecificData(register, standard: .sd)
                    _ = try? MMCCardSpecificData(register, standard: .eMMC)
                }
                _ = try? SDConfiguration(parsing: bytes)
                _ = try? SDStatus(parsing: bytes)
            }
            ParserTester.truncations(of: bytes, parse)
            ParserTester.mutations(of: bytes, parse)
        }
    }

    @Test("speed classes of an SSR") func speedClasses() throws {
        var bytes = [UInt8](repeating: 0, count: 64)
        (bytes[8], bytes[14], bytes[15], bytes[21]) = (4, 0x30, 30, 0x02)
        let status = try SDStatus(parsing: bytes.span.bytes)
        #expect(status.speedClass == 10)
        #expect(status.uhsGrade == 3)
        #expect(status.videoClass == 30)
        #expect(status.applicationClass == 2)
        bytes[8] = 9
        #expect(try SDStatus(parsing: bytes.span.bytes).speedClass == nil)
        #expect(throws: ParseFailure(.truncated, "", at: 0)) { try SDStatus(parsing: [1, 2].span.bytes) }
    }
}

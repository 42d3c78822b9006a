import AssayBytes
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct SCSIVitalProductDataTests {
    /// Page 0x83 with a T10 vendor id, an NAA name of the unit and an NAA name of the port.
    static let identification: [UInt8] =
        [0, 0x83, 0, 34, 2, 1, 0, 10] + Array("ATA    X-1".utf8) + [1, 3, 0, 8, 0x50, 1, 2, 3, 4, 5, 6, 7]
        + [1, 0x13, 0, 4, 9, 9, 9, 9]

    @Test func readsASerialNumber() throws {
        let bytes: [UInt8] = [0, 0x80, 0, 4] + Array(" S-1".utf8)
        #expect(try SCSIVitalProductData(parsing: bytes.span.bytes, expected: 0x80).content == Array(" S-1".utf8))
    }

    @Test func refusesAnotherPageAndAWrongLength() {
        let other: [UInt8] = [0, 0x83, 0, 0]
        #expect(throws: ParseFailure(.badValue, "", at: 0)) {
            try SCSIVitalProductData(parsing: other.span.bytes, expected: 0x80)
        }
        let long: [UInt8] = [0, 0x80, 0xff, 0xff, 1]
        #expect(throws: ParseFailure(.truncated, "", at: 0)) {
            try SCSIVitalProductData(parsing: long.span.bytes, expected: 0x80)
        }
    }

    @Test func tellsTheUnitFromThePort() throws {
        let page = try SCSIDeviceIdentification(parsing: Self.identification.span.bytes)
        #expect(page.designators.count == 3)
        #expect(page.worldWideName == "5001020304050607")
        #expect(page.t10VendorID == "ATA    X-1")
        #expect(page.eui64 == nil)
        #expect(page.designators.last?.association == .targetPort)
    }

    @Test("the samples of the TCG storage registry", .enabled(if: Corpus.isAvailable))
    func readsRegistrySamples() throws {
        let serial = try Corpus.bytes("nvme/scsi/tcg-sample1-vpd80.bin")
        let page = try SCSIVitalProductData(parsing: serial.span.bytes, expected: 0x80)
        #expect(DeviceText.decode(page.content) == "Sample SCSI Serial Number 1")
        let data = try Corpus.bytes("nvme/scsi/tcg-sample1-inquiry.bin")
        let inquiry = try SCSIInquiry(parsing: data.span.bytes)
        #expect(inquiry.vendor == Array("EXAMPLE ".utf8))
        #expect(inquiry.product == Array("SCSI Model 1    ".utf8))
        #expect(inquiry.revision == Array("SV A".utf8))
    }

    @Test("the identify data of a real SSD", .enabled(if: Corpus.isAvailable))
    func readsIdentifyData() throws {
        let bytes = try Corpus.bytes("nvme/ata/Samsung_SSD_860_EVO_500GB.bin")
        let identify = try ATAIdentifyDevice(parsing: bytes.span.bytes)
        #expect(DeviceText.normalize(identify.serial) == "S3Z1NB0K862928X")
        #expect(DeviceText.normalize(identify.firmware) == "RVT01B6Q")
        #expect(DeviceText.normalize(identify.model) == "Samsung SSD 860 EVO 500GB")
        #expect(identify.worldWideName == "5002538e4067c96b")
        #expect(identify.rotationRate == 0)
        #expect(identify.sectors == 976_773_168)
        #expect(identify.integrity == .valid)
        var broken = bytes
        broken[40] ^= 1
        #expect(try ATAIdentifyDevice(parsing: broken.span.bytes).integrity == .invalid)
        broken[510] = 0
        #expect(try ATAIdentifyDevice(parsing: broken.span.bytes).integrity == .absent)
    }

    @Test func survivesAnyPage() {
        let information = [0, 0x89, 2, 0x38] + [UInt8](repeating: 0x41, count: 568)
        for input in [Self.identification, information] {
            let parse: (RawSpan) -> Void = { bytes in
                _ = try? SCSIDeviceIdentification(parsing: bytes)
                _ = try? ATAInformation(parsing: bytes)
                _ = try? SCSIInquiry(parsing: bytes)
            }
            ParserTester.truncations(of: input, parse)
            ParserTester.mutations(of: input, count: 1000, parse)
        }
        let short = Array(information.prefix(500))
        #expect(throws: ParseFailure(.truncated, "", at: 0)) { try ATAInformation(parsing: short.span.bytes) }
    }
}

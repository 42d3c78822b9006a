import AssayBytes
import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct SerialPresenceDetectTests {
    /// A DDR4 image with a maker, a date, a serial number and a right checksum.
    static let sample: [UInt8] = {
        var bytes = [UInt8](repeating: 0, count: 512)
        (bytes[0], bytes[1], bytes[2]) = (0x23, 0x11, 0x0c)
        bytes.replaceSubrange(320..<329, with: [0x80, 0xce, 1, 0x23, 0x14, 0xde, 0xad, 0xbe, 0xef])
        bytes.replaceSubrange(329..<349, with: Array("M471A1G44AB0-CWE    ".utf8))
        bytes.replaceSubrange(350..<352, with: [0x80, 0x2c])
        // CRC-16 over the first 126 bytes, worked out with another implementation.
        bytes.replaceSubrange(126..<128, with: [0xc1, 0xfc])
        return bytes
    }()

    @Test func readsAModule() throws {
        let module = try SerialPresenceDetect(parsing: Self.sample.span.bytes)
        #expect(module.typeName == "DDR4")
        #expect(module.moduleMaker == 0x80ce)
        #expect(module.dramMaker == 0x802c)
        #expect(module.manufactured == "2023-W14")
        #expect(module.serialNumber == 0xdead_beef)
        #expect(module.partNumber == "M471A1G44AB0-CWE    ")
        #expect(module.integrity == .valid)
    }

    @Test func namesItsFailures() {
        let short = Array(Self.sample.prefix(127))
        #expect(throws: ParseFailure(.truncated, "", at: 0)) { try SerialPresenceDetect(parsing: short.span.bytes) }
        let empty = [UInt8](repeating: 0, count: 512)
        #expect(throws: ParseFailure(.unsupported, "", at: 0)) { try SerialPresenceDetect(parsing: empty.span.bytes) }
    }

    @Test func survivesAnyBytes() {
        let parse: (RawSpan) -> Void = { _ = try? SerialPresenceDetect(parsing: $0) }
        ParserTester.truncations(of: Self.sample, parse)
        for type: UInt8 in [0x0b, 0x0c, 0x12] {
            var input = Self.sample + [UInt8](repeating: 0x99, count: 512)
            input[2] = type
            ParserTester.mutations(of: input, count: 300, parse)
            for count in stride(from: 0, to: input.count, by: 7) { parse(Array(input.prefix(count)).span.bytes) }
        }
    }

    @Test func modulesHangOnTheirBus() throws {
        let tree = try HostTree([
            "/sys/bus/i2c/drivers/ee1004/0-0050": .link("/sys/devices/pci0000:00/0000:00:1f.4/i2c-0/0-0050"),
            "/sys/devices/pci0000:00/0000:00:1f.4/i2c-0/0-0050/eeprom": .bytes(Self.sample),
            "/sys/bus/i2c/drivers/eeprom/1-0057/eeprom": .bytes([UInt8](repeating: 0xff, count: 256)),
            "/sys/bus/i2c/drivers/spd5118/2-0051/eeprom": .bytes([1, 2, 3]), "/sys/bus/i2c/drivers/ee1004/bind": "",
        ])
        let output = MemoryModuleProbe().read(ProbeContext(root: try tree.root()))
        #expect(output.components.map(\.location) == ["spd/pci/0000:00:1f.4/0050"])
        #expect(output.components.first?.partNumber == "M471A1G44AB0-CWE")
        #expect(output.components.first?.serial == "deadbeef")
        #expect(output.components.first?.ids == ["manufacturer": "80ce", "dramManufacturer": "802c", "type": "0c"])
        #expect(output.gaps.map(\.path) == ["/sys/bus/i2c/drivers/spd5118/2-0051/eeprom"])
    }

    @Test("agrees with the index of 40 images", .enabled(if: Corpus.isAvailable))
    func agreesWithTheIndex() throws {
        var compared = 0
        for line in try Corpus.text("spd/INDEX.tsv").split(separator: "\n").dropFirst() {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard columns.count >= 9 else { continue }
            let bytes = try image(columns[0])
            #expect(bytes.count == Int(columns[2]))
            // Empty images, and types that the index itself could not decode.
            guard let module = try? SerialPresenceDetect(parsing: bytes.span.bytes), !columns[5].isEmpty else {
                continue
            }
            #expect(module.typeName == columns[4], "\(columns[0])")
            #expect(module.moduleMaker.map { Hex.string($0) } == columns[5], "\(columns[0])")
            #expect(module.dramMaker.map { Hex.string($0) } ?? "" == columns[6], "\(columns[0])")
            #expect(module.partNumber.flatMap(DeviceText.normalize) ?? "" == columns[7], "\(columns[0])")
            #expect((module.integrity == .valid) == (columns[8] == "True"), "\(columns[0])")
            compared += 1
        }
        #expect(compared >= 25)
    }

    private func image(_ name: String) throws -> [UInt8] {
        guard name.hasSuffix(".hex") else { return try Corpus.bytes("spd/" + name) }
        let lines = try Corpus.text("spd/" + name).split(separator: "\n").map { $0.prefix { $0 != "#" } }
        return lines.flatMap { Hex.bytes($0.filter { !$0.isWhitespace }) ?? [] }
    }
}

import AssayBytes
import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct EDIDTests {
    /// A base block with a name, a serial number and a right checksum.
    static let sample: [UInt8] = {
        var bytes = [UInt8](repeating: 0, count: 128)
        bytes.replaceSubrange(0..<8, with: [0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0])
        bytes.replaceSubrange(8..<20, with: [0x04, 0x4d, 0x41, 0x02, 0, 0, 0, 1, 27, 32, 1, 3])
        bytes.replaceSubrange(54..<72, with: [0, 0, 0, 0xfc, 0] + Array("Panel 1\n     ".utf8))
        bytes.replaceSubrange(72..<90, with: [0, 0, 0, 0xff, 0] + Array("S-1\n         ".utf8))
        bytes[127] = 0 &- bytes.reduce(UInt8(0)) { $0 &+ $1 }
        return bytes
    }()

    @Test func readsTheBaseBlock() throws {
        let edid = try EDID(parsing: Self.sample.span.bytes)
        #expect(edid.manufacturer == "ABM")
        #expect(edid.productCode == 577)
        #expect(edid.serialNumber == 1 << 24)
        #expect(edid.manufactured?.description == "2022-W27")
        #expect(edid.version == "1.3")
        #expect(edid.productName == "Panel 1")
        #expect(edid.serialText == "S-1")
        #expect(edid.hasValidChecksum)
    }

    @Test(
        "a full text goes on in the next descriptor, a finished one does not",
        arguments: [
            ("Nvidia Defaul", "t Flat Panel\n", "Nvidia Default Flat Panel"),
            ("QHD270\n      ", "QHD270\n      ", "QHD270"),
            ("\n            ", "M176A\n       ", "M176A"),
        ])
    func joinsText(_ first: String, _ second: String, _ expected: String) throws {
        var bytes = Self.sample
        bytes.replaceSubrange(59..<72, with: Array(first.utf8))
        bytes.replaceSubrange(72..<90, with: [0, 0, 0, 0xfc, 0] + Array(second.utf8))
        #expect(try EDID(parsing: bytes.span.bytes).productName == expected)
    }

    @Test func namesItsFailures() {
        let noHeader = [UInt8](repeating: 1, count: 128)
        #expect(throws: ParseFailure(.badMagic, "", at: 0)) { try EDID(parsing: noHeader.span.bytes) }
        let short = Array(Self.sample.prefix(100))
        #expect(throws: ParseFailure(.truncated, "", at: 0)) { try EDID(parsing: short.span.bytes) }
        var wrong = Self.sample
        wrong[127] &+= 1
        #expect((try? EDID(parsing: wrong.span.bytes))?.hasValidChecksum == false)
    }

    @Test func survivesAnyBytes() {
        let parse: (RawSpan) -> Void = { _ = try? EDID(parsing: $0) }
        ParserTester.truncations(of: Self.sample, parse)
        ParserTester.mutations(of: Self.sample, parse)
    }

    @Test("a display hangs on its connector; a broken one is a gap")
    func readsConnectors() throws {
        let card = "/sys/devices/pci0000:00/0000:00:02.0/drm/card1/"
        let tree = try HostTree([
            "/sys/class/drm/card1-eDP-1": .link(card + "card1-eDP-1"),
            card + "card1-eDP-1/edid": .bytes(Self.sample), "/sys/class/drm/card1-DP-1/edid": .bytes([]),
            "/sys/class/drm/card1-DP-2/edid": .bytes([1, 2, 3, 4, 5, 6, 7, 8]), "/sys/class/drm/version": "drm\n",
        ])
        let output = DisplayProbe().read(ProbeContext(root: try tree.root()))
        #expect(output.components.map(\.location) == ["display/pci/0000:00:02.0/eDP-1"])
        #expect(output.components.first?.manufacturer == "ABM")
        #expect(output.components.first?.ids == ["product": "0241", "serial": "01000000"])
        #expect(output.components.first?.digests["edid"] == .sha256(of: Self.sample))
        #expect(output.gaps.map(\.path) == ["/sys/class/drm/card1-DP-2/edid"])
        #expect(output.gaps.map(\.kind) == [.malformed])
    }

    @Test("a block with a wrong checksum gives a gap, and no serial number")
    func distrustsABrokenBlock() throws {
        var wrong = Self.sample
        wrong[127] &+= 1
        let path = "/sys/class/drm/card0-DP-1/edid"
        let tree = try HostTree([path: .bytes(wrong)])
        let output = DisplayProbe().read(ProbeContext(root: try tree.root()))
        let display = try #require(output.components.first)
        #expect(display.serial == nil)
        #expect(display.ids == ["product": "0241"])
        #expect(display.properties["checksum"] == "invalid")
        #expect(display.digests["edid"] == .sha256(of: wrong))
        #expect(output.gaps.map(\.kind) == [.malformed])
        #expect(output.gaps.map(\.path) == [path])
    }

    @Test("agrees with edid-decode on 300 displays", .enabled(if: Corpus.isAvailable))
    func agreesWithEdidDecode() throws {
        let tree = try UnpackedFolder(corpus: "edid/edid-300.tar.gz")
        let files = tree.files
        #expect(files.count == 300)
        for file in files {
            let text = try tree.text(file)
            let decode = DecodedText(text)
            let edid = try EDID(parsing: decode.bytes.span.bytes)
            #expect(edid.manufacturer == decode["Manufacturer"], "\(file)")
            #expect(String(edid.productCode) == decode["Model"], "\(file)")
            if let serial = decode["Serial Number"], serial != "..." {
                #expect(String(edid.serialNumber) == serial.split(separator: " ").first.map(String.init), "\(file)")
            }
            if let made = decode["Made in"] ?? decode["Model year"] {
                let words = made.split(separator: " ")
                #expect(edid.manufactured?.year == words.last.flatMap { Int($0) }, "\(file)")
                // Weeks above 54 are not in the standard; edid-decode prints them.
                let week = words.count > 1 ? Int(words[1]).flatMap { $0 <= 54 ? $0 : nil } : nil
                #expect(edid.manufactured?.week == week, "\(file)")
            }
            if let name = decode["Display Product Name"], name.hasPrefix("'") {
                // The first descriptor alone; ours goes on in the next where the first is full or blank.
                let found = try #require(edid.productName)
                #expect(found.hasPrefix(name.dropFirst().dropLast()) || name == "''", "\(file)")
            }
            #expect(edid.version == decode["EDID Structure Version & Revision"], "\(file)")
        }
    }
}

/// The bytes and the base block's fields of one edid-decode text.
private struct DecodedText {
    let bytes: [UInt8]
    private var fields: [String: String] = [:]

    init(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let start = lines.firstIndex { $0.hasPrefix("edid-decode (hex)") } ?? lines.startIndex
        let end = lines.firstIndex { $0.hasPrefix("-----") } ?? lines.endIndex
        bytes = lines[start..<end].dropFirst().flatMap { Hex.bytes($0.split(separator: " ").joined()) ?? [] }
        var isBase = false
        for line in lines[end...] {
            if line.hasPrefix("Block ") { isBase = line.hasPrefix("Block 0") && fields.isEmpty }
            guard isBase, let colon = line.firstRange(of: ": ") else { continue }
            let name = line[..<colon.lowerBound].drop { $0 == " " }
            // The block's first mention counts; names repeat as headings of tables.
            if fields[String(name)] == nil { fields[String(name)] = String(line[colon.upperBound...]) }
        }
    }

    subscript(_ name: String) -> String? { fields[name] }
}

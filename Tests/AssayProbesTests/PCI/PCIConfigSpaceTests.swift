import AssayBytes
import AssayTestKit
import FoundationEssentials
import Testing

@testable import AssayProbes

@Suite struct PCIConfigSpaceTests {
    static func parse(_ bytes: [UInt8]) throws -> PCIConfigSpace { try PCIConfigSpace(parsing: bytes.span.bytes) }

    /// A function with pieces of configuration space laid over zeros.
    static func config(_ count: Int = 256, _ pieces: [Int: [UInt8]]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        for (offset, piece) in pieces { bytes.replaceSubrange(offset..<(offset + piece.count), with: piece) }
        return bytes
    }

    /// An endpoint with power management, PCI Express (8 GT/s ×4 at 2.5 GT/s ×1) and Device Serial Number.
    static let endpoint = config(
        4096,
        [
            0x00: [0x86, 0x80, 0x21, 0x15, 0x06, 0x04, 0x10, 0x00, 0x01, 0x30, 0x02, 0x02, 0x10, 0x00, 0x80],
            0x2c: [0xd9, 0x15, 0x34, 0x12], 0x34: [0x40], 0x3c: [0x0b, 0x01],
            0x40: [0x01, 0x50, 0x23, 0x48],
            0x50: [0x10, 0x00, 0x02, 0x00],
            0x5c: [0x43, 0x00, 0x00, 0x00], 0x62: [0x11, 0x10],
            0x100: [0x01, 0x00, 0x02, 0x14],
            0x140: [0x03, 0x00, 0x01, 0x00, 0x70, 0x1e, 0x53, 0xff, 0xff, 0x21, 0x1b, 0x00],
        ])

    @Test func readsAnEndpoint() throws {
        let config = try Self.parse(Self.endpoint)
        #expect(config.vendor == 0x8086)
        #expect(config.device == 0x1521)
        #expect(config.classCode == 0x020230)
        #expect(config.revision == 1)
        #expect(config.headerType == 0)
        #expect(config.subsystemVendor == 0x15d9)
        #expect(config.subsystemDevice == 0x1234)
        #expect(config.capabilities.map(\.id) == [0x01, 0x10])
        #expect(config.extendedCapabilities.map(\.id) == [0x0001, 0x0003])
        #expect(config.extendedCapabilities.map(\.version) == [2, 1])
        #expect(config.deviceSerialNumberText == "00-1b-21-ff-ff-53-1e-70")
        #expect(config.express?.portTypeName == "endpoint")
        #expect(config.express?.maximum == .init(speed: "8.0 GT/s", width: 4))
        #expect(config.express?.current == .init(speed: "2.5 GT/s", width: 1))
        #expect(config.faults.isEmpty)
    }

    @Test("a bridge keeps its subsystem in capability 0x0D")
    func readsSubsystemOfBridge() throws {
        let bytes = Self.config(
            256,
            [
                0: [0x86, 0x80, 0x02, 0x2f], 6: [0x10], 0x0e: [0x01], 0x34: [0x40],
                0x40: [0x0d, 0x00, 0x00, 0x00, 0xd9, 0x15, 0x78, 0x56],
            ])
        let config = try Self.parse(bytes)
        #expect(config.headerType == 1)
        #expect(config.subsystemVendor == 0x15d9)
        #expect(config.subsystemDevice == 0x5678)
    }

    @Test("a CardBus bridge keeps its subsystem behind the header")
    func readsSubsystemOfCardBusBridge() throws {
        let bytes = Self.config(
            128, [0: [0x4c, 0x10, 0x1d, 0xac], 0x0e: [0x02], 0x40: [0x14, 0x10, 0x4f, 0x00]])
        let config = try Self.parse(bytes)
        #expect(config.subsystemVendor == 0x1014)
        #expect(config.subsystemDevice == 0x004f)
    }

    @Test("the header alone is no fault: an unprivileged reader gets no more")
    func readsTheHeaderAlone() throws {
        let config = try Self.parse(Array(Self.endpoint.prefix(64)))
        #expect(config.subsystemVendor == 0x15d9)
        #expect(config.capabilities.isEmpty)
        #expect(config.faults.isEmpty)
    }

    @Test(
        "what precedes a broken list survives",
        arguments: [
            ([0x34: [0x40], 0x40: [0x01, 0x40]], [0x01], ParseFailure.Code.badValue),
            ([0x34: [0x40], 0x40: [0x01, 0x50], 0x50: [0x05, 0x40]], [0x01, 0x05], .badValue),
            ([0x34: [0x20]], [], .badValue),
            ([0x34: [0x40], 0x40: [0x01, 0x10]], [0x01], .badValue),
            ([0x34: [0x40], 0x40: [0xff, 0x00]], [], .badValue),
            ([0x34: [0xfc], 0xfc: [0x10, 0x00]], [0x10], .truncated),
        ] as [([Int: [UInt8]], [UInt8], ParseFailure.Code)])
    func survivesBrokenList(_ pieces: [Int: [UInt8]], _ ids: [UInt8], _ code: ParseFailure.Code) throws {
        let bytes = Self.config(256, pieces.merging([0: [0x86, 0x80], 6: [0x10]]) { first, _ in first })
        let config = try Self.parse(bytes)
        #expect(config.capabilities.map(\.id) == ids)
        #expect(config.faults.map(\.code) == [code])
    }

    @Test("the extended list is guarded against loops and wild pointers", arguments: [0x1000_0001, 0x0800_0001])
    func survivesBrokenExtendedList(_ header: UInt32) throws {
        var bytes = Self.endpoint
        bytes.replaceSubrange(0x100..<0x104, with: withUnsafeBytes(of: header.littleEndian) { Array($0) })
        let config = try Self.parse(bytes)
        #expect(config.extendedCapabilities.map(\.id) == [0x0001])
        #expect(config.faults.map(\.code) == [.badValue])
    }

    @Test("extended space of a function that is neither PCI-X nor PCI Express is noise")
    func ignoresExtendedSpaceOfConventionalPCI() throws {
        var bytes = Self.endpoint
        bytes[0x40 + 1] = 0
        let config = try Self.parse(bytes)
        #expect(config.capabilities.map(\.id) == [0x01])
        #expect(config.extendedCapabilities.isEmpty)
        #expect(config.deviceSerialNumber == nil)
    }

    @Test("identity leaves out what firmware and operating system set")
    func masksVolatileBytes() throws {
        var bytes = Self.endpoint
        for offset in [0x04, 0x05, 0x06, 0x07, 0x0c, 0x0d, 0x10, 0x24, 0x30, 0x3c] { bytes[offset] ^= 0x0f }
        bytes[0x06] |= 0x10
        let (first, second) = (
            try Self.parse(Self.endpoint), try Self.parse(bytes)
        )
        #expect(first.identityHeader == second.identityHeader)
        for offset in [0x02, 0x08, 0x09, 0x2e, 0x3d] {
            var other = Self.endpoint
            other[offset] ^= 1
            #expect(try Self.parse(other).identityHeader != first.identityHeader)
        }
    }

    @Test func refusesWhatIsNoFunction() {
        #expect(throws: ParseFailure(.truncated, "", at: 0)) {
            try Self.parse(Array(Self.endpoint.prefix(63)))
        }
        #expect(throws: ParseFailure(.badValue, "", at: 0)) {
            try Self.parse([UInt8](repeating: 0xff, count: 256))
        }
    }

    @Test func survivesHostileBytes() {
        ParserTester.truncations(of: Array(Self.endpoint.prefix(512))) { _ = try? PCIConfigSpace(parsing: $0) }
        ParserTester.mutations(of: Array(Self.endpoint.prefix(400))) { _ = try? PCIConfigSpace(parsing: $0) }
    }
}

/// Against the decode of the same hex by lspci, and the samples of the TCG registry.
@Suite(.enabled(if: Corpus.isAvailable)) struct PCIConfigSpaceCorpusTests {
    private static let ids: [String: UInt8] = [
        "Power Management": 0x01, "AGP": 0x02, "Vital Product Data": 0x03, "MSI:": 0x05, "PCI-X": 0x07,
        "HyperTransport": 0x08, "Vendor Specific": 0x09, "Hot-plug": 0x0c, "Subsystem": 0x0d, "Express": 0x10,
        "MSI-X": 0x11,
    ]
    private static let extendedIDs: [String: Set<UInt16>] = [
        "Advanced Error Reporting": [0x0001], "Virtual Channel": [0x0002, 0x0009], "Device Serial Number": [0x0003],
        "Power Budgeting": [0x0004], "Vendor Specific": [0x000b], "Access Control": [0x000d],
        "Single Root I/O": [0x0010], "Secondary PCI Express": [0x0019], "L1 PM": [0x001e],
        "Designated Vendor": [0x0023],
    ]

    @Test(arguments: Corpus.files(in: "pci/pciutils", suffix: ".lspci"))
    func agreesWithLspci(_ file: String) throws {
        let dump = LspciDump(try Corpus.text(file))
        let decode = LspciDump(try Corpus.text(file + "-vvvn.txt"))
        #expect(dump.functions.count > 0)
        let expected = Dictionary(uniqueKeysWithValues: decode.functions.map { ($0.address, $0) })
        for function in dump.functions {
            try check(function, try #require(expected[function.address], "\(function.address)"))
        }
    }

    private func check(_ function: LspciDump.Function, _ expected: LspciDump.Function) throws {
        let comment: Comment = "\(function.address)"
        let config = try PCIConfigSpaceTests.parse(function.config)
        let ids =
            "\(Hex.string(config.classCode >> 8).suffix(4)): \(Hex.string(config.vendor)):\(Hex.string(config.device))"
        #expect(ids == expected.ids, comment)
        #expect(Hex.string(config.revision) == expected.revision, comment)
        if let vendor = config.subsystemVendor, let device = config.subsystemDevice, vendor != 0, vendor != 0xffff {
            #expect(Hex.string(vendor) + ":" + Hex.string(device) == expected.subsystem, comment)
        } else {
            #expect(expected.subsystem == nil, comment)
        }
        let places =
            config.capabilities.map { String($0.offset, radix: 16) }
            + config.extendedCapabilities.map { String($0.offset, radix: 16) + " v\($0.version)" }
        #expect(places.sorted() == expected.capabilities.map(\.place).sorted(), comment)
        for (place, name) in expected.capabilities { checkName(place, name, config, comment) }
        let serial = expected.capabilities.first { $0.name.hasPrefix("Device Serial Number") }?.name.split(
            separator: " ")
        #expect(config.deviceSerialNumberText == serial?.last.map(String.init), comment)
    }

    private func checkName(_ place: String, _ name: String, _ config: PCIConfigSpace, _ comment: Comment) {
        let offset = place.split(separator: " ").first.flatMap { Int($0, radix: 16) }
        if place.contains("v") {
            guard let ids = Self.extendedIDs.first(where: { name.hasPrefix($0.key) })?.value else { return }
            #expect(config.extendedCapabilities.contains { $0.offset == offset && ids.contains($0.id) }, comment)
        } else if let id = Self.ids.first(where: { name.hasPrefix($0.key) })?.value {
            #expect(config.capabilities.first { $0.offset == offset }?.id == id, comment)
        }
    }

    @Test("an alias of the header in extended space is not taken for capabilities")
    func survivesBrokenExtendedCapabilities() throws {
        let dump = LspciDump(try Corpus.text("pci/pciutils/broken-ecaps.lspci"))
        let config = try PCIConfigSpaceTests.parse(try #require(dump.functions.first).config)
        #expect(config.byteCount == 4096)
        #expect(config.extendedCapabilities.isEmpty)
        #expect(config.subsystemVendor == 0x1458)
    }

    @Test(arguments: [1, 2]) func agreesWithTheRegistry(_ sample: Int) throws {
        let expected = try JSONDecoder().decode(
            [String: String].self, from: Data(try Corpus.bytes("pci/tcg-registry/sample\(sample).expected.json")))
        let bytes = try Corpus.bytes("pci/tcg-registry/sample\(sample).config.bin")
        let config = try PCIConfigSpaceTests.parse(bytes)
        let found = [
            "ClassCodeHex": String(Hex.string(config.classCode).suffix(6)), "VendorIdHex": Hex.string(config.vendor),
            "DeviceIdHex": Hex.string(config.device), "RevisionIdHex": Hex.string(config.revision),
            "SubsystemVendorIdHex": config.subsystemVendor.map { Hex.string($0) } ?? "",
            "SubsystemIdHex": config.subsystemDevice.map { Hex.string($0) } ?? "",
            "DsnHex": config.deviceSerialNumberText?.filter { $0 != "-" } ?? "",
        ]
        for (name, value) in found { #expect(value.uppercased() == expected[name], "\(name)") }
    }
}

import AssayBytes
import AssayHost
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct USBDescriptorSetTests {
    /// A device descriptor.
    static func device(
        usb: UInt16 = 0x0200, code: [UInt8] = [0, 0, 0], packet: UInt8 = 64, vendor: UInt16 = 0x1234,
        product: UInt16 = 0x5678, version: UInt16 = 0x0102, configurations: UInt8 = 1
    ) -> [UInt8] {
        [18, 1] + word(usb) + code + [packet] + word(vendor) + word(product) + word(version) + [
            1, 2, 3, configurations,
        ]
    }

    /// A configuration descriptor around `body`, with the right total length.
    static func configuration(_ body: [UInt8], value: UInt8 = 1, power: UInt8 = 50) -> [UInt8] {
        [9, 2] + word(UInt16(9 + body.count)) + [1, value, 0, 0x80, power] + body
    }

    /// An interface descriptor.
    static func interface(
        _ number: UInt8, alternate: UInt8 = 0, endpoints: UInt8 = 0, _ code: [UInt8] = [0xff, 0, 0]
    ) -> [UInt8] {
        [9, 4, number, alternate, endpoints] + code + [0]
    }

    /// An endpoint descriptor.
    static func endpoint(_ address: UInt8, _ attributes: UInt8, size: UInt16 = 8, interval: UInt8 = 10) -> [UInt8] {
        [7, 5, address, attributes] + word(size) + [interval]
    }

    /// A HID descriptor that announces a report descriptor of `length` bytes.
    static func humanInterface(_ length: UInt16) -> [UInt8] { [9, 0x21, 0x11, 0x01, 0, 1, 0x22] + word(length) }

    /// A keyboard with a mass storage interface beside it.
    static let keyboardWithStorage =
        device()
        + configuration(
            interface(0, endpoints: 1, [3, 1, 1]) + humanInterface(63) + endpoint(0x81, 3)
                + interface(1, endpoints: 2, [8, 6, 0x50]) + endpoint(0x82, 2, size: 512) + endpoint(0x02, 2, size: 512)
                + interface(1, alternate: 1, endpoints: 2, [8, 6, 0x62]) + endpoint(0x82, 2, size: 512)
                + [6, 0x30, 15, 0, 0, 0] + endpoint(0x02, 2, size: 512))

    static func parse(_ bytes: [UInt8]) throws -> USBDescriptorSet { try USBDescriptorSet(parsing: bytes.span.bytes) }

    private static func word(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xff), UInt8(value >> 8)] }

    @Test func readsEverything() throws {
        let set = try Self.parse(Self.keyboardWithStorage)
        #expect(set.fault == nil)
        #expect(set.device.vendor == 0x1234)
        #expect(set.device.product == 0x5678)
        #expect(set.device.deviceVersion == 0x0102)
        #expect([set.device.manufacturerIndex, set.device.productIndex, set.device.serialIndex] == [1, 2, 3])
        #expect(set.configurations.map(\.value) == [1])
        #expect(set.interfaces.map(\.number) == [0, 1, 1])
        #expect(set.interfaces.map(\.alternate) == [0, 0, 1])
        #expect(set.interfaceClasses.map(\.description) == ["03:01:01", "08:06:50", "08:06:62"])
        #expect(set.interfaces.first?.other.map(\.type) == [USBDescriptor.Kind.humanInterface])
        #expect(set.interfaces.last?.endpoints.map(\.address) == [0x82, 0x02])
        #expect(set.interfaces.last?.endpoints.first?.other.map(\.bytes) == [[6, 0x30, 15, 0, 0, 0]])
        #expect(set.interfaces.last?.endpoints.first?.maxPacketSize == 512)
    }

    @Test("the shortest descriptor holds its length and type") func readsShortestDescriptor() throws {
        let set = try Self.parse(Self.device() + Self.configuration([2, 0x24] + Self.interface(0) + [2, 0x25]))
        #expect(set.fault == nil)
        #expect(set.configurations.first?.other.map(\.bytes) == [[2, 0x24]])
        #expect(set.interfaces.first?.other.map(\.bytes) == [[2, 0x25]])
    }

    @Test("two keyboards are two, ten settings of one stream are one")
    func countsFunctions() throws {
        let streams = (0..<10).flatMap { Self.interface(2, alternate: UInt8($0), [14, 2, 0]) }
        let body = Self.interface(0, [3, 1, 1]) + Self.interface(1, [3, 1, 1]) + streams
        let set = try Self.parse(Self.device() + Self.configuration(body))
        #expect(set.interfaceClasses.map(\.description) == ["03:01:01", "03:01:01", "0e:02:00"])
    }

    @Test(
        "what precedes a fault survives",
        arguments: [
            ([0, 5, 0], ParseFailure.Code.badLength), ([1], .badLength), ([9], .truncated),
            ([200, 5, 0x81, 3], .truncated), ([5, 4, 9, 9, 9], .badLength), ([4, 5, 0x81, 3], .badLength),
            ([3, 2, 9], .truncated), (Self.configuration([]), .badValue),
        ])
    func keepsWhatPrecedesAFault(_ tail: [UInt8], _ code: ParseFailure.Code) throws {
        var bytes = Self.device() + Self.configuration(Self.interface(0, [3, 1, 1]) + tail)
        if code == .badValue { bytes = Self.device() + Self.configuration(Self.interface(0, [3, 1, 1])) + tail }
        let set = try Self.parse(bytes)
        #expect(set.interfaceClasses.map(\.description) == ["03:01:01"])
        #expect(set.fault?.code == code)
    }

    @Test("a total length that is longer or shorter than what follows is a fault", arguments: [UInt8(17), 19])
    func checksTotalLength(_ length: UInt8) throws {
        var bytes = Self.device() + Self.configuration(Self.interface(0))
        bytes[20] = length
        #expect(try Self.parse(bytes).fault?.code == (length == 17 ? .badLength : .truncated))
    }

    @Test func refusesDescriptorsOutsideOfAConfiguration() throws {
        #expect(try Self.parse(Self.device() + Self.interface(0)).fault?.code == .badValue)
    }

    @Test("thousands of interfaces are bounded")
    func boundsTheNumberOfDescriptors() throws {
        let body = (0..<7000).flatMap { _ in Self.interface(0) }
        let set = try Self.parse(Self.device() + Self.configuration(body))
        #expect(set.fault?.code == .tooLarge)
        #expect(set.interfaces.count == USBDescriptorSet.descriptorLimit - 1)
    }

    @Test func refusesWhatIsNoDevice() {
        #expect(throws: ParseFailure(.truncated, "", at: 0)) { try Self.parse([]) }
        #expect(throws: ParseFailure(.truncated, "", at: 0)) { try Self.parse(Array(Self.device().prefix(17))) }
        #expect(throws: ParseFailure(.badLength, "", at: 0)) { try Self.parse([17] + Self.device().dropFirst()) }
        #expect(throws: ParseFailure(.badMagic, "", at: 0)) { try Self.parse([18, 2] + Self.device().dropFirst(2)) }
    }

    @Test func survivesHostileBytes() {
        ParserTester.truncations(of: Self.keyboardWithStorage) { _ = try? USBDescriptorSet(parsing: $0) }
        ParserTester.mutations(of: Self.keyboardWithStorage) { bytes in
            let set = try? USBDescriptorSet(parsing: bytes)
            _ = set?.identityText(isRootHub: false)
        }
    }
}

/// Against the walks of the corpus.
@Suite(.enabled(if: Corpus.isAvailable)) struct USBDescriptorSetCorpusTests {
    @Test(arguments: Corpus.isAvailable ? USBExpectation.recordings : [])
    func agreesWithTheWalk(_ recording: String) throws {
        let tree = try UmockdevTree.make(try Corpus.text(recording + ".umockdev"))
        for device in try USBExpectation.read(recording) {
            let bytes = try #require(try tree.root().read("/sys" + device.path + "/descriptors"))
            #expect(bytes.count == device.descriptors.length)
            let set = try USBDescriptorSetTests.parse(bytes)
            #expect(set.fault == nil)
            check(set, device.descriptors.sequence)
        }
    }

    private func check(_ set: USBDescriptorSet, _ steps: [USBExpectation.Step]) {
        let interfaces = steps.filter { $0.type == USBDescriptor.Kind.interface }
        #expect(set.interfaces.map(\.number) == interfaces.map(\.number))
        #expect(set.interfaces.map(\.alternate) == interfaces.map(\.alternate))
        #expect(set.interfaces.map(\.classCode.base) == interfaces.map(\.cls))
        #expect(set.interfaces.map(\.classCode.subclass) == interfaces.map(\.subclass))
        #expect(set.interfaces.map(\.classCode.protocol) == interfaces.map(\.protocol))
        let endpoints = steps.filter { $0.type == USBDescriptor.Kind.endpoint }
        let found = set.interfaces.flatMap(\.endpoints)
        #expect(found.map { "0x" + Hex.string($0.address) } == endpoints.map(\.address))
        #expect(found.map { "0x" + Hex.string($0.attributes) } == endpoints.map(\.attributes))
        #expect(found.map(\.maxPacketSize) == endpoints.map(\.maxPacket))
        #expect(found.map(\.interval) == endpoints.map(\.interval))
        let standard = [1, 2, 4, 5] as [UInt8]
        let others =
            set.configurations.flatMap(\.other) + set.interfaces.flatMap(\.other) + found.flatMap(\.other)
        #expect(others.map(\.type).sorted() == steps.map(\.type).filter { !standard.contains($0) }.sorted())
    }

    @Test("a stream of five interfaces, as usbguard decodes it")
    func agreesWithUsbguard() throws {
        let set = try USBDescriptorSetTests.parse(try Corpus.bytes("usb/usbguard/0001.bin"))
        let lines = try Corpus.text("usb/usbguard/0001.out").split(separator: "\n").map { line in
            line.split(separator: ":", maxSplits: 1).map { $0.trimmingPrefix { $0 == " " } }
        }
        func values(_ name: String) -> [String] {
            lines.filter { $0.first == name[...] }.compactMap { $0.last.map(String.init) }
        }
        #expect(set.fault == nil)
        #expect(values("idVendor") == ["0x" + Hex.string(set.device.vendor)])
        #expect(values("bcdDevice") == ["0x" + Hex.string(set.device.deviceVersion)])
        #expect(values("bInterfaceNumber") == set.interfaces.map { "\($0.number)" })
        #expect(values("bAlternateSetting") == set.interfaces.map { "\($0.alternate)" })
        #expect(values("bInterfaceClass") == set.interfaces.map { "\($0.classCode.base)" })
        #expect(values("bInterfaceSubClass") == set.interfaces.map { "\($0.classCode.subclass)" })
        #expect(values("bEndpointAddress") == set.interfaces.flatMap(\.endpoints).map { "\($0.address)" })
        #expect(values("wMaxPacketSize") == set.interfaces.flatMap(\.endpoints).map { "\($0.maxPacketSize)" })
    }
}

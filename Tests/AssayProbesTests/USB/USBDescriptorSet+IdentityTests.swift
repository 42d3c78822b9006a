import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct USBDescriptorSetIdentityTests {
    private typealias Make = USBDescriptorSetTests

    private static func text(_ bytes: [UInt8], isRootHub: Bool = false) throws -> String {
        try Make.parse(bytes).identityText(isRootHub: isRootHub)
    }

    @Test("the text is fixed: a change makes every known digest useless")
    func isFixed() throws {
        #expect(
            try Self.text(Make.keyboardWithStorage)
                == """
                usb-identity-1
                device 1234 5678 0102 000000
                configuration 1
                interface 00 class 030101
                interface 00 endpoint 81 type 3
                interface 00 hid 09211101000122 3f00
                interface 01 class 080650
                interface 01 class 080662
                interface 01 endpoint 02 type 2
                interface 01 endpoint 82 type 2

                """.replacing("22 3f", with: "223f"))
    }

    @Test(
        "speed changes packet sizes, intervals, power, companions, bcdUSB and the number of settings, and nothing else")
    func doesNotDependOnSpeed() throws {
        let slow =
            Make.device(usb: 0x0110, packet: 8)
            + Make.configuration(
                Make.interface(0, [14, 2, 0])
                    + Make.interface(0, alternate: 1, endpoints: 1, [14, 2, 0]) + Make.endpoint(0x81, 5, size: 512))
        let fast =
            Make.device(usb: 0x0320, packet: 9)
            + Make.configuration(
                Make.interface(0, [14, 2, 0])
                    + Make.interface(0, alternate: 1, endpoints: 1, [14, 2, 0])
                    + Make.endpoint(0x81, 5, size: 1024, interval: 1) + [6, 0x30, 0, 0, 0, 4]
                    + Make.interface(0, alternate: 2, endpoints: 1, [14, 2, 0])
                    + Make.endpoint(0x81, 5, size: 1024, interval: 1) + [6, 0x30, 15, 2, 0, 0xc0], power: 112)
        #expect(slow != fast)
        #expect(try Self.text(slow) == Self.text(fast))
    }

    @Test("a hub shows other protocol codes at high speed, and a second setting with several translators")
    func doesNotDependOnSpeedOfHub() throws {
        let full =
            Make.device(code: [9, 0, 0])
            + Make.configuration(Make.interface(0, endpoints: 1, [9, 0, 0]) + Make.endpoint(0x81, 3))
        let high =
            Make.device(code: [9, 0, 2])
            + Make.configuration(
                Make.interface(0, endpoints: 1, [9, 0, 1]) + Make.endpoint(0x81, 3)
                    + Make.interface(0, alternate: 1, endpoints: 1, [9, 0, 2]) + Make.endpoint(0x81, 3))
        #expect(try Self.text(full) == Self.text(high))
    }

    @Test("the version of a root hub is that of the kernel")
    func doesNotDependOnKernel() throws {
        let (old, new) = (Make.device(vendor: 0x1d6b, version: 0x0415), Make.device(vendor: 0x1d6b, version: 0x0601))
        #expect(try Self.text(old, isRootHub: true) == Self.text(new, isRootHub: true))
        #expect(try Self.text(old) != Self.text(new))
    }

    @Test(
        "everything that makes another device of it changes the text",
        arguments: [
            Make.device(vendor: 0x1235), Make.device(product: 1), Make.device(version: 0x0103),
            Make.device(code: [0xef, 2, 1]),
        ].map { $0 + Make.keyboardWithStorage.dropFirst(18) } + [
            Make.device() + Make.configuration(Make.interface(0, endpoints: 1, [3, 1, 1]) + Make.endpoint(0x81, 3)),
            Make.keyboardWithStorage.map { $0 == 63 ? 64 : $0 },
            Make.keyboardWithStorage.map { $0 == 0x62 ? 0x63 : $0 },
            Make.keyboardWithStorage.map { $0 == 0x82 ? 0x83 : $0 },
        ])
    func dependsOnFunction(_ other: [UInt8]) throws {
        #expect(try Self.text(other) != Self.text(Make.keyboardWithStorage))
    }
}

import AssayBytes
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct PCIExpressCapabilityTests {
    @Test(
        arguments: [(UInt32(0x43), "8.0 GT/s", 4), (0x106, "64.0 GT/s", 16), (0x1f, nil, 1)] as [(UInt32, String?, Int)]
    )
    func readsLinkRegister(_ register: UInt32, _ speed: String?, _ width: Int) {
        #expect(PCIExpressCapability.Link(register: register) == .init(speed: speed, width: width))
    }

    @Test("a function without a link of its own has none", arguments: [UInt32(0), 0x3, 0x3f1])
    func readsNoLink(_ register: UInt32) {
        #expect(PCIExpressCapability.Link(register: register) == .init())
    }

    @Test(
        "old and new kernels, and a link that is down",
        arguments: [
            ("8.0 GT/s PCIe", "4", "8.0 GT/s", 4), ("8 GT/s", "16", "8.0 GT/s", 16), ("Unknown", "0", nil, nil),
            ("Unknown speed", "255", nil, nil),
        ] as [(String, String, String?, Int?)])
    func readsAttributes(_ speed: String, _ width: String, _ expected: String?, _ lanes: Int?) {
        let link = PCIExpressCapability.Link(speedText: speed, widthText: width)
        #expect(link == .init(speed: expected, width: lanes))
    }

    @Test(arguments: [(UInt8(0x02), "endpoint"), (0x42, "root port"), (0x92, "root complex integrated endpoint")])
    func namesPortType(_ flags: UInt8, _ name: String) throws {
        var bytes = [UInt8](repeating: 0, count: 20)
        bytes[2] = flags
        #expect(try PCIExpressCapability(parsing: bytes.span.bytes).portTypeName == name)
    }

    @Test func survivesTruncation() {
        ParserTester.truncations(of: [UInt8](repeating: 0x42, count: 20)) { bytes in
            let capability = try? PCIExpressCapability(parsing: bytes)
            #expect((capability != nil) == (bytes.byteCount == 20))
        }
    }
}

import AssayTestKit
import Testing

@testable import AssayNames

@Suite struct HardwareNameListTests {
    private static let text = """
        # a comment
        001c  PEAK-System Technik GmbH
        \t0001  PCAN-PCI CAN-Bus controller
        \t\t001c 0004  2 Channel CAN Bus SJC1000
        8086  Intel Corporation
        \t1533  I210 Gigabit Network Connection
        \t\t1028 0001  not this one
        \t153a  not asked for
        # a remark between
        \t100E  82540EM Gigabit Ethernet Controller

        C 02  Network controller
        \t1533  not a product
        AT 0100  USB Streaming
        8086  the second of its number
        """

    private func read(_ text: String, _ wanted: [UInt16: Set<UInt16>], piece: Int = .max) -> HardwareNameList {
        var list = HardwareNameList(wanted: wanted)
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            list.read(Array(rest.prefix(piece)))
            rest = rest.dropFirst(piece)
        }
        list.finish()
        return list
    }

    @Test("what was asked for is found and nothing else is kept", arguments: [1, 3, 64, .max])
    func finds(_ piece: Int) {
        let list = read(Self.text, [0x8086: [0x1533, 0x100e, 0xffff], 0xdead: [1]], piece: piece)
        #expect(list.vendors == [0x8086: "Intel Corporation"])
        #expect(
            list.devices == [
                0x8086_1533: "I210 Gigabit Network Connection", 0x8086_100e: "82540EM Gigabit Ethernet Controller",
            ])
    }

    @Test("lists behind the vendors name no product")
    func otherLists() {
        #expect(read("8086  Intel\nC 02  Network\n\t1533  no product\n", [0x8086: [0x1533]]).devices.isEmpty)
    }

    @Test(
        "lines of another form are left out",
        arguments: [
            "8086 Intel", "808  Intel", "80867  Intel", "8086  ", "8086   \r", "x086  Intel", "8086", "\t8086  Intel",
            "",
        ])
    func otherForms(_ line: String) {
        #expect(read(line + "\n", [0x8086: [], 0x0808: []]).vendors.isEmpty)
    }

    @Test("a name cannot steer a terminal and is cut") func hostileNames() {
        let list = read(
            "8086  a\u{1b}[2Jb\u{202e}\r\n1af4  \(String(repeating: "n", count: 300))", [0x8086: [], 0x1af4: []])
        #expect(list.vendors[0x8086] == "a\\u{1b}[2Jb\\u{202e}")
        #expect(list.vendors[0x1af4]?.count == HardwareNameList.nameLimit + 1)
    }

    @Test("a line without an end is not held") func endlessLine() {
        var list = HardwareNameList(wanted: [0x8086: []])
        for _ in 0..<100 { list.read(Array(repeating: UInt8(ascii: "8"), count: 1 << 16)) }
        list.read(Array("\n8086  Intel\n".utf8))
        list.finish()
        #expect(list.vendors == [0x8086: "Intel"])
    }

    @Test func survivesAnything() {
        ParserTester.truncations(of: Array(Self.text.utf8)) { Self.parse($0) }
        ParserTester.mutations(of: Array(Self.text.utf8)) { Self.parse($0) }
    }

    private static func parse(_ bytes: RawSpan) {
        var list = HardwareNameList(wanted: [0x8086: [0x1533]])
        list.read((0..<bytes.byteCount).map { bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) })
        list.finish()
    }
}

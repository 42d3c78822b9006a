import Testing

@testable import AssayTerminal

@Suite struct NaturalOrderTests {
    @Test func countsAsPeopleDo() {
        let names = ["dimm/A10", "dimm/A2", "dimm/A", "dimm/A02", "dimm/B1", "cpu", "dimm/A2b", ""]
        #expect(
            names.sorted(by: NaturalOrder.precedes)
                == ["", "cpu", "dimm/A", "dimm/A02", "dimm/A2", "dimm/A2b", "dimm/A10", "dimm/B1"])
    }

    @Test("numbers of any length compare") func longNumbers() {
        let long = String(repeating: "9", count: 40)
        #expect(NaturalOrder.precedes("x\(long)", "x1\(long)"))
        #expect(!NaturalOrder.precedes("x1\(long)", "x\(long)"))
        #expect(!NaturalOrder.precedes(long, long))
    }
}

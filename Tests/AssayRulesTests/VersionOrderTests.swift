import Testing

@testable import AssayRules

@Suite struct VersionOrderTests {
    @Test(
        arguments: [
            ("1.9", "1.10", VersionOrder.Result.lower), ("1.2", "1.2.0", .same), ("1.2", "1.2.1", .lower),
            ("v2.0", "2.0", .same), ("1.2-rc1", "1.2", .lower), ("1.2", "1.2-rc1", .higher),
            ("1.2-rc1", "1.2-rc2", .lower),
            ("1.2-beta", "1.2-rc", .lower), ("A05", "A12", .lower), ("1.2a", "1.2b", .lower), ("1.2a", "1.2", .higher),
            ("0x1000065", "0x100006a", .lower), ("0x0A", "0xa", .same), ("007", "7", .same),
            ("99999999999999999999999", "100000000000000000000000", .lower), ("2024-01-15", "2024-02-01", .lower),
            ("F.20", "F.9", .higher), ("GXA7801Q", "GXA7701Q", .higher),
        ])
    func order(_ left: String, _ right: String, _ result: VersionOrder.Result) {
        #expect(VersionOrder.compare(left, right) == result)
    }

    @Test("Versions without a common order have none", arguments: [("A05", "1.2"), ("0x12", "12"), ("---", "***")])
    func noOrder(_ left: String, _ right: String) {
        #expect(VersionOrder.compare(left, right) == nil)
        #expect(VersionOrder.compare(right, left) == nil)
        #expect(VersionOrder.compare(left, left) == .same)
    }
}

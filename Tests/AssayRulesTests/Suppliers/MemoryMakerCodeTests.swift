import Testing

@testable import AssayRules

@Suite struct MemoryMakerCodeTests {
    @Test(
        "Every way in which firmware writes a maker's code",
        arguments: [
            ("80AD", "80ad"), ("0x80AD", "80ad"), ("80AD000080AD", "80ad"), ("80AD0000", "80ad"),
            ("AD00000000000000", "80ad"),
            ("0xAD00", "80ad"),
            ("AD80", "80ad"), ("00AD063200AD", "80ad"), ("80CE000080CE", "80ce"), ("802C0000802C", "802c"),
            ("2C80", "802c"),
            ("0x2C00", "802c"), ("Unknown (2c00)", "802c"), ("859B0000802C", "859b"), ("859B", "859b"),
            ("0198", "0198"),
            ("0198000080AD", "0198"), ("0198000000000000", "0198"), ("7F98000000000000", "0198"),
            ("7F7F7F0B00000000", "830b"),
            ("830B", "830b"), ("8A91", "8a91"), ("86D300008A91", "86d3"), ("Unknown (d386)", "86d3"), ("029E", "029e"),
            ("Bank 4, Hex 0x0B", "830b"), ("Bank 1, Hex 0xAD", "80ad"), ("Bank 11, Hex 0x91", "8a91"),
        ])
    func reads(_ text: String, _ code: String) throws {
        #expect(try #require(MemoryMakerCode(text)).description == code)
    }

    @Test(
        "Names, placeholders and numbers of another form are no code",
        arguments: [
            "", "Samsung", "ABCD", "0000", "FFFF", "0x0000", "0x0080", "80A", "Unknown", "Unknown ()", "0x",
            "Bank 0, Hex 0x0B", "Bank 4, Hex 0x80", "Bank 4", "7F7F7F7F7F7F7F7F", "00000000000000000000",
        ])
    func refuses(_ text: String) { #expect(MemoryMakerCode(text) == nil) }

    @Test("The long form tells the maker of the dies too")
    func die() throws {
        let codes = try #require(MemoryMakerCode.codes(in: "86D300008A91"))
        #expect(codes.die?.description == "8a91")
        #expect(MemoryMakerCode.codes(in: "80AD")?.die == nil)
    }

    @Test(
        "Names and spellings lead to the code",
        arguments: [
            ("SK Hynix", "80ad"), ("Hynix/Hyundai", "80ad"), ("SK_Hynix", "80ad"), ("Micron Technology", "802c"),
            ("ChangXin Memory Technologies Inc", "8a91"), ("A-DATA Technology", "04cb"), ("Samsung", "80ce"),
        ])
    func names(_ text: String, _ code: String) {
        #expect(RuleLists.standard.memoryMakers.code(named: text)?.description == code)
    }

    @Test func unknownName() { #expect(RuleLists.standard.memoryMakers.code(named: "Acme Memory") == nil) }
}

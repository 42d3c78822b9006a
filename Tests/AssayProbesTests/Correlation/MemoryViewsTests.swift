import AssayModel
import Testing

@testable import AssayProbes

@Suite struct MemoryViewsTests {
    private func dimm(_ slot: String, serial: String? = nil, part: String? = nil, populated: Bool = true) -> Component {
        var component = Component(
            .memory, at: "dimm/\(slot)",
            evidence: Evidence(probe: "smbios/tables", path: "/sys/firmware/dmi/tables/DMI", access: .reported),
            manufacturer: "Acme", partNumber: part, serial: serial, ids: ["type": "1a"],
            properties: ["size": "8589934592"])
        component.properties["populated"] = populated ? nil : "false"
        return component
    }

    private func chip(_ address: String, serial: String? = nil, part: String? = nil) -> Component {
        Component(
            "memory-spd", at: "spd/i2c-0/\(address)",
            evidence: Evidence(probe: "memory/spd", path: "/sys/bus/i2c/drivers/ee1004/0-\(address)/eeprom"),
            partNumber: part, serial: serial, ids: ["manufacturer": "80ce", "type": "0c"],
            digests: ["spd": .sha256(of: Array(address.utf8))], properties: ["type": "DDR4", "checksum": "valid"])
    }

    private func correlated(_ components: [Component]) -> [Component] {
        var components = components
        MemoryViews.correlate(&components)
        return components
    }

    @Test("one part with the facts of both, and from where they came") func joins() throws {
        let result = correlated([dimm("A", serial: "3A5C1F22", part: "M1"), chip("50", serial: "3a5c1f22", part: "M1")])
        let part = try #require(result.first)
        #expect(result.count == 1)
        #expect(part.location == "dimm/A" && part.manufacturer == "Acme" && part.serial == "3A5C1F22")
        #expect(part.evidence.access == .reported)
        #expect(part.ids == ["type": "1a", "manufacturer": "80ce"])
        #expect(part.digests["spd"] != nil)
        #expect(
            part.properties == [
                "size": "8589934592", "spd.type": "DDR4", "spd.checksum": "valid", "spd.ids.type": "0c",
                "spd.serial": "3a5c1f22", "spd.confirms": "partNumber serial", "spd.location": "spd/i2c-0/50",
                "spd.evidence": "direct memory/spd /sys/bus/i2c/drivers/ee1004/0-50/eeprom",
            ])
    }

    @Test("serial numbers pair modules whatever their order, in either byte order") func bySerial() {
        let result = correlated([
            dimm("A", serial: "11223344"), dimm("B", serial: "AABBCCDD"), dimm("C", populated: false),
            chip("50", serial: "ddccbbaa"), chip("52", serial: "11223344"),
        ])
        #expect(result.map(\.location) == ["dimm/A", "dimm/B", "dimm/C"])
        #expect(result.map { $0.properties["spd.location"] } == ["spd/i2c-0/52", "spd/i2c-0/50", nil])
        #expect(result[1].properties["spd.confirms"] == nil)
        #expect(result[1].properties["spd.serial"] == "ddccbbaa")
    }

    @Test("the only two left are one part, and what the table does not state is filled in") func byCount() {
        let result = correlated([
            dimm("A", serial: "11223344"), dimm("B"), chip("50", serial: "11223344"),
            chip("52", serial: "55667788", part: "M2"),
        ])
        #expect(result.map(\.location) == ["dimm/A", "dimm/B"])
        #expect(result[1].serial == "55667788" && result[1].partNumber == "M2")
        #expect(result[1].properties["spd.provides"] == "partNumber serial")
    }

    @Test(
        "texts that are no serial of an SPD state nothing",
        arguments: ["SerNum0", "00000000", "FFFFFFFF", "123", "12345678Z"])
    func noSerial(_ serial: String) {
        #expect(MemoryViews.name(of: dimm("A", serial: serial)) == nil)
        #expect(correlated([dimm("A", serial: serial), chip("50", serial: "11223344")]).count == 1)
    }

    @Test(
        "what contradicts is never one part, and is no view either",
        arguments: [("11223344", "11223345", "M1", "M1"), (nil, nil, "M1", "M2"), ("11223344", "11223344", "M1", "M2")]
            as [(String?, String?, String?, String?)])
    func contradictions(_ serial: String?, _ other: String?, _ part: String?, _ otherPart: String?) {
        let result = correlated([dimm("A", serial: serial, part: part), chip("50", serial: other, part: otherPart)])
        #expect(result.map(\.location) == ["dimm/A", "spd/i2c-0/50"])
        #expect(result[1].viewOf == nil)
    }

    @Test("equal modules stay apart and are marked") func equals() {
        let components = [dimm("A", part: "M1"), dimm("B", part: "M1"), chip("50", part: "M1"), chip("52", part: "M2")]
        let result = correlated(components)
        #expect(result.count == 4)
        #expect(result[2].viewOf == .memory)
        #expect(result[2].properties["view.candidates"] == "dimm/A; dimm/B")
        #expect(result[3].viewOf == nil)
    }

    @Test("a serial that two carry pairs nobody") func sharedSerial() {
        let result = correlated([
            dimm("A", serial: "11223344"), dimm("B", serial: "11223344"), chip("50", serial: "11223344"),
        ])
        #expect(result.count == 3)
        #expect(result[2].viewOf == .memory)
    }

    @Test("a chip too many is a part that the table hides: none is marked") func surplus() {
        let result = correlated([dimm("A"), chip("50"), chip("52")])
        #expect(result.count == 3)
        #expect(result.allSatisfy { $0.viewOf == nil })
        #expect(correlated([chip("50")]) == [chip("50")])
        #expect(correlated([dimm("A", populated: false), chip("50")]).count == 2)
    }
}

import AssayModel
import Testing

@testable import AssayRules

@Suite struct RecordCaptureTests {
    private func unit(_ serial: String?, _ components: [Component]) -> InventorySnapshot {
        var device = DeviceFacts()
        device.manufacturer = "AAEON"
        device.model = "E200"
        device.serial = serial
        return InventorySnapshot(
            device: device, components: components, firmware: [Parts.firmware("bios", "1.2")])
    }

    private func nic(_ address: String) -> Component {
        Component(
            .network, at: "network/eth0", evidence: Evidence(probe: "network/interfaces", path: "/sys/class/net/eth0"),
            properties: ["permanentAddress": address])
    }

    @Test("the unit passes its own record, and no other unit does") func ownRecord() throws {
        let parts = [Parts.memory("A", "S1"), Parts.drive("nvme0", serial: "N1"), nic("00:07:32:aa:00:01")]
        var circumstances = RecordCapture.Circumstances()
        circumstances.station = "EOL-3"
        circumstances.builtAt = "2026-02-01T10:00:00Z"
        let result = try #require(RecordCapture().record(of: unit("U1", parts), circumstances))
        #expect(result.untraced.map(\.location) == ["network/eth0"])
        #expect(result.record.station == "EOL-3")
        #expect(result.record.device.serial == "U1")
        let bytes = try CanonicalJSON.encode(result.record)
        let record = try RecordJSON.asBuilt(from: bytes)
        #expect(try CanonicalJSON.encode(record) == bytes)
        let evaluation = Evaluation(profile: nil, record: record)
        #expect(evaluation.run(unit("U1", parts)).verdict == .pass)
        let swapped = [Parts.memory("A", "S9"), parts[1], nic("00:07:32:aa:00:09")]
        #expect(
            evaluation.run(unit("U1", swapped)).outcomes.differences
                == ["mismatched memory dimm/A", "mismatched network network/eth0"])
        #expect(evaluation.run(unit("U2", parts)).verdict == .fail)
    }

    @Test("placeholders are not written, and a unit without a serial number has no record") func placeholders() throws {
        let inventory = unit("To Be Filled By O.E.M.", [Parts.memory("A", "Not Specified")])
        #expect(RecordCapture().record(of: inventory, .init()) == nil)
        var circumstances = RecordCapture.Circumstances()
        circumstances.serial = "LABEL-1"
        let result = try #require(RecordCapture().record(of: inventory, circumstances))
        #expect(result.record.components.first?.part.serial == nil)
        #expect(result.untraced.map(\.location) == ["dimm/A"])
    }
}

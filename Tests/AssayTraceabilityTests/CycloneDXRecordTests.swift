import AssayModel
import AssayTestKit
import Testing

@testable import AssayTraceability

@Suite struct CycloneDXRecordTests {
    static let bill = """
        {"bomFormat": "CycloneDX", "specVersion": "1.4", "metadata": {"component": {"type": "device", "name": "edge",
        "version": "B", "supplier": {"name": "acme"}, "properties": [{"name": "cdx:device:serialNumber", "value": "A-1"},
        {"name": "cdx:device:certifications:us:fcc", "value": "2ABC"}]}},
        "components": [{"type": "device", "name": "carrier", "publisher": "acme", "properties": [
        {"name": "cdx:device:deviceType", "value": "Baseboard"}],
        "components": [{"type": "device", "name": "D4", "manufacturer": {"name": "chips"}, "version": "2",
        "properties": [{"name": "cdx:device:deviceType", "value": "memory"}, {"name": "cdx:device:quantity", "value": "2"},
        {"name": "cdx:device:lotNumber", "value": "L7"}, {"name": "cdx:device:sku", "value": "D4-8"},
        {"name": "cdx:device:macAddress", "value": "8C0F6F72C6C5"}]},
        {"type": "firmware", "name": "boot", "version": "1.9", "hashes": [{"alg": "SHA-256", "content":
        "ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB"}]}]}]}
        """

    static func read(_ text: String) throws(RecordFailure) -> AsBuiltRecord {
        try CycloneDXRecord.read(Array(text.utf8))
    }

    @Test func nestedPartsCountAndAreNamed() throws {
        let record = try Self.read(Self.bill)
        #expect(record.device.serial == "A-1")
        #expect(record.device.manufacturer == "acme")
        #expect(record.device.revision == "B")
        #expect(record.certifications == ["us:fcc": "2ABC"])
        #expect(record.components.map(\.componentClass) == [.baseboard, .memory, .memory, .firmware])
        let memory = record.components[1]
        #expect(memory.part == PartDescription(manufacturer: "chips", model: "D4", partNumber: "D4-8", revision: "2"))
        #expect(memory.lot == "L7")
        #expect(memory.addresses == [NetworkAddress(.ethernet, "8c:0f:6f:72:c6:c5")])
        #expect(record.components[3].part.firmwareVersion == "1.9")
        #expect(record.components[3].part.digests["image"]?.values.first?.hasPrefix("sha256:abab") == true)
    }

    @Test(arguments: [
        (#"{"bomFormat": "SPDX"}"#, RecordFailure(.unknownForm, field: "bomFormat", detail: "")),
        (#"{"bomFormat": "CycloneDX"}"#, RecordFailure(.invalid, field: "metadata.component", detail: "")),
        (
            #"{"bomFormat": "CycloneDX", "metadata": {"component": {"name": "x"}}}"#,
            RecordFailure(.invalid, field: "metadata.component", detail: "")
        ),
    ])
    func faults(text: String, failure: RecordFailure) { #expect(throws: failure) { try Self.read(text) } }

    @Test func faultsNameTheNestedComponent() {
        let text = Self.bill.replacing("\"value\": \"2\"}", with: "\"value\": \"many\"}")
        #expect(throws: RecordFailure(.invalid, field: "components[0].components[0]", detail: "")) {
            try Self.read(text)
        }
    }

    @Test func deepNestingIsRefused() {
        let component = #"{"type": "device", "name": "x", "components": ["#
        let text =
            #"{"bomFormat": "CycloneDX", "metadata": {"component": {"name": "x", "properties": ["#
            + #"{"name": "cdx:device:serialNumber", "value": "A"}]}}, "components": ["#
            + String(repeating: component, count: 14) + String(repeating: "]}", count: 14) + "]}"
        #expect(throws: Never.self) { try Self.read(text) }
        #expect(throws: RecordFailure(.tooDeep, field: "", detail: "")) {
            try Self.read(
                text.replacing(component, with: component + component).replacing("]}]}", with: "]}]}]}]}"))
        }
    }

    @Test func hostileBytesEndInAFailure() {
        let bytes = Array(Self.bill.utf8)
        let parse: (RawSpan) -> Void = { span in
            _ = try? CycloneDXRecord.read(span.withUnsafeBytes { [UInt8]($0) })
        }
        ParserTester.truncations(of: bytes, parse)
        ParserTester.mutations(of: bytes, count: 500, parse)
    }
}

import AssayModel
import AssayTestKit
import Testing

@testable import AssayTraceability

@Suite struct RecordExportTests {
    /// A record with something in every field that another form can hold.
    static let record: AsBuiltRecord = {
        var memory = BuiltComponent(
            .memory, at: "dimm/A", part: PartDescription(manufacturer: "acme", partNumber: "D4-8", serial: "1"),
            lot: "L7", dateCode: "2601", supplier: "chips", origin: "DE")
        memory.supplierTier = 2
        memory.fieldReplaceable = true
        memory.traceabilityLevel = .advanced
        memory.evidenceDocument = "doc-9"
        var network = BuiltComponent(
            .network,
            part: PartDescription(manufacturer: "Intel", model: "I219", revision: "21", ids: ["vendor": "8086"]))
        network.addresses = [
            NetworkAddress(.ethernet, "8c:0f:6f:72:c6:c5"), NetworkAddress(.wlan, "8c:0f:6f:72:c6:c6"),
        ]
        network.part.properties = ["permanentAddress": "8c:0f:6f:72:c6:c5"]
        network.designator = "U7"
        network.manufacturerID = "1.3.6.1.4.1.343"
        let firmware = BuiltComponent(.firmware, part: PartDescription(manufacturer: "acme", firmwareVersion: "1.5.3"))
        var record = AsBuiltRecord(
            device: .init(serial: "A-1", manufacturer: "acme", model: "edge"), components: [memory, network, firmware])
        record.builtAt = "2026-01-02T03:04:05Z"
        record.factory = "Graz"
        record.line = "L1"
        record.profile = "edge-200"
        record.certifications = ["us:fcc": "2ABC"]
        record.traceabilityLevel = .standard
        return record
    }()

    static func reread(_ record: AsBuiltRecord, as form: RecordForm) throws -> AsBuiltRecord {
        let bytes = try #require(try RecordExport.write(record, as: form))
        #expect(try RecordForm.detect(bytes) == form)
        guard case .record(var back)? = try RecordImport.read(bytes).first?.content else {
            throw RecordFailure(.malformed, field: "", detail: "no record")
        }
        if form != .json { back.source = nil }
        return back
    }

    @Test(arguments: [RecordForm.json, .cyclonedx])
    func whatIsWrittenReadsBack(form: RecordForm) throws {
        #expect(try Self.reread(Self.record, as: form) == Self.record)
    }

    @Test(
        "a unit without a model, or with an id alone, reads back",
        arguments: [
            AsBuiltRecord.Unit(serial: "A-1"), AsBuiltRecord.Unit(serial: nil, id: "unit-7"),
            AsBuiltRecord.Unit(serial: "A-1", id: "unit-7", manufacturer: "acme"),
            AsBuiltRecord.Unit(serial: nil, id: "unit-7", model: "edge"),
        ])
    func unitsReadBack(unit: AsBuiltRecord.Unit) throws {
        let record = AsBuiltRecord(device: unit, components: [BuiltComponent(.memory)])
        #expect(try Self.reread(record, as: .cyclonedx) == record)
    }

    @Test func equalRecordsGiveEqualBytes() throws {
        for form in RecordExport.forms {
            #expect(try RecordExport.write(Self.record, as: form) == RecordExport.write(Self.record, as: form))
        }
    }

    @Test func tablesAndCertificatesAreNotWritten() throws {
        for form in RecordForm.allCases where !RecordExport.forms.contains(form) {
            #expect(try RecordExport.write(Self.record, as: form) == nil)
        }
    }

    @Test func paccorHoldsThePartsInItsRegistries() throws {
        let list = PaccorComponentList(Self.record)
        #expect(list.platform.serial == "A-1")
        #expect(list.components.map(\.classValue) == ["00110002", nil, "00000002"])
        #expect(list.components[0].model == "D4-8")
        #expect(list.components[2].model == "1.5.3")
        let back = try Self.reread(Self.record, as: .paccor)
        #expect(back.components[0].part == Self.record.components[0].part)
        #expect(back.components[2].part == Self.record.components[2].part)
        #expect(back.components[1].addresses == Self.record.components[1].addresses)
    }

    @Test(
        "a list of paccor comes back as it was", .enabled(if: Corpus.isAvailable),
        arguments: [
            "paccor/sample_testgen1-localhost-componentlist.json", "paccor/deviceInfo.json",
            "paccor/tutorials-v2-components.json", "hirs-laptop/default/laptop_default_hw.json",
        ])
    func paccorRoundTrip(name: String) throws {
        let list = try PaccorComponentList(json: try Corpus.bytes("platform-certs/" + name))
        let back = try PaccorComponentList(json: try PaccorComponentList(try list.record()).json())
        func plain(_ component: PlatformComponent) -> PlatformComponent {
            var component = component
            for index in component.addresses.indices {
                component.addresses[index].value = NetworkAddress(.other, component.addresses[index].value).value
            }
            return component
        }
        #expect(back.components == list.components.map(plain))
        #expect(Set(back.properties) == Set(list.properties))
        #expect(back.propertiesURI == list.propertiesURI)
    }
}

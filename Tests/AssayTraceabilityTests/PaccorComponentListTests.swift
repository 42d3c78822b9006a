import AssayModel
import AssayTestKit
import Testing

@testable import AssayTraceability

@Suite struct PaccorComponentListTests {
    static let list = """
        {"PLATFORM": {"PLATFORMMANUFACTURERSTR": "acme", "PLATFORMMODEL": "edge", "PLATFORMVERSION": "Not Specified",
        "PLATFORMSERIAL": "A-1"}, "COMPONENTS": [
        {"COMPONENTCLASS": {"COMPONENTCLASSREGISTRY": "2.23.133.18.3.4", "COMPONENTCLASSVALUE": "00020000"},
        "MANUFACTURER": "8086:1028:", "MODEL": "0D4E:09A1:", "REVISION": "0B", "SERIAL": "D745A01289B30200:",
        "ADDRESSES": [{"ETHERNETMAC": "CC483A4BEB00"}]},
        {"COMPONENTCLASS": {"COMPONENTCLASSREGISTRY": "2.23.133.18.3.5", "COMPONENTCLASSVALUE": "02010802"},
        "MANUFACTURER": "1179:1179:8CE38E", "MODEL": "KXG6", "SERIAL": "00:30OF304WF7SL:nqn", "REVISION": "00010300:10605105"},
        {"COMPONENTCLASS": {"COMPONENTCLASSREGISTRY": "2.23.133.18.3.3", "COMPONENTCLASSVALUE": "0x0011001A"},
        "MANUFACTURER": "80CE000080CE", "MODEL": "M471  ", "SERIAL": " ", "FIELDREPLACEABLE": "true",
        "MANUFACTURERID": "1.3.6.1.4.1.343"},
        {"COMPONENTCLASS": {"COMPONENTCLASSREGISTRY": "2.23.133.18.3.1", "COMPONENTCLASSVALUE": "00130003"},
        "MANUFACTURER": "acme", "MODEL": "Not Specified", "REVISION": "1.5.3"},
        {"COMPONENTCLASS": {"COMPONENTCLASSREGISTRY": "2.23.133.18.3.1", "COMPONENTCLASSVALUE": "00090002"},
        "MANUFACTURER": "Intel", "MODEL": "I219", "SERIAL": "8C:0F:6F:72:C6:C5", "ADDRESSES": [{"WLANMAC": "8289FAD361"}]}],
        "PROPERTIES": [{"NAME": "uname -r", "VALUE": "6.1"}, {"PROPERTYNAME": "os", "PROPERTYVALUE": "debian"}],
        "PROPERTIESURI": {"URI": "https://example.com/p", "HASHALG": "2.16.840.1.101.3.4.2.1", "HASHVALUE": "AQI="}}
        """

    static func read(_ text: String) throws(RecordFailure) -> PaccorComponentList {
        try PaccorComponentList(json: Array(text.utf8))
    }

    @Test func registriesAreTranslatedIntoTheWordsOfAScan() throws {
        let record = try Self.read(Self.list).record()
        #expect(record.device == AsBuiltRecord.Unit(serial: "A-1", manufacturer: "acme", model: "edge"))
        #expect(record.components.map(\.componentClass) == [.pci, .storage, .memory, .firmware, .network])
        let parts = record.components.map(\.part)
        #expect(
            parts[0].ids == [
                "vendor": "8086", "subsystemVendor": "1028", "device": "0d4e", "subsystemDevice": "09a1",
                "class": "020000",
            ])
        #expect(parts[0].serial == "00-02-b3-89-12-a0-45-d7")
        #expect(parts[0].revision == "0b")
        #expect(record.components[0].addresses == [NetworkAddress(.ethernet, "cc:48:3a:4b:eb:00")])
        #expect(parts[1].serial == "30OF304WF7SL")
        #expect(parts[1].firmwareVersion == "10605105")
        #expect(parts[2].partNumber == "M471  ")
        #expect(parts[2].serial == nil)
        #expect(record.components[2].fieldReplaceable == true)
        #expect(parts[3] == PartDescription(manufacturer: "acme", firmwareVersion: "1.5.3"))
        #expect(parts[4].serial == nil)
        #expect(parts[4].properties == ["permanentAddress": "8c:0f:6f:72:c6:c5"])
        #expect(record.properties == ["uname -r": "6.1", "os": "debian"])
        #expect(record.references.first?.hash == "0102")
    }

    @Test func aFiveOctetAddressIsKeptAndIsNotWellFormed() throws {
        let addresses = try Self.read(Self.list).record().components[4].addresses
        #expect(addresses.map(\.value) == ["8289FAD361", "8c:0f:6f:72:c6:c5"])
        #expect(addresses.map(\.isWellFormed) == [false, true])
    }

    @Test func theListIsAnInventoryToo() throws {
        let inventory = try Self.read(Self.list).inventory(path: "list.json")
        #expect(inventory.device.serial == "A-1")
        #expect(inventory.firmware.map(\.location) == ["fw/bios"])
        #expect(inventory.firmware.first?.firmwareVersion == "1.5.3")
        #expect(inventory.components.map(\.location) == ["paccor/0", "paccor/1", "paccor/2", "paccor/4"])
        #expect(inventory.components.first?.evidence.path == "list.json#COMPONENTS[0]")
        #expect(inventory.components.last?.properties["permanentAddress"] == "8c:0f:6f:72:c6:c5")
    }

    @Test func aListWithStatesIsADelta() throws {
        let text = """
            {"PLATFORM": {"PLATFORMSERIAL": "A-1"}, "COMPONENTS": [
            {"MANUFACTURER": "acme", "MODEL": "a", "STATUS": "ADDED"}, {"MODEL": "b", "STATUS": "removed"}]}
            """
        let list = try Self.read(text)
        #expect(list.isDelta)
        let delta = try list.delta()
        #expect(delta.changes.map(\.status) == [.added, .removed])
        #expect(delta.amends == .init(serial: "A-1"))
    }

    @Test("components given as traits", .enabled(if: Corpus.isAvailable))
    func traits() throws {
        let list = try PaccorComponentList(
            json: try Corpus.bytes("platform-certs/paccor/sample_testgen1-localhost-componentlistv3adv.json"))
        #expect(
            list.components.map(\.registry) == [
                ComponentRegistry.smbios, ComponentRegistry.smbios,
                ComponentRegistry.pcie, ComponentRegistry.storage,
            ])
        #expect(list.components.map(\.classValue) == ["0000830f", "00010000", "00020000", "02010802"])
        #expect(list.components[3].model == "KXG6AZNV512G NVMe SED KIOXIA 512GB")
    }

    @Test(
        "every list of the corpus is read", .enabled(if: Corpus.isAvailable),
        arguments: [
            "hirs-validation/sample_paccor_output.txt", "hirs-validation/sample_paccor_output_with_extra_component.txt",
            "paccor/bare-bones-config-base-bare-bones-componentlist.json", "paccor/comps_medium_2187.json",
            "paccor/deviceInfo.json", "paccor/sample_testgen1-localhost-componentlist.json",
        ])
    func corpus(name: String) throws {
        let list = try PaccorComponentList(json: try Corpus.bytes("platform-certs/" + name))
        #expect(!list.components.isEmpty)
        #expect(try list.record().components.count == list.components.count)
    }

    @Test(
        "faults name their place",
        arguments: [
            ("[]", RecordFailure(.malformed, field: "", detail: "")),
            (
                #"{"COMPONENTS": [{"SERIAL": ["x"]}]}"#,
                RecordFailure(.malformed, field: "COMPONENTS[0].SERIAL", detail: "")
            ),
            (#"{"COMPONENTS": [{}]}"#, RecordFailure(.invalid, field: "COMPONENTS[0]", detail: "")),
            (
                #"{"COMPONENTS": [{"COMPONENTCLASS": {"COMPONENTCLASSVALUE": "12"}}]}"#,
                RecordFailure(.invalid, field: "COMPONENTS[0].COMPONENTCLASS.COMPONENTCLASSVALUE", detail: "")
            ),
            (
                #"{"COMPONENTS": [{"MODEL": "x", "STATUS": "gone"}]}"#,
                RecordFailure(.invalid, field: "COMPONENTS[0].STATUS", detail: "")
            ),
            (
                #"{"COMPONENTS": [{"MODEL": "x", "FIELDREPLACEABLE": "maybe"}]}"#,
                RecordFailure(.malformed, field: "COMPONENTS[0].FIELDREPLACEABLE", detail: "")
            ),
            ("nonsense", RecordFailure(.malformed, field: "", detail: "")),
        ])
    func faults(text: String, failure: RecordFailure) {
        #expect(throws: failure) { try Self.read(text) }
    }

    @Test func aRecordNeedsToSayWhichUnitItIsOf() throws {
        let list = try Self.read(#"{"PLATFORM": {"PLATFORMMODEL": "x"}, "COMPONENTS": []}"#)
        #expect(throws: RecordFailure(.invalid, field: "PLATFORM.PLATFORMSERIAL", detail: "")) { try list.record() }
    }

    @Test func hostileBytesEndInAFailure() {
        let bytes = Array(Self.list.utf8)
        let parse: (RawSpan) -> Void = { span in
            _ = try? PaccorComponentList(json: span.withUnsafeBytes { [UInt8]($0) })
        }
        ParserTester.truncations(of: bytes, parse)
        ParserTester.mutations(of: bytes, count: 500, parse)
    }
}

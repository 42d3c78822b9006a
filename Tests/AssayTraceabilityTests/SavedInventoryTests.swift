import AssayModel
import Testing

@testable import AssayTraceability

@Suite struct SavedInventoryTests {
    @Test func aScanIsReadWithItsFiles() throws {
        var inventory = InventorySnapshot()
        inventory.device.serial = "A"
        inventory.components = [
            Component(.memory, at: "dimm/A", evidence: Evidence(probe: "smbios/tables", path: "/sys"), serial: "1")
        ]
        let saved = try SavedInventory(try CanonicalJSON.encode(inventory), path: "scan.json")
        #expect(saved.inventory == inventory)
        #expect(saved.files == nil)
        let text = #"{"schema": "assay/scan/v1", "device": {}, "components": [], "files": []}"#
        #expect(try SavedInventory(Array(text.utf8), path: "scan.json").files?.isEmpty == true)
    }

    @Test func aComponentListIsReadAsWhatWasSeen() throws {
        let saved = try SavedInventory(Array(PaccorComponentListTests.list.utf8), path: "list.json")
        #expect(saved.inventory.components.count == 4)
        #expect(saved.files == nil)
    }

    @Test(arguments: [
        "", "{}", #"{"schema": "assay/as-built/v1", "device": {"serial": "A"}}"#, "a,b\n",
        #"{"PLATFORM": {}, "COMPONENTS": [{"MODEL": "x", "STATUS": "ADDED"}]}"#,
    ])
    func anythingElseIsNone(text: String) {
        #expect(throws: RecordFailure(.unknownForm, field: "", detail: "")) {
            try SavedInventory(Array(text.utf8), path: "x")
        }
    }
}

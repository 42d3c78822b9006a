package import AssayModel

/// An inventory that was saved: a scan in JSON, or a component list of paccor.
package struct SavedInventory: Sendable {
    /// What was seen, but the files.
    package let inventory: InventorySnapshot
    /// Files, where the scan has any.
    package let files: [FileEntry]?

    private struct Files: Decodable { let files: [FileEntry]? }

    /// Reads either form, recognised by its content.
    ///
    /// - Parameter path: name of the file, for the evidence of what it lists.
    package init(_ bytes: [UInt8], path: String) throws(RecordFailure) {
        if Self.isScan(bytes) {
            inventory = try RecordJSON.decode(InventorySnapshot.self, from: bytes, limit: RecordImport.maximumSize)
            files = try RecordJSON.decode(Files.self, from: bytes, limit: RecordImport.maximumSize).files
            return
        }
        guard try RecordForm.detect(bytes) == .paccor else {
            throw RecordFailure(.unknownForm, field: "", detail: "is neither a scan nor a paccor component list")
        }
        let list = try PaccorComponentList(json: bytes)
        guard !list.isDelta else {
            throw RecordFailure(.unknownForm, field: "", detail: "lists changes, not what is there")
        }
        inventory = list.inventory(path: path)
        files = nil
    }

    /// A scan's parts say where they were read; older and cut-down ones have no schema's name.
    private static func isScan(_ bytes: [UInt8]) -> Bool {
        struct Shape: Decodable {
            struct Part: Decodable { let evidence: Evidence }
            let schema: String?
            let device: DeviceFacts?
            let components: [Part]?
            let firmware: [Part]?
        }
        guard let shape = try? CanonicalJSON.decode(Shape.self, from: bytes),
            shape.schema?.hasPrefix("assay/scan/") ?? true
        else { return false }
        return shape.device != nil || shape.components != nil || shape.firmware != nil
    }
}

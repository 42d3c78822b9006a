import ArgumentParser
import AssayAgent
import AssayModel
import AssayReport
import AssayTraceability

/// What one unit is made of: this machine, or one whose scan was saved.
struct UnitReading {
    /// How records name the unit: the file, or the unit's own serial number.
    let name: String
    let inventory: InventorySnapshot
    /// Its files; nil when they were not read.
    let files: [FileEntry]?
    /// When it was scanned, where the saved scan says so.
    let takenAt: Timestamp?

    /// Binaries that no package owns; nil when files were not read.
    var ownerless: [FileEntry]? { files?.filter { $0.package == nil } }

    private struct Moment: Decodable { let takenAt: String? }

    /// Reads a saved scan, or a component list of paccor.
    init(saved path: String) throws {
        let bytes = try InputFile.read(path, as: "scan", limit: RecordImport.maximumSize)
        let saved: SavedInventory
        do { saved = try SavedInventory(bytes, path: path) } catch {
            throw ExitStatus.fail(ExitStatus.badData, "\(path) is not a usable scan: \(error)")
        }
        name = path
        inventory = saved.inventory
        files = saved.files
        takenAt = try RecordJSON.decode(Moment.self, from: bytes, limit: RecordImport.maximumSize).takenAt
            .flatMap { Timestamp($0) }
    }

    private init(_ inventory: InventorySnapshot) {
        name = inventory.device.serial ?? inventory.device.hostname ?? "this machine"
        self.inventory = inventory
        files = nil
        takenAt = nil
    }

    /// Reads parts, firmware and boot state of this machine; files are left out, which keeps it to seconds.
    static func live(_ selection: ScanSelection) throws -> UnitReading {
        let sections = Set(SectionName.allCases).subtracting([.files, .packages])
        let scan = Scan(root: try RootOption.open(nil), options: selection.options(sections: sections))
        let progress = ScanProgress(scan.progress)
        defer { progress.finish() }
        let inventory = try scan.run(file: { _, _ in })
        return UnitReading(inventory)
    }
}

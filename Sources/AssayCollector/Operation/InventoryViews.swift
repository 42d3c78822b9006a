internal import AssayModel
internal import AssayReport
internal import AssayStore

/// What the last report of a device shows, and what was made of it, as the API shows it.
struct InventoryView: Sendable, Codable {
    /// Sequence number of the report.
    let sequence: Int64
    /// Parts, at most ``DeviceInventory/limit``.
    let components: [Component]
    /// Number of parts in the report.
    let componentCount: Int
    /// What became of expected and found parts.
    let outcomes: [Outcome]?
    /// Whether the device's verdict is of an earlier report.
    let isVerdictOlder: Bool
    /// Firmware.
    let firmware: [Component]
    /// How it booted.
    let boot: BootState
    /// What runs.
    let kernel: KernelState
    /// What could not be read.
    let gaps: [Gap]
    /// Number of gaps in the report.
    let gapCount: Int
    /// Sections of the report with lines that cannot be read.
    let damage: [Gap]

    init(_ inventory: DeviceInventory) {
        sequence = inventory.sequence
        components = inventory.components
        componentCount = inventory.lines(of: .components)
        outcomes = inventory.result?.outcomes
        isVerdictOlder = inventory.isOlderJudgement
        firmware = inventory.firmware
        boot = inventory.boot
        kernel = inventory.kernel
        gaps = inventory.gaps
        gapCount = inventory.lines(of: .gaps)
        damage = inventory.damage
    }
}

/// A report in a list.
struct ReportView: Sendable, Codable {
    /// Position in the device's chain.
    let sequence: Int64
    /// SHA-256 of the payload.
    let report: ContentDigest
    /// Merkle root over the sections; equal ones mean equal inventories.
    let inventoryRoot: ContentDigest
    /// When it arrived.
    let receivedAt: Timestamp
    /// Whether it echoes the nonce that was given for it.
    let isFresh: Bool

    init(_ report: ReportSummary) {
        sequence = report.sequence
        self.report = report.digest
        inventoryRoot = report.inventoryRoot
        receivedAt = report.receivedAt
        isFresh = report.isFresh
    }
}

/// What changed between two reports.
struct ComparisonView: Sendable, Codable {
    /// Sequence number of the one.
    let from: Int64
    /// Sequence number of the other.
    let to: Int64
    /// What differs, by section.
    let sections: [SectionChanges]
}

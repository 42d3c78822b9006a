internal import AssayModel
internal import AssayReport
internal import AssayRules
internal import AssayStore
internal import Logging

/// A report with the one before it that differed.
struct ReportContent: Sendable {
    let predicate: ReportStatement.Predicate
    let inventory: InventorySnapshot
    /// Gaps for what cannot be read of it.
    let damage: [Gap]
    let former: Former?

    /// The last report with another inventory.
    struct Former: Sendable {
        let predicate: ReportStatement.Predicate
        let inventory: InventorySnapshot
    }

    private static let ownSections = Set(InventoryReader.ownSections.map(\.rawValue))

    /// Takes out what only this unit has.
    func form(_ lists: RuleLists, today: CalendarDay) -> UnitForm? {
        let own = Set(Self.ownSections.map { "report/" + $0 })
        // Lines that do not decode stand in no form.
        guard !damage.contains(where: { own.contains($0.probe) }) else { return nil }
        return UnitForm(of: inventory, former: former?.inventory, lists: lists, today: today)
    }

    /// What a form names together with everything in which units do not differ.
    func digest(of form: UnitForm) -> ContentDigest {
        let sections = [predicate, former?.predicate].map { $0.map(Self.sharedSections) ?? "-" }
        return .sha256(of: (sections + ["\(form.digest)"]).joined(separator: "\n\n").utf8)
    }

    private static func sharedSections(of predicate: ReportStatement.Predicate) -> String {
        predicate.sections.sorted { $0.key < $1.key }
            .filter { !ownSections.contains($0.key) }
            .map { "\($0.key) \($0.value.digest) \($0.value.lines) \($0.value.shards ?? 0)" }
            .joined(separator: "\n")
    }
}

extension InventoryReader {
    /// The report at the head of a device's chain, in full or as far as units of one model differ.
    func content(of device: Device, _ head: ChainHead, onlyOwn: Bool, logger: Logger) async throws -> ReportContent {
        guard let stored = try await store.report(of: device.id, sequence: head.sequence) else {
            throw StoreFailure(.corrupt, "report \(head.report)")
        }
        let predicate = try ReportStatement.Predicate(of: stored)
        let (inventory, damage) = try await snapshot(of: predicate, device: device.id, onlyOwn: onlyOwn)
        return ReportContent(
            predicate: predicate, inventory: inventory, damage: damage,
            former: try await former(of: device, head, onlyOwn: onlyOwn, logger: logger))
    }

    /// The last inventory that differed; one that cannot be read is none.
    private func former(
        of device: Device, _ head: ChainHead, onlyOwn: Bool, logger: Logger
    ) async throws -> ReportContent.Former? {
        guard let root = head.formerRoot, let stored = try await store.report(of: device.id, inventoryRoot: root)
        else { return nil }
        do {
            let predicate = try ReportStatement.Predicate(of: stored)
            return ReportContent.Former(
                predicate: predicate,
                inventory: try await snapshot(of: predicate, device: device.id, onlyOwn: onlyOwn).inventory)
        } catch let failure as StoreFailure where failure.code == .inputOutput {
            throw failure
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            logger.warning(
                "the former report cannot be read", metadata: ["device": "\(device.id)", "error": "\(error)"])
            return nil
        }
    }
}

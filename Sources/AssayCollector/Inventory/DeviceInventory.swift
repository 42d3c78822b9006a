internal import AssayModel
internal import AssayReport
internal import AssayRules
internal import AssayStore

/// What the last report of a device shows, and what was made of it, within bounds that hold for any report.
struct DeviceInventory: Sendable {
    /// Most parts, and most gaps, that are read.
    static let limit = 2000

    /// The report.
    var sequence: Int64
    /// What the report states.
    var predicate: ReportStatement.Predicate
    var components: [Component]
    var firmware: [Component]
    var boot: BootState
    var kernel: KernelState
    var gaps: [Gap]
    /// Sections with lines that cannot be read.
    var damage: [Gap]
    /// What the rules say of the report.
    var result: VerifyResult?
    /// Whether the verdict is that of an earlier report.
    var isOlderJudgement: Bool

    /// Reads the last report of a device; nil before the first.
    static func last(
        of device: Device, in store: any Store, judgedBy evaluator: DeviceEvaluator
    ) async throws -> DeviceInventory? {
        guard let head = device.head else { return nil }
        guard let stored = try await store.report(of: device.id, sequence: head.sequence) else {
            throw StoreFailure(.corrupt, "report \(head.report)")
        }
        let predicate = try ReportStatement.Predicate(of: stored)
        let reader = InventoryReader(store: store)
        var damage: [Gap] = []
        func values<Value: Decodable & Sendable>(_ section: SectionName, limit: Int) async throws -> [Value] {
            let page: SectionPage<Value> = try await reader.page(
                of: section, in: predicate, containing: "", from: .start, limit: limit)
            damage += InventoryReader.damage(page.faulty, section)
            return page.values
        }
        let components: [Component] = try await values(.components, limit: limit)
        let firmware: [Component] = try await values(.firmware, limit: limit)
        let boot: [BootState] = try await values(.boot, limit: 1)
        let kernel: [KernelState] = try await values(.kernel, limit: 1)
        let gaps: [Gap] = try await values(.gaps, limit: limit)
        return DeviceInventory(
            sequence: head.sequence, predicate: predicate, components: components, firmware: firmware,
            boot: boot.first ?? BootState(), kernel: kernel.first ?? KernelState(), gaps: gaps, damage: damage,
            result: try await evaluator.result(of: device),
            isOlderJudgement: device.standing.map { $0.report != head.report && device.needsEvaluation } ?? false)
    }

    /// Number of lines of a section, as the report announces them.
    func lines(of section: SectionName) -> Int { predicate.sections[section.rawValue]?.lines ?? 0 }

    /// Parts that no outcome speaks of: those that nothing was compared with.
    var uncompared: [Component] {
        let known = Set((result?.outcomes ?? []).map { Place($0.componentClass, $0.location) })
        return components.filter { !known.contains(Place($0.componentClass, $0.location)) }
    }

    private struct Place: Hashable {
        let componentClass: ComponentClass
        let location: String?

        init(_ componentClass: ComponentClass, _ location: String?) {
            self.componentClass = componentClass
            self.location = location
        }
    }
}

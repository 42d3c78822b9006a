internal import AssayCollector
internal import AssayHost
internal import AssayNames

/// Names behind the numbers of PCI and USB parts, from the lists of this machine, for pages.
///
/// A list is read from its beginning whenever a part is met that was not asked for before; what was found, or not, is kept.
actor HardwareNameBook {
    /// Most parts that are remembered.
    private static let limit = 20_000

    private let executor = QueueExecutor(label: "assay.hardware-names")
    private var known: [HardwareID: String?] = [:]

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// The sentences that begin with numbers that have a name, with the names behind them.
    func names(of parts: Set<PartText>) -> [PartText: String] {
        var ids: [PartText: HardwareID] = [:]
        for part in parts { ids[part] = HardwareID(part.componentClass, startOf: part.text) }
        learn(Set(ids.values).filter { known[$0] == nil })
        var result: [PartText: String] = [:]
        for (part, id) in ids {
            guard let name = known[id] ?? nil else { continue }
            let numbers = part.text.prefix { $0 != " " }
            result[part] = "\(numbers) (\(name))\(part.text.dropFirst(numbers.count))"
        }
        return result
    }

    private func learn(_ ids: Set<HardwareID>) {
        guard !ids.isEmpty, let root = try? HostRoot.live() else { return }
        if known.count + ids.count > Self.limit { known.removeAll() }
        let names = HardwareNames(of: ids, in: root)
        for id in ids {
            let words = [names.vendor(id), names.device(id)].compactMap(\.self)
            known[id] = .some(words.isEmpty ? nil : words.joined(separator: " "))
        }
    }
}

package import AssayModel
package import AssayReport

/// Scans the machine into the sections of a report.
package struct ScanRecording {
    private let scan: Scan
    private let store: SectionStore
    private let device: DeviceIdentity

    /// A recording of `scan` for `device` whose content goes to `store`.
    package init(_ scan: Scan, into store: SectionStore, device: DeviceIdentity) {
        self.scan = scan
        self.store = store
        self.device = device
    }

    /// Carries the scan out and stores every section for as long as a collector may ask for it.
    ///
    /// - Parameter now: time of the scan, in seconds since 1970.
    /// - Returns: what ``ReportRun`` seals, and the inventory without its files.
    package func run(now: Int64) throws -> (content: ReportRun.Content, inventory: InventorySnapshot) {
        let files = try store.begin(.files)
        var inventory = try scan.run(file: { path, line in try files.append(line: line, key: path) })
        inventory.device.id = device.id.description
        var sections = [try files.finish()]
        sections.append(try single(.platform, inventory.device, key: "device"))
        sections.append(try list(.components, inventory.components, key: \.sectionKey))
        sections.append(try list(.firmware, inventory.firmware, key: \.sectionKey))
        sections.append(try single(.boot, inventory.boot, key: "boot"))
        sections.append(try kernel(inventory.kernel))
        sections.append(try list(.packages, inventory.packages) { "\($0.purl)\u{0}\($0.database)" })
        sections.append(try list(.gaps, inventory.gaps) { "\($0.probe)\u{0}\($0.path)" })
        let kinds = Dictionary(grouping: inventory.gaps, by: \.kind.rawValue).mapValues(\.count)
        let content = ReportRun.Content(
            sections: sections, gaps: kinds, bootID: scan.root.bootID(), takenAt: now)
        return (content, inventory)
    }

    private func single(_ name: SectionName, _ value: some Encodable, key: String) throws -> WrittenSection {
        let section = try store.begin(name)
        try section.append(value, key: key)
        return try section.finish()
    }

    private func list<T: Encodable>(
        _ name: SectionName, _ values: [T], key: (T) -> String
    ) throws -> WrittenSection {
        let section = try store.begin(name)
        for value in values { try section.append(value, key: key(value)) }
        return try section.finish()
    }

    /// The state first, then each module as a line of its own, so that one loaded module changes one line.
    private func kernel(_ state: KernelState) throws -> WrittenSection {
        let section = try store.begin(.kernel)
        var head = state
        head.modules = nil
        try section.append(head, key: "")
        for module in state.modules ?? [] { try section.append(module, key: module.name) }
        return try section.finish()
    }
}

extension Component {
    fileprivate var sectionKey: String { "\(location)\u{0}\(componentClass.rawValue)" }
}

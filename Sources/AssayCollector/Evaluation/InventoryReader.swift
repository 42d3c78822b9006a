internal import AssayModel
internal import AssayReport
internal import AssayStore

/// Reads the sections of a stored report, one object at a time.
struct InventoryReader: Sendable {
    let store: any Store

    /// The sections in which units of one model differ.
    static let ownSections: Set<SectionName> = [.platform, .components, .firmware]

    /// Everything but the files, or the unit's own sections, and a gap for each section whose lines do not all decode; the
    /// rest stands beside it.
    func snapshot(
        of predicate: ReportStatement.Predicate, device: ContentDigest, onlyOwn: Bool = false
    ) async throws -> (inventory: InventorySnapshot, damage: [Gap]) {
        var snapshot = InventorySnapshot()
        var damage: [Gap] = []
        snapshot.device = try await single(DeviceFacts.self, .platform, predicate, &damage) ?? DeviceFacts()
        // Who the device is says its key, whatever the inventory claims.
        snapshot.device.id = device.description
        snapshot.components = try await values(Component.self, .components, predicate, &damage)
        snapshot.firmware = try await values(Component.self, .firmware, predicate, &damage)
        if onlyOwn { return (snapshot, damage) }
        snapshot.boot = try await single(BootState.self, .boot, predicate, &damage) ?? BootState()
        snapshot.kernel = try await kernel(predicate, &damage)
        snapshot.packages = try await values(Package.self, .packages, predicate, &damage)
        snapshot.gaps = try await values(Gap.self, .gaps, predicate, &damage)
        return (snapshot, damage)
    }

    /// What the device says of itself.
    func facts(of predicate: ReportStatement.Predicate) async throws -> DeviceFacts {
        var damage: [Gap] = []
        return try await values(DeviceFacts.self, .platform, predicate, &damage).first ?? DeviceFacts()
    }

    /// The files of one object, in order, and the number of lines that do not decode.
    func files(in digest: ContentDigest) async throws -> (files: [FileEntry], faulty: Int) {
        var files: [FileEntry] = []
        let faulty = Self.forEachLine(of: try await content(digest)) { line in
            files.append(try CanonicalJSON.decode(FileEntry.self, from: line))
        }
        return (files, faulty)
    }

    /// The objects that hold a section's lines: the section itself, or its shards.
    func objects(
        of section: SectionName, in predicate: ReportStatement.Predicate, keepingEmpty: Bool = false
    ) async throws -> [ContentDigest] {
        guard let descriptor = predicate.sections[section.rawValue] else { return [] }
        guard descriptor.shards != nil else { return [descriptor.digest] }
        let index = try SectionIndex(
            parsing: try await content(descriptor.digest), of: section.rawValue, as: descriptor)
        return index.shards.filter { keepingEmpty || $0.lines > 0 }.map(\.digest)
    }

    /// The gap that stands for lines that cannot be read.
    static func damage(_ faulty: Int, _ section: SectionName) -> [Gap] {
        guard faulty > 0 else { return [] }
        let detail = "\(faulty) lines of the report's section \(section.rawValue) cannot be read"
        return [Gap(probe: "report/\(section.rawValue)", path: "/", kind: .malformed, detail: detail)]
    }

    /// The one line of a section; further ones are damage.
    private func single<T: Decodable>(
        _ type: T.Type, _ section: SectionName, _ predicate: ReportStatement.Predicate, _ damage: inout [Gap]
    ) async throws -> T? {
        let values = try await values(type, section, predicate, &damage)
        damage += Self.damage(max(0, values.count - 1), section)
        return values.first
    }

    private func values<T: Decodable>(
        _ type: T.Type, _ section: SectionName, _ predicate: ReportStatement.Predicate, _ damage: inout [Gap]
    ) async throws -> [T] {
        var values: [T] = []
        try await forEachLine(section, predicate, &damage) { values.append(try CanonicalJSON.decode(type, from: $0)) }
        return values
    }

    /// The first line is the kernel, the others are its modules.
    private func kernel(
        _ predicate: ReportStatement.Predicate, _ damage: inout [Gap]
    ) async throws -> KernelState {
        var kernel: KernelState?
        var modules: [KernelState.Module] = []
        try await forEachLine(.kernel, predicate, &damage) { line in
            if kernel == nil {
                kernel = try CanonicalJSON.decode(KernelState.self, from: line)
            } else {
                modules.append(try CanonicalJSON.decode(KernelState.Module.self, from: line))
            }
        }
        var state = kernel ?? KernelState()
        if !modules.isEmpty { state.modules = modules }
        return state
    }

    private func forEachLine(
        _ section: SectionName, _ predicate: ReportStatement.Predicate, _ damage: inout [Gap],
        _ body: (ArraySlice<UInt8>) throws -> Void
    ) async throws {
        var faulty = 0
        var lines = 0
        for digest in try await objects(of: section, in: predicate) {
            let bytes = try await content(digest)
            faulty += Self.forEachLine(of: bytes) { line in
                lines += 1
                try body(line)
            }
        }
        // Lines that the report announces and does not hold cannot be read either.
        if let announced = predicate.sections[section.rawValue]?.lines { faulty += abs(announced - lines) }
        damage += Self.damage(faulty, section)
    }

    /// Hands on every line; returns how many `body` could not take.
    private static func forEachLine(of bytes: [UInt8], _ body: (ArraySlice<UInt8>) throws -> Void) -> Int {
        var faulty = 0
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            do {
                try JSONBody.checkDepth(line)
                try body(line)
            } catch { faulty += 1 }
        }
        return faulty
    }

    /// The bytes of an object, which must be kept.
    func content(_ digest: ContentDigest) async throws -> [UInt8] {
        // The empty shard need not have been sent.
        if digest == Self.empty { return [] }
        guard let bytes = try await store.content(digest) else {
            throw StoreFailure(.corrupt, "content \(digest) is gone")
        }
        return bytes
    }

    private static let empty = ContentDigest.sha256(of: [])
}

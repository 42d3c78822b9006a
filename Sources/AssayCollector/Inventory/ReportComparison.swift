internal import AssayModel
internal import AssayReport
internal import AssayStore

/// One field of a line in two reports.
package struct FieldChange: Sendable, Hashable, Codable {
    /// Its path in the line.
    package let name: String
    /// What the earlier report says.
    package let before: String?
    /// What the later report says.
    package let after: String?
}

/// A line that one of two reports has alone, or that both have differently.
package struct LineChange: Sendable, Hashable, Codable {
    /// What became of it.
    package enum Kind: String, Sendable, Hashable, Codable {
        case added, removed, changed
    }

    /// What became of it.
    package let kind: Kind
    /// What it is about.
    package let name: String
    /// Fields that differ.
    package let fields: [FieldChange]
}

/// What differs in one section.
package struct SectionChanges: Sendable, Hashable, Codable {
    /// The section.
    package let section: String
    /// Changes by name, at most ``ReportComparison/listLimit``.
    package let changes: [LineChange]
    /// Lines of either report that differ and are not listed.
    package let more: Int
    /// Whether the whole section was compared.
    package let isWhole: Bool
}

/// Compares the inventories of two reports, section by section, reading no more than a page can show.
///
/// Equal sections and shards have equal digests and are not read. Of the others each line that both reports have is left
/// out; what remains is decoded and paired by what it is about.
struct ReportComparison: Sendable {
    /// Most changes of one section that are listed.
    static let listLimit = 200
    /// Most differing lines of one section that are decoded on either side.
    private static let lineLimit = 1000
    /// Most bytes of one section that are read.
    private static let sizeLimit = 24 << 20

    let reader: InventoryReader

    /// What differs in each section, in the order of their names.
    func changes(
        from before: ReportStatement.Predicate, to after: ReportStatement.Predicate
    ) async throws -> [SectionChanges] {
        var sections: [SectionChanges] = []
        for section in SectionName.allCases {
            sections.append(try await changes(of: section, from: before, to: after))
        }
        return sections
    }

    private func changes(
        of section: SectionName, from before: ReportStatement.Predicate, to after: ReportStatement.Predicate
    ) async throws -> SectionChanges {
        guard before.sections[section.rawValue]?.digest != after.sections[section.rawValue]?.digest else {
            return SectionChanges(section: section.rawValue, changes: [], more: 0, isWhole: true)
        }
        let old = try await reader.objects(of: section, in: before, keepingEmpty: true)
        let new = try await reader.objects(of: section, in: after, keepingEmpty: true)
        var difference = LineDifference()
        var budget = Self.sizeLimit
        // Equal numbers of shards hold a line in the same shard; other numbers distribute them anew.
        let groups = old.count == new.count ? zip(old, new).map { ([$0], [$1]) } : [(old, new)]
        for (old, new) in groups where old != new {
            guard budget > 0 else { break }
            let (oldBytes, newBytes) = (try await bytes(of: old, &budget), try await bytes(of: new, &budget))
            guard let oldBytes, let newBytes else { break }
            difference.add(before: oldBytes, after: newBytes)
        }
        return difference.changes(of: section, isWhole: budget > 0)
    }

    /// The bytes of some objects one after the other; nil when they are more than the budget.
    private func bytes(of digests: [ContentDigest], _ budget: inout Int) async throws -> [UInt8]? {
        var bytes: [UInt8] = []
        for digest in digests {
            let object = try await reader.content(digest)
            budget -= object.count
            guard budget > 0 else { return nil }
            bytes += object
        }
        return bytes
    }

    /// Lines that one side has alone.
    private struct LineDifference {
        private var removed: [ArraySlice<UInt8>] = []
        private var added: [ArraySlice<UInt8>] = []

        mutating func add(before: [UInt8], after: [UInt8]) {
            let old = before.split(separator: UInt8(ascii: "\n"))
            let new = after.split(separator: UInt8(ascii: "\n"))
            let (known, present) = (Set(old), Set(new))
            removed += old.filter { !present.contains($0) }
            added += new.filter { !known.contains($0) }
        }

        func changes(of section: SectionName, isWhole: Bool) -> SectionChanges {
            let isCut = max(removed.count, added.count) > ReportComparison.lineLimit
            let old = Self.decode(removed, section)
            let new = Self.decode(added, section)
            var changes: [LineChange] = []
            var listed = 0
            for key in Set(old.keys).union(new.keys).sorted() {
                let (before, after) = (old[key] ?? [], new[key] ?? [])
                for (left, right) in zip(before, after) {
                    changes.append(Self.change(from: left, to: right, in: section))
                    listed += 2
                }
                // Beyond the limit the other side of a line may not have been decoded.
                guard !isCut, isWhole else { continue }
                for line in before.dropFirst(after.count) { changes.append(Self.single(line, .removed, in: section)) }
                for line in after.dropFirst(before.count) { changes.append(Self.single(line, .added, in: section)) }
                listed += abs(before.count - after.count)
            }
            changes.sort { ($0.name, $0.kind.rawValue) < ($1.name, $1.kind.rawValue) }
            let shown = changes.prefix(ReportComparison.listLimit)
            for change in changes.dropFirst(shown.count) { listed -= change.kind == .changed ? 2 : 1 }
            return SectionChanges(
                section: section.rawValue, changes: Array(shown), more: removed.count + added.count - listed,
                isWhole: isWhole)
        }

        private static func decode(_ lines: [ArraySlice<UInt8>], _ section: SectionName) -> [String: [LineFields]] {
            var result: [String: [LineFields]] = [:]
            for line in lines.prefix(ReportComparison.lineLimit) {
                guard let fields = LineFields(line: line) else { continue }
                result[fields.key(in: section), default: []].append(fields)
            }
            return result
        }

        private static func change(
            from before: LineFields, to after: LineFields, in section: SectionName
        ) -> LineChange {
            let names = Set(before.texts.keys).union(after.texts.keys).sorted()
            let fields = names.compactMap { name -> FieldChange? in
                let (old, new) = (before.texts[name], after.texts[name])
                return old == new ? nil : FieldChange(name: name, before: old, after: new)
            }
            return LineChange(kind: .changed, name: after.name(in: section), fields: fields)
        }

        private static func single(
            _ line: LineFields, _ kind: LineChange.Kind, in section: SectionName
        ) -> LineChange {
            let summary = line.summary(in: section)
            let field = summary.map { text in
                FieldChange(
                    name: "line", before: kind == .removed ? text : nil, after: kind == .added ? text : nil)
            }
            return LineChange(kind: kind, name: line.name(in: section), fields: field.map { [$0] } ?? [])
        }
    }
}

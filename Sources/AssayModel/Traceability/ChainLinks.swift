/// The deltas of a chain in the order in which they amend each other, and what is wrong with that order.
struct ChainLinks {
    /// One delta in its place.
    struct Link {
        let delta: RecordDelta
        let citation: String
        var defects: [ChainDefect] = []
    }

    /// Deltas by what another one can name them by.
    private struct Index {
        private struct Certificate: Hashable {
            let issuer: FoldedText
            let serial: String

            init(_ name: CertificateName) {
                issuer = FoldedText(name.issuer)
                serial = name.serial.lowercased()
            }
        }

        private var documents: [ContentDigest: [Int]] = [:]
        private var certificates: [Certificate: [Int]] = [:]

        mutating func add(_ value: some Encodable, _ source: RecordProvenance?, as number: Int) {
            var names: Set<ContentDigest> = []
            if let bytes = try? CanonicalJSON.encode(value) { names.insert(.sha256(of: bytes)) }
            if let document = source?.document { names.insert(document) }
            for name in names { documents[name, default: []].append(number) }
            if let name = source?.certificate { certificates[Certificate(name), default: []].append(number) }
        }

        /// Numbers of what is named, in the order in which they were added.
        func numbers(of amended: RecordDelta.Amended) -> [Int] {
            if let document = amended.document { return documents[document] ?? [] }
            return amended.certificate.flatMap { certificates[Certificate($0)] } ?? []
        }
    }

    /// What a delta continues from.
    private enum Parent {
        case base
        case delta(Int)
        case missing
    }

    /// Most deltas of one unit that are followed; nobody repairs a unit that often.
    static let limit = 1000

    private(set) var ordered: [Link] = []
    /// Defects that belong to no single place in the order.
    private(set) var defects: [ChainDefect] = []
    private let base: AsBuiltRecord

    init(base: AsBuiltRecord, deltas: [RecordDelta]) {
        self.base = base
        var unique: [RecordDelta] = []
        var seen: Set<RecordDelta> = []
        for delta in deltas {
            if seen.insert(delta).inserted {
                unique.append(delta)
            } else {
                defects.append(ChainDefect(.repeatedLink, in: delta.citation))
            }
        }
        if unique.count > Self.limit {
            defects.append(
                ChainDefect(
                    .tooManyLinks, in: base.citation, expected: "at most \(Self.limit) deltas",
                    observed: "\(unique.count), from \(unique[Self.limit].citation) on left out"))
            unique.removeSubrange(Self.limit...)
        }
        order(unique)
    }

    /// Places each delta behind what it amends, and those that may stand in the same place by date.
    private mutating func order(_ deltas: [RecordDelta]) {
        let parents = parents(of: deltas)
        let dates = deltas.map { $0.date.flatMap { RecordMoment($0) } }
        let byDate = deltas.indices.sorted { left, right in
            (dates[left]?.seconds ?? .max, left) < (dates[right]?.seconds ?? .max, right)
        }
        var waiting: [Int: [Int]] = [:]
        var ready = RankQueue(count: deltas.count)
        for (rank, index) in byDate.enumerated() {
            if case .delta(let parent) = parents[index] {
                waiting[parent, default: []].append(rank)
            } else {
                ready.insert(rank)
            }
        }
        while let next = ready.next() {
            let index = byDate[next.rank]
            var link = Link(delta: deltas[index], citation: deltas[index].citation)
            if next.isForced { link.defects.append(ChainDefect(.cycle, in: link.citation)) }
            check(&link, parents[index], deltas)
            ordered.append(link)
            for rank in waiting[index] ?? [] { ready.insert(rank) }
        }
    }

    private func parents(of deltas: [RecordDelta]) -> [Parent] {
        var baseNames = Index()
        baseNames.add(base, base.source, as: 0)
        var names = Index()
        for (number, delta) in deltas.enumerated() { names.add(delta, delta.source, as: number) }
        return deltas.indices.map { index in
            let amended = deltas[index].amends
            if amended.document == nil, amended.certificate == nil { return isOwn(unit: amended) ? .base : .missing }
            if !baseNames.numbers(of: amended).isEmpty { return .base }
            return names.numbers(of: amended).first { $0 != index }.map { .delta($0) } ?? .missing
        }
    }

    /// Whether a delta that names a unit means this one.
    private func isOwn(unit amended: RecordDelta.Amended) -> Bool {
        if let id = amended.id, let own = base.device.id { return id == own }
        guard let serial = amended.serial, let own = base.device.serial else { return false }
        return FoldedText(serial) == FoldedText(own)
    }

    private func check(_ link: inout Link, _ parent: Parent, _ deltas: [RecordDelta]) {
        let delta = link.delta
        let amended: (citation: String, date: String?)
        switch parent {
        case .base: amended = (base.citation, base.date)
        case .delta(let index): amended = (deltas[index].citation, deltas[index].date)
        case .missing:
            amended = (base.citation, base.date)
            link.defects.append(
                ChainDefect(
                    .missingLink, in: link.citation, expected: delta.amends.words, observed: "not among what was given")
            )
        }
        checkDate(&link, amended)
        checkUnit(&link)
    }

    private func checkDate(_ link: inout Link, _ amended: (citation: String, date: String?)) {
        guard let text = link.delta.date else { return }
        guard let date = RecordMoment(text) else {
            link.defects.append(ChainDefect(.invalidDate, in: link.citation, expected: "RFC 3339", observed: text))
            return
        }
        guard let former = amended.date, let formerDate = RecordMoment(former), date < formerDate else { return }
        link.defects.append(
            ChainDefect(
                .dateOrder, in: link.citation, expected: "not before \(former), the date of \(amended.citation)",
                observed: text))
    }

    private func checkUnit(_ link: inout Link) {
        let unit = link.delta.device
        for (stated, own, name) in [
            (unit.id, base.device.id, "id"), (unit.serial, base.device.serial, "serial"),
            (unit.manufacturer, base.device.manufacturer, "manufacturer"), (unit.model, base.device.model, "model"),
        ] {
            guard let stated, let own, FoldedText(stated) != FoldedText(own) else { continue }
            link.defects.append(
                ChainDefect(
                    .otherUnit, in: link.citation, expected: "\(name) \(own)", observed: "\(name) \(stated)"))
        }
    }
}

/// Numbers from 0 on, each taken once: the lowest of those that are ready, or the lowest of all where none is.
private struct RankQueue {
    private var isTaken: [Bool]
    /// Ready ones, the lowest last.
    private var ready: [Int] = []
    private var lowest = 0

    init(count: Int) { isTaken = Array(repeating: false, count: count) }

    mutating func insert(_ rank: Int) {
        guard !isTaken[rank] else { return }
        var range = ready.startIndex..<ready.endIndex
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range = ready[middle] > rank ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        ready.insert(rank, at: range.lowerBound)
    }

    mutating func next() -> (rank: Int, isForced: Bool)? {
        if let rank = ready.popLast() {
            isTaken[rank] = true
            return (rank, false)
        }
        while lowest < isTaken.count, isTaken[lowest] { lowest += 1 }
        guard lowest < isTaken.count else { return nil }
        isTaken[lowest] = true
        return (lowest, true)
    }
}

extension AsBuiltRecord {
    /// When it was built or, where only a certificate speaks, from when that holds.
    var date: String? { builtAt ?? source?.validFrom }
}

extension RecordDelta {
    /// When it was made or, where only a certificate speaks, from when that holds.
    var date: String? { changedAt ?? source?.validFrom }
}

extension RecordDelta.Amended {
    /// What is amended, in words.
    fileprivate var words: String {
        if let document { return "document \(document)" }
        if let certificate { return certificate.description }
        return "the record of \(serial ?? id ?? "an unnamed unit")"
    }
}

/// Text without case and surplus blanks, for the comparison of names.
struct FoldedText: Hashable {
    private let text: String

    init(_ text: String) { self.text = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    var isEmpty: Bool { text.isEmpty }
}

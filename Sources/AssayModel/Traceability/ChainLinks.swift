/// The deltas of a chain in the order in which they amend each other, and what is wrong with that order.
struct ChainLinks {
    /// One delta in its place.
    struct Link {
        let delta: RecordDelta
        let citation: String
        var defects: [ChainDefect] = []
    }

    /// What another delta can name a record by.
    private struct Names {
        var documents: Set<ContentDigest> = []
        var certificate: CertificateName?

        init(_ value: some Encodable, _ source: RecordProvenance?) {
            if let bytes = try? CanonicalJSON.encode(value) { documents.insert(.sha256(of: bytes)) }
            if let document = source?.document { documents.insert(document) }
            certificate = source?.certificate
        }

        func isNamed(by amended: RecordDelta.Amended) -> Bool {
            if let document = amended.document { return documents.contains(document) }
            guard let stated = amended.certificate, let certificate else { return false }
            return stated.serial.lowercased() == certificate.serial.lowercased()
                && FoldedText(stated.issuer) == FoldedText(certificate.issuer)
        }
    }

    /// What a delta continues from.
    private enum Parent {
        case base
        case delta(Int)
        case missing
    }

    private(set) var ordered: [Link] = []
    /// Defects that belong to no single place in the order.
    private(set) var defects: [ChainDefect] = []
    private let base: AsBuiltRecord

    init(base: AsBuiltRecord, deltas: [RecordDelta]) {
        self.base = base
        var unique: [RecordDelta] = []
        for delta in deltas {
            if unique.contains(delta) {
                defects.append(ChainDefect(.repeatedLink, in: delta.citation))
            } else {
                unique.append(delta)
            }
        }
        order(unique)
    }

    private mutating func order(_ deltas: [RecordDelta]) {
        let parents = parents(of: deltas)
        let dates = deltas.map { $0.date.flatMap { RecordMoment($0) } }
        var waiting = deltas.indices.sorted { left, right in
            (dates[left]?.seconds ?? .max, left) < (dates[right]?.seconds ?? .max, right)
        }
        var placed: Set<Int> = []
        while let first = waiting.first {
            let ready = waiting.first { index in
                if case .delta(let parent) = parents[index] { return placed.contains(parent) }
                return true
            }
            let next = ready ?? first
            var link = Link(delta: deltas[next], citation: deltas[next].citation)
            if ready == nil { link.defects.append(ChainDefect(.cycle, in: link.citation)) }
            check(&link, parents[next], deltas)
            ordered.append(link)
            placed.insert(next)
            waiting.removeAll { $0 == next }
        }
    }

    private func parents(of deltas: [RecordDelta]) -> [Parent] {
        let baseNames = Names(base, base.source)
        let names = deltas.map { Names($0, $0.source) }
        return deltas.indices.map { index in
            let amended = deltas[index].amends
            if amended.document == nil, amended.certificate == nil { return isOwn(unit: amended) ? .base : .missing }
            if baseNames.isNamed(by: amended) { return .base }
            let named = names.indices.first { $0 != index && names[$0].isNamed(by: amended) }
            return named.map { .delta($0) } ?? .missing
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

/// The parts of a unit while deltas are applied to them.
struct ChainedComponents {
    private(set) var list: [BuiltComponent]
    private let saysNothing: @Sendable (String) -> Bool

    init(_ list: [BuiltComponent], saysNothing: @escaping @Sendable (String) -> Bool) {
        self.list = list
        self.saysNothing = saysNothing
    }

    /// Applies the changes of one delta: what goes first, then what becomes another, then what comes.
    ///
    /// A delta is a set: its form gives its changes no order.
    mutating func apply(_ changes: [ComponentChange], of citation: String) -> [ChainDefect] {
        var defects: [ChainDefect] = []
        for status in [ComponentChange.Status.removed, .modified, .added] {
            for (index, change) in changes.enumerated() where change.status == status {
                let part = change.component
                let stated = "\(citation) component #\(index + 1)"
                let defect: ChainDefect? =
                    switch status {
                    case .removed: remove(part, citation)
                    case .modified: modify(part, stated, citation)
                    case .added: add(part, stated, citation)
                    }
                if let defect { defects.append(defect) }
            }
        }
        return defects
    }

    private mutating func remove(_ part: BuiltComponent, _ citation: String) -> ChainDefect? {
        let fitting = indices(of: part)
        guard let index = fitting.first else {
            return ChainDefect(
                .removedAbsent, in: citation, part: part.summary, expected: "the part in the record",
                observed: "not there")
        }
        let defect = ambiguity(fitting, part, citation)
        list.remove(at: index)
        return defect
    }

    private mutating func modify(_ part: BuiltComponent, _ stated: String, _ citation: String) -> ChainDefect? {
        var fitting = indices(of: part)
        if fitting.isEmpty { fitting = list.indices.filter { isInPlace(list[$0], of: part) } }
        guard let index = fitting.first else {
            let defect = ChainDefect(
                .modifiedAbsent, in: citation, part: part.summary, expected: "the part in the record",
                observed: "not there")
            insert(part, stated)
            return defect
        }
        let defect = ambiguity(fitting, part, citation)
        list[index] = list[index].modified(as: part)
        list[index].statedBy = stated
        return defect
    }

    private mutating func add(_ part: BuiltComponent, _ stated: String, _ citation: String) -> ChainDefect? {
        if telling(part.part.serial) != nil, let present = indices(of: part).first {
            return ChainDefect(
                .addedPresent, in: citation, part: part.summary, expected: "a part that is not in the record yet",
                observed: list[present].summary)
        }
        let holder = list.first { isInPlace($0, of: part) }
        insert(part, stated)
        return holder.map {
            ChainDefect(
                .placeTaken, in: citation, part: part.summary,
                expected: "a free place \(part.location ?? part.designator ?? "")", observed: $0.summary)
        }
    }

    private mutating func insert(_ part: BuiltComponent, _ stated: String) {
        var part = part
        part.statedBy = stated
        list.append(part)
    }

    private func ambiguity(_ fitting: [Int], _ part: BuiltComponent, _ citation: String) -> ChainDefect? {
        guard telling(part.part.serial) == nil, let first = fitting.first,
            let other = fitting.dropFirst().first(where: { list[$0] != list[first] })
        else { return nil }
        return ChainDefect(
            .ambiguous, in: citation, part: part.summary, expected: "a serial number or a place that tells them apart",
            observed: "\(list[first].summary); \(list[other].summary)")
    }

    /// Parts that a change means: by serial number where it states one, else by maker, model and place.
    private func indices(of part: BuiltComponent) -> [Int] {
        list.indices.filter { index in
            let own = list[index]
            guard own.componentClass == part.componentClass else { return false }
            if let serial = telling(part.part.serial) {
                return telling(own.part.serial) == serial && !disagree(own.part.manufacturer, part.part.manufacturer)
            }
            return agrees(own, with: part)
        }
    }

    private func agrees(_ own: BuiltComponent, with part: BuiltComponent) -> Bool {
        let identity = [
            (own.part.manufacturer, part.part.manufacturer), (own.part.model, part.part.model),
            (own.part.partNumber, part.part.partNumber),
        ]
        guard identity.allSatisfy({ own, stated in stated.map { same(own, $0) } ?? true }) else { return false }
        guard !disagree(own.location, part.location), !disagree(own.designator, part.designator) else { return false }
        let ids = part.part.ids.allSatisfy { name, values in own.part.ids[name].map { $0 == values } ?? true }
        return ids && (identity.contains { $0.1 != nil } || !part.part.ids.isEmpty || isInPlace(own, of: part))
    }

    private func isInPlace(_ own: BuiltComponent, of part: BuiltComponent) -> Bool {
        guard own.componentClass == part.componentClass else { return false }
        if let place = part.location, let held = own.location { return FoldedText(place) == FoldedText(held) }
        if let place = part.designator, let held = own.designator { return FoldedText(place) == FoldedText(held) }
        return false
    }

    private func same(_ left: String?, _ right: String) -> Bool { FoldedText(left ?? "") == FoldedText(right) }

    private func disagree(_ left: String?, _ right: String?) -> Bool {
        guard let left, let right else { return false }
        return FoldedText(left) != FoldedText(right)
    }

    private func telling(_ serial: String?) -> FoldedText? {
        guard let serial, !saysNothing(serial) else { return nil }
        let folded = FoldedText(serial)
        return folded.isEmpty ? nil : folded
    }
}

extension BuiltComponent {
    /// The part after a change: what the change states holds, the rest stays.
    ///
    /// Lot, date code and papers belong to the piece: they do not pass to one with another serial number.
    fileprivate func modified(as change: BuiltComponent) -> BuiltComponent {
        var result = change
        result.location = change.location ?? location
        result.designator = change.designator ?? designator
        result.part = part.overlaid(with: change.part)
        let isSamePiece = change.part.serial.map { FoldedText($0) == FoldedText(part.serial ?? "") } ?? true
        guard isSamePiece else { return result }
        result.lot = change.lot ?? lot
        result.dateCode = change.dateCode ?? dateCode
        result.supplier = change.supplier ?? supplier
        result.supplierTier = change.supplierTier ?? supplierTier
        result.origin = change.origin ?? origin
        result.manufacturerID = change.manufacturerID ?? manufacturerID
        result.fieldReplaceable = change.fieldReplaceable ?? fieldReplaceable
        result.addresses = change.addresses.isEmpty ? addresses : change.addresses
        result.identityDigests = identityDigests.merging(change.identityDigests) { $1 }
        result.traceabilityLevel = change.traceabilityLevel ?? traceabilityLevel
        result.evidenceDocument = change.evidenceDocument ?? evidenceDocument
        result.registryEntry = change.registryEntry ?? registryEntry
        return result
    }
}

extension PartDescription {
    /// The description with every field that `other` states replaced by that one's.
    fileprivate func overlaid(with other: PartDescription) -> PartDescription {
        PartDescription(
            manufacturer: other.manufacturer ?? manufacturer, model: other.model ?? model,
            partNumber: other.partNumber ?? partNumber, serial: other.serial ?? serial,
            revision: other.revision ?? revision, firmwareVersion: other.firmwareVersion ?? firmwareVersion,
            ids: ids.merging(other.ids) { $1 }, digests: digests.merging(other.digests) { $1 },
            properties: properties.merging(other.properties) { $1 })
    }
}

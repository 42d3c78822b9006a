package import AssayModel

/// Everything that the rules know as data: clone signatures, restricted suppliers, makers' codes.
package struct RuleLists: Sendable {
    /// Signals by family, in the order of their ids.
    package private(set) var signals: [SignalList] = []
    /// Restricted suppliers by list, in the order of their ids.
    package private(set) var restrictions: [RestrictionList] = []
    /// Codes of memory makers.
    package private(set) var memoryMakers = MemoryMakerList.empty
    /// What devices show of suppliers.
    package private(set) var suppliers = SupplierIndex(.empty, .empty, .empty)
    /// Digest over all of it, so that results of other lists are not taken for these.
    package private(set) var digest = ContentDigest.sha256(of: [])
    private var signalsByClass: [ComponentClass: [(list: SignalList, signal: Signal)]] = [:]
    private var supplierList = SupplierList.empty
    private var addresses = AddressPrefixList.empty
    private var digests: [String: ContentDigest] = [:]

    /// No lists: no signal is looked for.
    package static let none = RuleLists()

    /// The lists that are compiled in.
    package static let standard: RuleLists = {
        var lists = RuleLists()
        for file in EmbeddedLists.files {
            guard let document = try? ListDocument(json: file.bytes) else { continue }
            lists.set(document)
        }
        lists.index()
        return lists
    }()

    /// These lists with newer copies in the place of those with the same kind and id.
    ///
    /// An older copy changes nothing: a program may be newer than what was imported into it.
    package func replacing(with documents: [ListDocument]) -> RuleLists {
        var lists = self
        for document in documents where document.date >= lists.date(of: document) ?? document.date {
            lists.set(document)
        }
        lists.index()
        return lists
    }

    /// What the calendar makes of the lists: which copies are too old, and which entries are in force.
    ///
    /// Between two days with the same standing the same inventory is judged alike.
    package func standing(on day: CalendarDay) -> String {
        restrictions.map { list in
            let inForce = list.entries.map { list.isInForce($0, on: day) ? "1" : "0" }.joined()
            return "\(list.id) \(list.isOutdated(on: day) ? "old" : "fresh") \(inForce)"
        }.joined(separator: "; ")
    }

    /// The signals that speak of a kind of part.
    func signals(for componentClass: ComponentClass) -> [(list: SignalList, signal: Signal)] {
        signalsByClass[componentClass] ?? []
    }

    private func date(of document: ListDocument) -> CalendarDay? {
        switch document.content {
        case .signals(let list): signals.first { $0.id == list.id }?.date
        case .restrictions(let list): restrictions.first { $0.id == list.id }?.date
        case .memoryMakers: memoryMakers.date
        case .suppliers: supplierList.date
        case .addresses: addresses.date
        }
    }

    private mutating func set(_ document: ListDocument) {
        switch document.content {
        case .signals(let list):
            signals.removeAll { $0.id == list.id }
            signals.append(list)
        case .restrictions(let list):
            restrictions.removeAll { $0.id == list.id }
            restrictions.append(list)
        case .memoryMakers(let list): memoryMakers = list
        case .suppliers(let list): supplierList = list
        case .addresses(let list): addresses = list
        }
        digests[document.name] = document.digest
    }

    private mutating func index() {
        signals.sort { $0.id < $1.id }
        restrictions.sort { $0.id < $1.id }
        signalsByClass = [:]
        for list in signals {
            for signal in list.signals { signalsByClass[signal.componentClass, default: []].append((list, signal)) }
        }
        suppliers = SupplierIndex(supplierList, addresses, memoryMakers)
        let lines = digests.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        digest = .sha256(of: Array(lines.joined(separator: "\n").utf8))
    }
}

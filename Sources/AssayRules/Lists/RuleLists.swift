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
    /// Every use and every kind of product that a list of restricted suppliers speaks of.
    package private(set) var uses: Set<String> = []
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
            do { lists.set(try ListDocument(json: file.bytes)) } catch {
                preconditionFailure("the list \(file.path) that is built in cannot be read: \(error)")
            }
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

    /// For each of `documents` that ``replacing(with:)`` leaves out, its number and the day of the copy that counts.
    package func leftOut(of documents: [ListDocument]) -> [(index: Int, newer: CalendarDay)] {
        let result = replacing(with: documents)
        return documents.indices.compactMap { index in
            guard let day = result.date(of: documents[index]), documents[index].date < day else { return nil }
            return (index, day)
        }
    }

    /// Why `document` cannot be taken on `today`; nil when it can.
    ///
    /// A copy of a day to come would take the place of every true one, and never grow old. A clock that stands before
    /// the lists that are built in is wrong; the day of the newest counts then. Time zones are a day apart.
    package static func objection(to document: ListDocument, on today: CalendarDay) -> String? {
        let latest = max(today, newestBuiltIn).number + 1
        return document.date.number > latest
            ? "the copy is dated \(document.date), and today is \(max(today, newestBuiltIn))" : nil
    }

    private static let newestBuiltIn: CalendarDay =
        (standard.signals.map(\.date) + standard.restrictions.map(\.date) + standard.matching.map(\.date)).max()
        ?? CalendarDay(number: 0)

    /// The lists by which a supplier is told, by name: a match rests on them as on the list that restricts.
    var matching: [(id: String, date: CalendarDay)] {
        [("jep106", memoryMakers.date), ("oui", addresses.date), ("suppliers", supplierList.date)]
    }

    /// What the calendar makes of the lists: which copies are too old, and which entries are in force.
    ///
    /// Between two days with the same standing the same inventory is judged alike.
    package func standing(on day: CalendarDay) -> String {
        func age(_ id: String, _ date: CalendarDay) -> String {
            "\(id) \(RestrictionList.isOutdated(date, on: day) ? "old" : "fresh")"
        }
        let restricting = restrictions.map { list in
            let inForce = list.entries.map { list.isInForce($0, on: day) ? "1" : "0" }.joined()
            return "\(age(list.id, list.date)) \(inForce)"
        }
        return (restricting + matching.map(age)).joined(separator: "; ")
    }

    /// Those of `uses` that no list speaks of, in their order, each with the words that are known; nil when there are none.
    ///
    /// A misspelt use would switch off every list that it was meant to name.
    package func objection(to uses: [String]) -> String? {
        let known = self.uses
        let unknown = uses.filter { !known.contains($0.lowercased()) }
        guard !unknown.isEmpty else { return nil }
        return "no list of suppliers knows the use " + unknown.map { "'\($0)'" }.joined(separator: ", ")
            + "; known are "
            + known.sorted().joined(separator: ", ")
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
        uses = []
        for list in restrictions {
            for words in [list.uses] + list.entries.flatMap({ [$0.uses, $0.products].compactMap(\.self) }) {
                uses.formUnion(words.map { $0.lowercased() })
            }
        }
        suppliers = SupplierIndex(supplierList, addresses, memoryMakers)
        let lines = digests.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        digest = .sha256(of: Array(lines.joined(separator: "\n").utf8))
    }
}

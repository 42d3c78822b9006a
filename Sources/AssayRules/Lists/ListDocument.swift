package import AssayModel

/// One list as a file: which kind it is stands in its schema.
package struct ListDocument: Sendable {
    /// What the file holds.
    package enum Content: Sendable {
        case signals(SignalList)
        case restrictions(RestrictionList)
        case memoryMakers(MemoryMakerList)
        case suppliers(SupplierList)
        case addresses(AddressPrefixList)
    }

    /// Files of `hwprofiles/lists` that are no list of this form; whoever takes a whole folder leaves them out.
    package static let otherFiles: Set<String> = ["placeholders.json"]

    /// What the file holds.
    package let content: Content
    /// Digest of the bytes.
    package let digest: ContentDigest

    private struct Head: Decodable { let schema: String }

    /// Reads a list; the failure names the field.
    package init(json: [UInt8]) throws(RecordFailure) {
        let head = try RecordJSON.decode(Head.self, from: json)
        content =
            switch head.schema {
            case SignalList.currentSchema: .signals(try RecordJSON.decode(SignalList.self, from: json))
            case RestrictionList.currentSchema: .restrictions(try RecordJSON.decode(RestrictionList.self, from: json))
            case MemoryMakerList.currentSchema: .memoryMakers(try RecordJSON.decode(MemoryMakerList.self, from: json))
            case SupplierList.currentSchema: .suppliers(try RecordJSON.decode(SupplierList.self, from: json))
            case AddressPrefixList.currentSchema: .addresses(try RecordJSON.decode(AddressPrefixList.self, from: json))
            default:
                throw RecordFailure(
                    .unknownSchema, field: "schema", detail: "\(head.schema) is no list of this program")
            }
        digest = .sha256(of: json)
        // An empty copy would take the place of a full one, and nothing would ever be found again.
        guard count > 0 else { throw RecordFailure(.invalid, field: entriesKey, detail: "the list has no entries") }
    }

    private var entriesKey: String {
        switch content {
        case .signals: "signals"
        case .restrictions: "entries"
        case .memoryMakers, .addresses: "makers"
        case .suppliers: "suppliers"
        }
    }

    /// Kind and id of the list: `clone-signatures/usb-serial`.
    package var name: String {
        switch content {
        case .signals(let list): "clone-signatures/" + list.id
        case .restrictions(let list): "restricted-suppliers/" + list.id
        case .memoryMakers: "jep106"
        case .suppliers: "suppliers"
        case .addresses: "oui"
        }
    }

    /// Name for people.
    package var title: String {
        switch content {
        case .signals(let list): list.title
        case .restrictions(let list): list.title
        case .memoryMakers: "Makers of memory by JEP106 code"
        case .suppliers: "What devices show of restricted suppliers"
        case .addresses: "Prefixes of hardware addresses by maker"
        }
    }

    /// Day of this copy.
    package var date: CalendarDay {
        switch content {
        case .signals(let list): list.date
        case .restrictions(let list): list.date
        case .memoryMakers(let list): list.date
        case .suppliers(let list): list.date
        case .addresses(let list): list.date
        }
    }

    /// Whether this copy is too old to rely on; nil for signals, which do not age.
    package func isOutdated(on today: CalendarDay) -> Bool? {
        if case .signals = content { nil } else { RestrictionList.isOutdated(date, on: today) }
    }

    /// Number of entries.
    package var count: Int {
        switch content {
        case .signals(let list): list.signals.count
        case .restrictions(let list): list.entries.count
        case .memoryMakers(let list): list.makers.count
        case .suppliers(let list): list.suppliers.count
        case .addresses(let list): list.makers.values.reduce(0) { $0 + $1.count }
        }
    }
}

package import AssayModel
package import AssayReport

/// Which devices a list holds, and in which order.
package struct DeviceQuery: Sendable, Hashable {
    /// What comes first.
    package enum Order: String, Sendable, Hashable, CaseIterable {
        /// What reported last.
        case lastSeen = "last-seen"
        /// Makers and models by name.
        case model
        /// What fails, then what is open, then what passes.
        case verdict
        /// What has the gravest findings.
        case findings
    }

    /// What somebody is looking for, in the form in which the store compares.
    package struct Search: Sendable, Hashable {
        /// Beginning of a serial number, model, maker, host name, site or id, as ``AssayModel/DeviceFacts/searchForm(_:)``.
        package var text: String
        /// Beginning of a part's serial number or address, as the fleet index spells it.
        package var serial: String

        /// Describes a search.
        package init(text: String, serial: String) {
            self.text = text
            self.serial = serial
        }
    }

    /// Only those with this verdict; `pending` for those that no evaluation has judged.
    package var verdict: DeviceVerdict?
    /// Only those of one model, see ``AssayModel/DeviceFacts/modelName``.
    package var model: String?
    /// Only those at one site.
    package var site: String?
    /// Only those that are trusted and have not reported since this moment, or never.
    package var silentSince: Timestamp?
    /// Only those that a search finds.
    package var search: Search?
    /// What comes first.
    package var order: Order

    /// Asks for all devices.
    package init(order: Order = .lastSeen) { self.order = order }
}

/// A place in a list of devices, to go on from.
package struct DeviceCursor: Sendable, Hashable, CustomStringConvertible {
    /// Number that the store gave the device.
    package let row: Int64
    /// What the list is sorted by: a number, or the model.
    package let key: String

    /// Names a place.
    package init(row: Int64, key: String) {
        self.row = row
        self.key = key
    }

    /// Reads the text form; nil when it names no place of a list in this order.
    package init?(_ text: String, in order: DeviceQuery.Order) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let row = Int64(parts[0]), order == .model || Int64(parts[1]) != nil else { return nil }
        self.init(row: row, key: String(parts[1]))
    }

    /// The text form.
    package var description: String { "\(row).\(key)" }
}

/// One page of a list of devices.
package struct DeviceListPage: Sendable {
    /// The devices.
    package var devices: [Device]
    /// Where the next page begins; nil on the last.
    package var next: DeviceCursor?
    /// Whether the search found more than the store looks through, so that the list is not whole.
    package var isCut: Bool

    /// Describes a page.
    package init(devices: [Device], next: DeviceCursor?, isCut: Bool) {
        self.devices = devices
        self.next = next
        self.isCut = isCut
    }
}

/// A report without its envelope.
package struct ReportSummary: Sendable, Hashable {
    /// Position in the device's chain.
    package var sequence: Int64
    /// SHA-256 of the payload.
    package var digest: ContentDigest
    /// Merkle root over the sections.
    package var inventoryRoot: ContentDigest
    /// When it arrived.
    package var receivedAt: Timestamp
    /// Whether it echoes the nonce that was given for the report before it.
    package var isFresh: Bool

    /// Describes a report.
    package init(
        sequence: Int64, digest: ContentDigest, inventoryRoot: ContentDigest, receivedAt: Timestamp, isFresh: Bool
    ) {
        self.sequence = sequence
        self.digest = digest
        self.inventoryRoot = inventoryRoot
        self.receivedAt = receivedAt
        self.isFresh = isFresh
    }
}

/// Lists of devices and of their reports.
package protocol DeviceListStore: Sendable {
    /// Devices in the order of the query, those after `cursor`.
    func devices(_ query: DeviceQuery, after cursor: DeviceCursor?, limit: Int) async throws -> DeviceListPage
    /// Models that devices state, and sites that they are at, each in order and at most `limit`.
    func deviceGroups(limit: Int) async throws -> (models: [String], sites: [String])
    /// Accepted reports of a device, newest first, those before `sequence`.
    func reports(of device: ContentDigest, before sequence: Int64?, limit: Int) async throws -> [ReportSummary]
}

/// What bounds a search for devices.
package enum DeviceSearchLimits {
    /// Most devices that one kind of match brings.
    package static let matches = 10_000
    /// Longest text that is looked for, in scalars.
    package static let text = 256
}

extension DeviceFacts {
    /// A text as searches compare it: lower case, blanks joined, bounded.
    package static func searchForm(_ text: String) -> String {
        let words = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return String(String.UnicodeScalarView(words.unicodeScalars.prefix(DeviceSearchLimits.text)))
    }
}

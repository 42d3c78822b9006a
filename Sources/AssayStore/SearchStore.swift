package import AssayModel

/// The index that answers which devices hold a part, a package or a file.
///
/// Facts are kept once for each distinct object of content, devices beside the objects that their last report is made of: what
/// a report costs depends on what is new in it, never on the fleet.
package protocol SearchStore: Sendable {
    /// Notes of which objects a device's last report is made of; nothing is written, and those that are not indexed yet are
    /// returned, while there are any.
    func noteObjects(_ objects: [ContentDigest], of device: ContentDigest) async throws -> ObjectNote
    /// Keeps the facts of an object, or of what shards it is made.
    func indexObject(_ object: IndexedObject) async throws
    /// Those of `objects` that are indexed.
    func indexed(_ objects: [ContentDigest]) async throws -> Set<ContentDigest>
    /// Forgets the facts of an object, unless a device has come to hold it.
    func dropObject(_ object: IndexedObject) async throws
    /// The first `limit` keys of a kind that are or begin with a text, each with the number of its holders up to
    /// ``SearchLimits/holders``.
    func factMatches(_ kind: FactKind, _ key: FactKey, limit: Int) async throws -> [FactMatch]
    /// Devices that hold what a key names, in a fixed order, those after `cursor`.
    func factHolders(
        _ kind: FactKind, key: String, after cursor: FactCursor?, limit: Int
    ) async throws -> (holders: [FactHolder], next: FactCursor?)
    /// Devices whose id begins with some hexadecimal digits, in the order of their ids.
    func devices(withPrefix hex: String, limit: Int) async throws -> [Device]
    /// Findings whose id begins with a text, in the order of their ids.
    func findings(withPrefix prefix: String, limit: Int) async throws -> [StoredFinding]
}

/// What bounds a search.
package enum SearchLimits {
    /// Most holders that are counted.
    package static let holders = 1000
    /// Longest key, in bytes; a longer text is found by its beginning.
    package static let key = 256
    /// Hexadecimal digits of a file's digest that the index keeps; the whole stands in the content.
    package static let fileDigits = 16
}

/// What a fact of the index says.
package enum FactKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Host name, model, product or board of the device.
    case name
    /// Serial number or UUID of the device or a part.
    case serial
    /// Address of a network interface.
    case address
    /// Numbers of maker and product: `8086:10d3`.
    case id
    /// Model or part number of a part.
    case part
    /// Version of a part's firmware.
    case firmware
    /// SHA-256 of a part's firmware, table or descriptor.
    case image
    /// Name and version of a package, a blank between them.
    case package
    /// Beginning of the SHA-256 of a file.
    case file
}

/// What is looked for.
package enum FactKey: Sendable, Hashable {
    /// The key itself.
    case whole(String)
    /// Its beginning.
    case beginning(String)
}

/// One fact of an object.
package struct Fact: Sendable, Hashable {
    /// What it says.
    package var kind: FactKind
    /// In the form of the index.
    package var key: String
    /// The thing for people; nil where the key says it.
    package var label: String?
    /// Where on the device; nil where the content says it.
    package var place: String?

    /// Describes a fact.
    package init(_ kind: FactKind, _ key: String, label: String? = nil, place: String? = nil) {
        self.kind = kind
        self.key = key
        self.label = label
        self.place = place
    }
}

/// An object of content as the index sees it.
package struct IndexedObject: Sendable {
    /// Digest of the object.
    package var digest: ContentDigest
    /// Name of the section that it belongs to.
    package var section: String
    /// Shards that it lists; nil for an object that holds facts itself.
    package var shards: [ContentDigest]?
    /// Its facts, one a kind and key.
    package var facts: [Fact]

    /// Describes an object.
    package init(digest: ContentDigest, section: String, shards: [ContentDigest]? = nil, facts: [Fact] = []) {
        self.digest = digest
        self.section = section
        self.shards = shards
        self.facts = facts
    }
}

/// What became of the note of a device's objects.
package enum ObjectNote: Sendable, Hashable {
    /// It is kept; the objects that no device holds any more, with their sections.
    case kept(abandoned: [AbandonedObject])
    /// These are to be indexed first.
    case missing([ContentDigest])
}

/// An object that no device holds any more.
package struct AbandonedObject: Sendable, Hashable {
    /// Its digest.
    package var digest: ContentDigest
    /// Name of the section that it belongs to.
    package var section: String

    /// Names an object.
    package init(digest: ContentDigest, section: String) {
        self.digest = digest
        self.section = section
    }
}

/// A key that was found.
package struct FactMatch: Sendable, Hashable {
    /// What the fact says.
    package var kind: FactKind
    /// The key.
    package var key: String
    /// The thing for people, as one of the devices names it.
    package var label: String?
    /// Devices that hold it, at most ``SearchLimits/holders``.
    package var holders: Int
    /// Whether there are more.
    package var hasMore: Bool

    /// Describes a match.
    package init(kind: FactKind, key: String, label: String?, holders: Int, hasMore: Bool) {
        self.kind = kind
        self.key = key
        self.label = label
        self.holders = holders
        self.hasMore = hasMore
    }
}

/// A device that holds something.
package struct FactHolder: Sendable {
    /// The device.
    package var device: Device
    /// The object in which it stands.
    package var object: ContentDigest
    /// The thing for people.
    package var label: String?
    /// Where on the device.
    package var place: String?

    /// Describes a holder.
    package init(device: Device, object: ContentDigest, label: String?, place: String?) {
        self.device = device
        self.object = object
        self.label = label
        self.place = place
    }
}

/// Where a list of holders goes on.
package struct FactCursor: Sendable, Hashable {
    /// Numbers of the object, of what it is part of, and of the device.
    package var object: Int64
    /// See `object`.
    package var whole: Int64
    /// See `object`.
    package var device: Int64

    /// Describes a place in a list.
    package init(object: Int64, whole: Int64, device: Int64) {
        self.object = object
        self.whole = whole
        self.device = device
    }

    /// Reads what ``text`` writes.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 3, let object = parts[0], let whole = parts[1], let device = parts[2] else { return nil }
        self.init(object: object, whole: whole, device: device)
    }

    /// As addresses carry it.
    package var text: String { "\(object).\(whole).\(device)" }
}

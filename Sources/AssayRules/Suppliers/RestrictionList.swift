internal import AssayModel

/// One file of `hwprofiles/lists/restricted-suppliers`: who stands on one law or list, since when, for which uses.
package struct RestrictionList: Sendable, Decodable {
    /// The schema that this version of the type reads.
    package static let currentSchema = "assay/restrictions/v1"
    /// Days after which a copy is too old: a contractor looks at SAM.gov every three months (FAR 52.204-30).
    package static let shelfLife = 90

    /// How binding the list is.
    package enum Status: String, Sendable, Decodable {
        case law, order, list, proposal
    }

    /// One entry.
    package struct Entry: Sendable, Decodable {
        /// What an entry forbids.
        package enum Kind: String, Sendable, Decodable {
            /// Equipment and parts of the suppliers.
            case equipment
            /// Software of the suppliers.
            case software
            /// A service, which no device shows.
            case service
            /// Products by where they are made, which only a record can tell.
            case origin
        }

        /// Name on the list.
        package let name: String
        /// What is forbidden.
        package let kind: Kind
        /// Suppliers by their id in the list of suppliers.
        package let suppliers: [String]
        /// Uses, where they differ from the list's.
        package let uses: [String]?
        /// Day from which the entry holds, where it differs from the list's.
        package let since: CalendarDay?
        /// Whether a court is asked about the listing.
        package let isContested: Bool
        /// Whether a lawyer must look first.
        package let needsCounsel: Bool
        /// Where the products of an entry by origin are made.
        package let origin: Origin?
        /// Kinds of product that the entry speaks of; every kind when absent.
        package let products: [String]?
        /// What else a reader should know.
        package let note: String?

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case name, kind, suppliers, uses, since, origin, products, note
            case isContested = "contested"
            case needsCounsel = "counsel"
        }

        /// Reads the JSON form.
        package init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            name = try values.decode(String.self, forKey: .name)
            kind = try values.decode(Kind.self, forKey: .kind)
            suppliers = try values.list(forKey: .suppliers)
            uses = try values.decodeIfPresent([String].self, forKey: .uses)
            since = try values.decodeIfPresent(CalendarDay.self, forKey: .since)
            isContested = try values.decodeIfPresent(Bool.self, forKey: .isContested) ?? false
            needsCounsel = try values.decodeIfPresent(Bool.self, forKey: .needsCounsel) ?? false
            origin = try values.decodeIfPresent(Origin.self, forKey: .origin)
            products = try values.decodeIfPresent([String].self, forKey: .products)?.map { $0.lowercased() }
            note = try values.decodeIfPresent(String.self, forKey: .note)
            guard (kind == .origin) == (origin != nil) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .origin, in: values, debugDescription: "belongs to entries of the kind origin, and to each")
            }
        }
    }

    /// Where something is made that an entry speaks of.
    package struct Origin: Sendable, Decodable {
        /// Countries, ISO 3166-1, in every code that records use; every one but ``others`` when empty.
        package let countries: Set<String>
        /// Countries that are not meant.
        package let others: Set<String>
        /// Whether the origin of a part counts as well as that of the whole unit.
        package let includesParts: Bool

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case countries
            case others = "except"
            case includesParts = "parts"
        }

        /// Reads the JSON form.
        package init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            countries = Set(try values.list(forKey: .countries) as [String])
            others = Set(try values.list(forKey: .others) as [String])
            includesParts = try values.decodeIfPresent(Bool.self, forKey: .includesParts) ?? false
            guard countries.isEmpty != others.isEmpty else {
                throw DecodingError.dataCorruptedError(
                    forKey: .countries, in: values, debugDescription: "either these or their exceptions are stated")
            }
        }

        /// Whether the entry means what is made in a country; nil for a text that is no code of ISO 3166-1.
        func means(_ country: String) -> Bool? {
            let code = country.uppercased()
            guard (2...3).contains(code.utf8.count), code.utf8.allSatisfy({ (0x41...0x5a).contains($0) }) else {
                return nil
            }
            return countries.isEmpty ? !others.contains(code) : countries.contains(code)
        }
    }

    /// Name of the list.
    package let id: String
    /// Name for people.
    package let title: String
    /// Day of this copy.
    package let date: CalendarDay
    /// How binding it is.
    package let status: Status
    /// Day from which it holds.
    package let since: CalendarDay
    /// Uses that it speaks of.
    package let uses: [String]
    /// Whether it speaks of affiliates and subsidiaries of those who stand on it.
    package let coversAffiliates: Bool
    /// Where it stands.
    package let source: String
    /// Who stands on it.
    package let entries: [Entry]

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case schema, id, title, date, status, since, uses, source, entries
        case coversAffiliates = "affiliates"
    }

    /// Reads the JSON form; unknown keys are refused.
    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        _ = try values.schema(Self.currentSchema, forKey: .schema)
        id = try values.decode(String.self, forKey: .id)
        title = try values.decode(String.self, forKey: .title)
        date = try values.decode(CalendarDay.self, forKey: .date)
        status = try values.decode(Status.self, forKey: .status)
        since = try values.decode(CalendarDay.self, forKey: .since)
        uses = try values.decode([String].self, forKey: .uses)
        coversAffiliates = try values.decodeIfPresent(Bool.self, forKey: .coversAffiliates) ?? false
        source = try values.decode(String.self, forKey: .source)
        entries = try values.decode([Entry].self, forKey: .entries)
    }

    /// Whether this copy is too old to rely on.
    package func isOutdated(on today: CalendarDay) -> Bool { Self.isOutdated(date, on: today) }

    /// Whether a copy of `date` is too old to rely on, of this list or of one by which its suppliers are told.
    static func isOutdated(_ date: CalendarDay, on today: CalendarDay) -> Bool {
        today.days(since: date) > shelfLife
    }

    /// Whether an entry holds on a day.
    func isInForce(_ entry: Entry, on day: CalendarDay) -> Bool { status != .proposal && since(of: entry) <= day }

    /// Uses that an entry speaks of.
    func uses(of entry: Entry) -> [String] { (entry.uses ?? uses).map { $0.lowercased() } }

    /// Status of an entry in words.
    func status(of entry: Entry, on day: CalendarDay) -> String {
        if status == .proposal { return "proposal" }
        return isInForce(entry, on: day) ? status.rawValue : "\(status.rawValue), not yet in force"
    }

    /// How much a match weighs: a law in force for the use as much as the match is sure; without a stated use it is a note.
    func severity(
        of entry: Entry, _ confidence: Finding.Confidence, for use: IntendedUse, on day: CalendarDay
    ) -> Finding.Severity {
        if use.isUnstated { return .info }
        guard isInForce(entry, on: day) else { return .low }
        return switch confidence {
        case .a: .high
        case .b: .medium
        case .c: .low
        }
    }

    /// Day from which an entry holds.
    func since(of entry: Entry) -> CalendarDay { entry.since ?? since }

    /// Cites an entry.
    func citation(of entry: Entry, on day: CalendarDay, needsCounsel: Bool) -> Finding.Restriction {
        Finding.Restriction(
            list: id, entry: entry.name, status: status(of: entry, on: day), since: since(of: entry).description,
            copied: date.description, scope: uses(of: entry), isContested: entry.isContested,
            needsCounsel: needsCounsel)
    }
}

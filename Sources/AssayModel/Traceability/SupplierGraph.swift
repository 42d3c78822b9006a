/// Who supplies whom: companies with their tier, owners, sites and papers.
///
/// Decode graphs with ``RecordJSON/suppliers(from:)``, which refuses references to nothing and circles.
public struct SupplierGraph: Sendable, Hashable, Codable {
    /// The schema that this version of the type reads and writes.
    public static let currentSchema = "assay/supplier-graph/v1"

    /// One company.
    public struct Supplier: Sendable, Hashable, Codable {
        /// Lower-case name that records refer to: `acme-components`.
        public var id: String
        /// Name of the company.
        public var name: String
        /// How far it stands from the factory; 1 sells to it directly.
        public var tier: Int?
        /// Country where it is registered, ISO 3166-1.
        public var country: String?
        /// Companies that own it, in whole or in part.
        public var owners: [Owner]
        /// Companies that it buys from.
        public var suppliedBy: [String]
        /// Places where it makes or stores things.
        public var sites: [Site]
        /// Papers that it handed in.
        public var documents: [Document]
        /// Other names that it goes by, as they stand in records and on parts.
        public var aliases: [String]

        /// Names a company.
        public init(id: String, name: String) {
            self.id = id
            self.name = name
            owners = []
            suppliedBy = []
            sites = []
            documents = []
            aliases = []
        }

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case id, name, tier, country, owners, suppliedBy, sites, documents, aliases
        }

        /// Reads the JSON form.
        public init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            id = try values.decode(String.self, forKey: .id)
            name = try values.decode(String.self, forKey: .name)
            tier = try values.decodeIfPresent(Int.self, forKey: .tier)
            country = try values.decodeIfPresent(String.self, forKey: .country)
            owners = try values.list(forKey: .owners)
            suppliedBy = try values.list(forKey: .suppliedBy)
            sites = try values.list(forKey: .sites)
            documents = try values.list(forKey: .documents)
            aliases = try values.list(forKey: .aliases)
        }

        /// Writes the JSON form without empty lists.
        public func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(id, forKey: .id)
            try values.encode(name, forKey: .name)
            try values.encodeIfPresent(tier, forKey: .tier)
            try values.encodeIfPresent(country, forKey: .country)
            try values.encodeUnlessEmpty(owners, forKey: .owners)
            try values.encodeUnlessEmpty(suppliedBy, forKey: .suppliedBy)
            try values.encodeUnlessEmpty(sites, forKey: .sites)
            try values.encodeUnlessEmpty(documents, forKey: .documents)
            try values.encodeUnlessEmpty(aliases, forKey: .aliases)
        }
    }

    /// An owner and its share.
    public struct Owner: Sendable, Hashable, Codable {
        /// Id of the owning company.
        public var id: String
        /// Share in per cent, where it is known.
        public var share: Double?
        /// Day of the source that says so.
        public var asOf: String?

        /// Names an owner.
        public init(id: String, share: Double? = nil, asOf: String? = nil) {
            self.id = id
            self.share = share
            self.asOf = asOf
        }

        private enum CodingKeys: String, CodingKey, CaseIterable { case id, share, asOf }

        /// Reads the JSON form.
        public init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            id = try values.decode(String.self, forKey: .id)
            share = try values.decodeIfPresent(Double.self, forKey: .share)
            asOf = try values.decodeIfPresent(String.self, forKey: .asOf)
        }
    }

    /// A place.
    public struct Site: Sendable, Hashable, Codable {
        /// Its name in records.
        public var id: String
        /// Country, ISO 3166-1.
        public var country: String
        /// Name of the place.
        public var name: String?

        /// Names a place.
        public init(id: String, country: String, name: String? = nil) {
            self.id = id
            self.country = country
            self.name = name
        }

        private enum CodingKeys: String, CodingKey, CaseIterable { case id, country, name }

        /// Reads the JSON form.
        public init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            id = try values.decode(String.self, forKey: .id)
            country = try values.decode(String.self, forKey: .country)
            name = try values.decodeIfPresent(String.self, forKey: .name)
        }
    }

    /// A paper: a certificate, an audit, a declaration.
    public struct Document: Sendable, Hashable, Codable {
        /// Its number or name.
        public var id: String
        /// What it is: `ISO 9001`, `declaration of origin` ….
        public var kind: String
        /// Day on which it was issued.
        public var issued: String?
        /// Last day on which it holds.
        public var expires: String?
        /// SHA-256 of the paper.
        public var digest: ContentDigest?

        /// Names a paper.
        public init(
            id: String, kind: String, issued: String? = nil, expires: String? = nil, digest: ContentDigest? = nil
        ) {
            self.id = id
            self.kind = kind
            self.issued = issued
            self.expires = expires
            self.digest = digest
        }

        private enum CodingKeys: String, CodingKey, CaseIterable { case id, kind, issued, expires, digest }

        /// Reads the JSON form.
        public init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            id = try values.decode(String.self, forKey: .id)
            kind = try values.decode(String.self, forKey: .kind)
            issued = try values.decodeIfPresent(String.self, forKey: .issued)
            expires = try values.decodeIfPresent(String.self, forKey: .expires)
            digest = try values.decodeIfPresent(ContentDigest.self, forKey: .digest)
        }

        /// The last moment at which the paper holds: of a day its last second; nil for one that never expires.
        public var holdsUntil: RecordMoment? {
            guard let expires, let day = RecordMoment(expires) else { return nil }
            return RecordMoment(seconds: day.seconds + (expires.utf8.count == 10 ? 86_399 : 0))
        }

        /// Whether the paper no longer holds at `moment`.
        public func isExpired(at moment: RecordMoment) -> Bool { holdsUntil.map { $0 < moment } ?? false }
    }

    /// Schema name and version.
    public var schema: String
    /// Name of the graph.
    public var id: String
    /// Companies.
    public var suppliers: [Supplier]
    /// Where the graph comes from.
    public var source: RecordProvenance?

    /// A graph of companies.
    public init(id: String, suppliers: [Supplier] = []) {
        schema = Self.currentSchema
        self.id = id
        self.suppliers = suppliers
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case schema, id, suppliers, source }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        schema = try values.schema(Self.currentSchema, forKey: .schema)
        id = try values.decode(String.self, forKey: .id)
        suppliers = try values.list(forKey: .suppliers)
        source = try values.decodeIfPresent(RecordProvenance.self, forKey: .source)
    }
}

extension SupplierGraph {
    /// The company that a record means: by id, name or alias, whatever blanks and case.
    public func supplier(named text: String) -> Supplier? {
        let wanted = FoldedText(text)
        return suppliers.first { FoldedText($0.id) == wanted }
            ?? suppliers.first { supplier in
                ([supplier.name] + supplier.aliases).contains { FoldedText($0) == wanted }
            }
    }

    /// Everybody who owns a company, directly or through others, the nearest first.
    public func owners(of id: String) -> [Supplier] {
        let byID = Dictionary(suppliers.map { ($0.id, $0) }) { first, _ in first }
        var found: [Supplier] = []
        var seen: Set<String> = [id]
        var waiting = byID[id]?.owners.map(\.id) ?? []
        while !waiting.isEmpty {
            let next = waiting.removeFirst()
            guard seen.insert(next).inserted, let owner = byID[next] else { continue }
            found.append(owner)
            waiting += owner.owners.map(\.id)
        }
        return found
    }
}

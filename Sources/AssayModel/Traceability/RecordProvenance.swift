/// Where a record comes from.
public struct RecordProvenance: Sendable, Hashable, Codable {
    /// How it came to be: `learned`, `written`, `imported`.
    public var origin: String
    /// Day or moment, RFC 3339.
    public var date: String?
    /// Who vouches for it, or the document it was taken from.
    public var author: String?
    /// Known-good unit or units that it was learned from.
    public var learnedFrom: [String]?
    /// Further remarks.
    public var notes: String?

    /// States an origin.
    public init(origin: String, date: String? = nil, author: String? = nil, learnedFrom: [String]? = nil) {
        self.origin = origin
        self.date = date
        self.author = author
        self.learnedFrom = learnedFrom
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case origin, date, author, learnedFrom, notes }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        origin = try values.decode(String.self, forKey: .origin)
        date = try values.decodeIfPresent(String.self, forKey: .date)
        author = try values.decodeIfPresent(String.self, forKey: .author)
        learnedFrom = try values.decodeIfPresent([String].self, forKey: .learnedFrom)
        notes = try values.decodeIfPresent(String.self, forKey: .notes)
    }
}

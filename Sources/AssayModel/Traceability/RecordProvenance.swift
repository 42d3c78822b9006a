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
    /// Form that it was imported from: `csv`, `paccor`, `certificate`, `cyclonedx`, `epcis`.
    public var form: String?
    /// SHA-256 of the file that it was imported from.
    public var document: ContentDigest?
    /// Certificate that it was taken from.
    public var certificate: CertificateName?
    /// Certificate that it is bound to: of the endorsement key of the unit's TPM.
    public var holder: CertificateName?
    /// Whether and by whom the signature of that certificate was verified; nil for forms without a signature.
    public var signature: RecordSignature?
    /// First moment at which the certificate holds.
    public var validFrom: String?
    /// Last moment at which the certificate holds.
    public var validUntil: String?
    /// What the same source says otherwise elsewhere, in words: things that were seen where no event had put them.
    public var contradictions: [String]?

    /// States an origin.
    public init(origin: String, date: String? = nil, author: String? = nil, learnedFrom: [String]? = nil) {
        self.origin = origin
        self.date = date
        self.author = author
        self.learnedFrom = learnedFrom
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case origin, date, author, learnedFrom, notes, form, document, certificate, holder, signature, validFrom,
            validUntil, contradictions
    }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        origin = try values.decode(String.self, forKey: .origin)
        date = try values.decodeIfPresent(String.self, forKey: .date)
        author = try values.decodeIfPresent(String.self, forKey: .author)
        learnedFrom = try values.decodeIfPresent([String].self, forKey: .learnedFrom)
        notes = try values.decodeIfPresent(String.self, forKey: .notes)
        form = try values.decodeIfPresent(String.self, forKey: .form)
        document = try values.decodeIfPresent(ContentDigest.self, forKey: .document)
        certificate = try values.decodeIfPresent(CertificateName.self, forKey: .certificate)
        holder = try values.decodeIfPresent(CertificateName.self, forKey: .holder)
        signature = try values.decodeIfPresent(RecordSignature.self, forKey: .signature)
        validFrom = try values.decodeIfPresent(String.self, forKey: .validFrom)
        validUntil = try values.decodeIfPresent(String.self, forKey: .validUntil)
        contradictions = try values.decodeIfPresent([String].self, forKey: .contradictions)
    }
}

/// What is known of the signature over a record.
public struct RecordSignature: Sendable, Hashable, Codable {
    /// How far it was checked.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// A trusted issuer's key verifies it.
        case verified
        /// No issuer was at hand to check it with.
        case unchecked
    }

    /// How far it was checked.
    public var state: State
    /// Subject of the trusted certificate that verifies it.
    public var issuer: String?
    /// Algorithm: `sha256WithRSA`.
    public var algorithm: String?

    /// States what is known.
    public init(_ state: State, issuer: String? = nil, algorithm: String? = nil) {
        self.state = state
        self.issuer = issuer
        self.algorithm = algorithm
    }

    /// Whether the signature is over SHA-1, for which collisions are known.
    public var isWeak: Bool { algorithm?.uppercased().hasSuffix("SHA1") == true || algorithm == "sha1WithRSA" }

    private enum CodingKeys: String, CodingKey, CaseIterable { case state, issuer, algorithm }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        state = try values.decode(State.self, forKey: .state)
        issuer = try values.decodeIfPresent(String.self, forKey: .issuer)
        algorithm = try values.decodeIfPresent(String.self, forKey: .algorithm)
    }
}

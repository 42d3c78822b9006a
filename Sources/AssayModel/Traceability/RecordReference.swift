/// A document outside of the record that it refers to.
public struct RecordReference: Sendable, Hashable, Codable {
    /// What it is: `components`, `properties`, `configuration`.
    public var name: String
    /// Where it is.
    public var uri: String
    /// Hash algorithm as an object identifier.
    public var hashAlgorithm: String?
    /// Hash in hexadecimal.
    public var hash: String?

    /// Names a document.
    public init(name: String, uri: String, hashAlgorithm: String? = nil, hash: String? = nil) {
        self.name = name
        self.uri = uri
        self.hashAlgorithm = hashAlgorithm
        self.hash = hash
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case name, uri, hashAlgorithm, hash }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        uri = try values.decode(String.self, forKey: .uri)
        hashAlgorithm = try values.decodeIfPresent(String.self, forKey: .hashAlgorithm)
        hash = try values.decodeIfPresent(String.self, forKey: .hash)
    }
}

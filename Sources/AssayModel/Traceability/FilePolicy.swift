/// What binaries without an owning package, and files that differ from their package, lead to.
public struct FilePolicy: Sendable, Hashable, Codable {
    /// What a binary that no package owns and no list below allows leads to.
    public var unknown: Reaction
    /// What a file that differs from its package's manifest leads to.
    public var modified: Reaction
    /// Allowed paths; `*` stands for any run of characters without `/`, `**` for any run.
    public var allowedPaths: [String]
    /// Allowed contents, wherever they stand.
    public var allowedDigests: [ContentDigest]

    /// A policy that fails on every unknown or modified binary.
    public init(
        unknown: Reaction = .fail, modified: Reaction = .fail, allowedPaths: [String] = [],
        allowedDigests: [ContentDigest] = []
    ) {
        self.unknown = unknown
        self.modified = modified
        self.allowedPaths = allowedPaths
        self.allowedDigests = allowedDigests
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case unknown, modified, allowedPaths, allowedDigests }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        unknown = try values.decodeIfPresent(Reaction.self, forKey: .unknown) ?? .fail
        modified = try values.decodeIfPresent(Reaction.self, forKey: .modified) ?? .fail
        allowedPaths = try values.list(forKey: .allowedPaths)
        allowedDigests = try values.list(forKey: .allowedDigests)
    }
}

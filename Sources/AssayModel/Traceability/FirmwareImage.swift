/// One entry of the firmware manifest: an image that the factory loaded, and who signed it.
public struct FirmwareImage: Sendable, Hashable, Codable {
    /// Name of the image or its file.
    public var name: String
    /// Location as a scan shows it, where the factory knows it.
    public var location: String?
    /// Version.
    public var version: String?
    /// SHA-256 of the image.
    public var digest: ContentDigest?
    /// Who signed it: a subject name or a key's fingerprint.
    public var signer: String?
    /// Where it was loaded.
    public var site: String?

    /// Names an image.
    public init(
        name: String, location: String? = nil, version: String? = nil, digest: ContentDigest? = nil,
        signer: String? = nil, site: String? = nil
    ) {
        self.name = name
        self.location = location
        self.version = version
        self.digest = digest
        self.signer = signer
        self.site = site
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case name, location, version, digest, signer, site }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        location = try values.decodeIfPresent(String.self, forKey: .location)
        version = try values.decodeIfPresent(String.self, forKey: .version)
        digest = try values.decodeIfPresent(ContentDigest.self, forKey: .digest)
        signer = try values.decodeIfPresent(String.self, forKey: .signer)
        site = try values.decodeIfPresent(String.self, forKey: .site)
    }
}

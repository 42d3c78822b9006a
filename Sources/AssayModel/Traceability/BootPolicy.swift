/// How the device must boot; an absent field requires nothing.
public struct BootPolicy: Sendable, Hashable, Codable {
    /// Required state of UEFI Secure Boot.
    public var secureBoot: Bool?
    /// Required state of setup mode.
    public var setupMode: Bool?
    /// Allowed kernel lockdown modes.
    public var lockdown: [String]?
    /// Allowed contents of a signature database by its name: `PK`, `KEK`, `db`.
    public var signatureDatabases: [String: AcceptedValues]?
    /// Allowed TPM register values by bank, then by decimal index.
    public var pcrs: [String: [String: AcceptedValues]]?

    /// Requires nothing.
    public init() {}

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case secureBoot, setupMode, lockdown, signatureDatabases, pcrs
    }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        secureBoot = try values.decodeIfPresent(Bool.self, forKey: .secureBoot)
        setupMode = try values.decodeIfPresent(Bool.self, forKey: .setupMode)
        lockdown = try values.decodeIfPresent([String].self, forKey: .lockdown)
        signatureDatabases = try values.decodeIfPresent([String: AcceptedValues].self, forKey: .signatureDatabases)
        pcrs = try values.decodeIfPresent([String: [String: AcceptedValues]].self, forKey: .pcrs)
    }
}

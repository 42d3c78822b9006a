/// From when on the same new part in devices of one model is a change of the model's population.
public struct PopulationTerms: Sendable, Hashable, Codable {
    /// So many devices are a change, whatever the size of the model; 10 when nobody says otherwise.
    public var devices: Int?
    /// So many percent of the model's devices are a change, three devices at least; 5 when nobody says otherwise.
    public var percent: Int?
    /// Days within which they must come; 30 when nobody says otherwise.
    public var days: Int?

    /// The defaults.
    public init() {}

    /// Fewest devices that make a percentage count.
    public static let fewest = 3

    /// Whether so many devices are a change.
    public func isReached(by showing: Int, of devices: Int) -> Bool {
        let (share, overflows) = showing.multipliedReportingOverflow(by: 100)
        let (part, exceeds) = devices.multipliedReportingOverflow(by: percent ?? 5)
        return showing >= self.devices ?? 10 || (showing >= Self.fewest && !overflows && !exceeds && share >= part)
    }

    /// The window.
    public var window: Duration { .seconds(86_400 * Int64(clamping: days ?? 30)) }

    private enum CodingKeys: String, CodingKey, CaseIterable { case devices, percent, days }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        devices = try values.decodeIfPresent(Int.self, forKey: .devices)
        percent = try values.decodeIfPresent(Int.self, forKey: .percent)
        days = try values.decodeIfPresent(Int.self, forKey: .days)
    }
}

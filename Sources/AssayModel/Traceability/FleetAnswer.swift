/// Whether a verdict covers what only a collector can know: a serial number in two places, a part of another device.
public enum FleetAnswer: String, Sendable, Hashable, Codable, CaseIterable {
    /// A collector was asked and its findings are among the others.
    case asked
    /// A collector was wanted and could not tell.
    case notAsked = "not-asked"
}

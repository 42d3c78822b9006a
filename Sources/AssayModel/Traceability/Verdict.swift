/// What an evaluation says of a unit as a whole.
public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    /// Everything that was expected was seen, and nothing else.
    case pass
    /// Something differs.
    case fail
    /// Nothing differs, but something could not be seen.
    case undetermined
    /// There is no record to hold the unit against.
    case unverified

    /// The exit status of a command that ends with this verdict: 0 pass, 1 fail, 2 could not decide.
    public var exitStatus: Int32 {
        switch self {
        case .pass: 0
        case .fail: 1
        case .undetermined, .unverified: 2
        }
    }
}

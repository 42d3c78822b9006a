/// Something that should have been readable and was not: the opposite of a silent hole.
public struct Gap: Sendable, Hashable, Codable {
    /// Why nothing, or not everything, was read.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The interface is not there.
        case absent
        /// The kernel refused for lack of privilege.
        case denied
        /// The bytes are not what they claim to be.
        case malformed
        /// There is more than the limit allows.
        case tooLarge
        /// The deadline passed.
        case timedOut
        /// This kernel, device or agent cannot do it.
        case unsupported
        /// The device or file system reported an error.
        case ioError
        /// A rule of the operator keeps the agent from looking.
        case excluded
    }

    /// Id of the probe or reader.
    public var probe: String
    /// Path below the root.
    public var path: String
    /// Why.
    public var kind: Kind
    /// Lower-case words for a person: what was wrong, where, and what would open it.
    public var detail: String

    /// Describes one gap.
    public init(probe: String, path: String, kind: Kind, detail: String) {
        self.probe = probe
        self.path = path
        self.kind = kind
        self.detail = detail
    }
}

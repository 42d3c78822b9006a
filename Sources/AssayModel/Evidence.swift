/// Where a fact was read, and how far that path can be trusted.
public struct Evidence: Sendable, Hashable, Codable {
    /// How directly the interface speaks for the part.
    public enum Access: String, Sendable, Hashable, Codable {
        /// The part itself or its own bus answered.
        case direct
        /// A bridge, RAID controller or card reader stands between and may answer for the part.
        case bridged
        /// A hypervisor or an emulation answers; nothing physical can be concluded.
        case virtual
        /// Firmware or a table claims it; the part itself was not asked.
        case reported
    }

    /// Id of the probe that read it, for example `pci/devices`.
    public var probe: String
    /// Path below the root that was read, for example `/sys/bus/pci/devices/0000:00:1f.0`.
    public var path: String
    /// How directly the interface speaks for the part.
    public var access: Access

    /// Describes one reading.
    public init(probe: String, path: String, access: Access = .direct) {
        self.probe = probe
        self.path = path
        self.access = access
    }
}

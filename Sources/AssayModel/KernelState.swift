/// The running kernel and the code loaded into it.
public struct KernelState: Sendable, Hashable, Codable {
    /// One loaded module.
    public struct Module: Sendable, Hashable, Codable {
        /// Name as `/proc/modules` spells it.
        public var name: String
        /// Size in bytes.
        public var size: Int?
        /// `srcversion` that `modinfo` shows.
        public var sourceVersion: String?
        /// `version` where the module declares one.
        public var version: String?
        /// GNU build-id, lower-case hexadecimal.
        public var buildID: String?
        /// Taint letters of the module: `O` out of tree, `E` unsigned ….
        public var taint: String?

        /// Names a module.
        public init(name: String) { self.name = name }
    }

    /// Release as `uname -r` prints it.
    public var release: String?
    /// Version line as `/proc/version` prints it.
    public var version: String?
    /// GNU build-id of the running kernel, lower-case hexadecimal.
    public var buildID: String?
    /// Command line.
    public var commandLine: String?
    /// Taint bits (Documentation/admin-guide/tainted-kernels.rst).
    public var taint: UInt64?
    /// Lockdown mode: `none`, `integrity` or `confidentiality`.
    public var lockdown: String?
    /// CPU vulnerability states by name.
    public var vulnerabilities: [String: String]?
    /// Loaded modules in name order.
    public var modules: [Module]?

    /// A state that readings fill in.
    public init() {}

    /// Takes over what `other` knows and this value does not.
    public mutating func fill(from other: KernelState) {
        release = release ?? other.release
        version = version ?? other.version
        buildID = buildID ?? other.buildID
        commandLine = commandLine ?? other.commandLine
        taint = taint ?? other.taint
        lockdown = lockdown ?? other.lockdown
        vulnerabilities = vulnerabilities ?? other.vulnerabilities
        modules = modules ?? other.modules
    }

    private enum CodingKeys: String, CodingKey {
        case release, version, buildID
        case commandLine = "cmdline"
        case taint, lockdown, vulnerabilities, modules
    }
}

package import AssayHost

/// Reads one kernel interface below a root and returns facts and gaps.
///
/// It never throws and never ends a scan.
package protocol Probe: Sendable {
    /// What the probe is and touches; the docs page, the sandbox and `assay-agent probes` are made from it.
    static var descriptor: ProbeDescriptor { get }

    /// Reads what is there. Called on a thread that may block.
    func read(_ context: ProbeContext) -> ProbeOutput
}

/// What a probe touches, as data.
package struct ProbeDescriptor: Sendable, Hashable {
    /// What a reader needs to see everything.
    package enum Privilege: String, Sendable, Hashable {
        /// Any user.
        case none
        /// `CAP_DAC_READ_SEARCH`: files that only root may read.
        case readSearch = "CAP_DAC_READ_SEARCH"
        /// `CAP_DAC_OVERRIDE`: device nodes that must be opened for writing.
        case override = "CAP_DAC_OVERRIDE"
        /// `CAP_SYS_ADMIN`.
        case systemAdministration = "CAP_SYS_ADMIN"
        /// `CAP_NET_ADMIN`.
        case networkAdministration = "CAP_NET_ADMIN"
    }

    /// One path or system call.
    package struct Access: Sendable, Hashable {
        /// Path pattern below the root, or `ioctl:NAME`, or `node:PATTERN` for a device node.
        package var path: String
        /// What is needed to read it.
        package var privilege: Privilege
        /// What is lost without it, in words.
        package var loses: String?

        /// Describes one access.
        package init(_ path: String, _ privilege: Privilege = .none, loses: String? = nil) {
            self.path = path
            self.privilege = privilege
            self.loses = loses
        }
    }

    /// Lower-case path that names the probe for good: `pci/devices`.
    package var id: String
    /// Raised when the meaning of the output changes.
    package var revision: Int
    /// One sentence for a person.
    package var summary: String
    /// Everything that is touched.
    package var accesses: [Access]
    /// Longest time the probe may take.
    package var deadline: Duration

    /// Describes a probe.
    package init(
        id: String, revision: Int = 1, summary: String, accesses: [Access], deadline: Duration = .seconds(10)
    ) {
        self.id = id
        self.revision = revision
        self.summary = summary
        self.accesses = accesses
        self.deadline = deadline
    }
}

/// What a probe may use.
package struct ProbeContext: Sendable {
    /// The tree to read.
    package var root: HostRoot
    /// Whether device nodes may be opened (`/dev/bus/usb`); off unless the operator allows it.
    package var mayOpenDeviceNodes: Bool

    /// A context for one scan.
    package init(root: HostRoot, mayOpenDeviceNodes: Bool = false) {
        self.root = root
        self.mayOpenDeviceNodes = mayOpenDeviceNodes
    }
}

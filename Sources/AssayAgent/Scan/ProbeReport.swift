package import AssayModel
internal import AssayProbes

/// One probe as `assay-agent probes` shows it.
package struct ProbeReport: Sendable, Codable {
    /// A path or system call.
    package struct Access: Sendable, Codable {
        /// Path pattern, `ioctl:NAME` or `node:PATTERN`.
        package var path: String
        /// Capability that is needed, or `none`.
        package var privilege: String
        /// What is lost without it.
        package var loses: String?
    }

    /// Id of the probe.
    package var id: String
    /// Revision of its output.
    package var revision: Int
    /// One sentence.
    package var summary: String
    /// What it touches.
    package var accesses: [Access]
    /// `complete`, `partial` or `nothing here`; nil when it was not run.
    package var state: String?
    /// Number of components, firmware entries and state facts.
    package var facts: Int?
    /// What it could not read.
    package var gaps: [Gap]?

    init(_ descriptor: ProbeDescriptor) {
        id = descriptor.id
        revision = descriptor.revision
        summary = descriptor.summary
        accesses = descriptor.accesses.map {
            Access(path: $0.path, privilege: $0.privilege.rawValue, loses: $0.loses)
        }
    }

    /// Every probe of the catalog, not run.
    package static func described() -> [ProbeReport] {
        ProbeCatalog.all.map { ProbeReport(type(of: $0).descriptor) }
    }

    /// Every probe of the catalog, run once over `root`.
    package static func tried(root: ScanRoot) -> [ProbeReport] {
        ProbeCatalog.all.map { probe in
            var report = ProbeReport(type(of: probe).descriptor)
            let output = ProbeRunner([probe]).run(ProbeContext(root: root.host))
            let facts = output.components.count + output.firmware.count + scalars(of: output)
            report.facts = facts
            report.gaps = output.gaps
            report.state = output.gaps.isEmpty ? (facts == 0 ? "nothing here" : "complete") : "partial"
            return report
        }
    }

    private static func scalars(of output: ProbeOutput) -> Int {
        [output.device != DeviceFacts(), output.boot != BootState(), output.kernel != KernelState()]
            .filter { $0 }.count
    }
}

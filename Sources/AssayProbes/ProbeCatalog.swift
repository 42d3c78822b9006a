/// Every probe that a scan runs, in one explicit list.
package enum ProbeCatalog {
    /// The probes, the most trusted source of device facts first.
    package static let all: [any Probe] = []
}

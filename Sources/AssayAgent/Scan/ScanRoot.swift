package import AssayHost

/// What a scan looks at.
package struct ScanRoot: Sendable {
    /// The tree.
    package let host: HostRoot

    /// Opens the recorded tree at `path`, or the live machine when it is nil.
    package init(path: String?) throws(HostFailure) {
        host = if let path { try HostRoot(path: path) } else { try HostRoot.live() }
    }

    /// The kernel's id of this boot; nil where there is none.
    func bootID() -> String? { (try? host.text("/proc/sys/kernel/random/boot_id")).flatMap { $0 } }
}

package import AssayHost

/// What a scan looks at.
package struct ScanRoot: Sendable {
    /// The tree.
    package let host: HostRoot

    /// Opens the recorded tree at `path`, or the live machine when it is nil.
    package init(path: String?) throws(HostFailure) {
        host = if let path { try HostRoot(path: path) } else { try HostRoot.live() }
    }

    /// The one folder of the root that looks like a system, when the root itself does not; nil otherwise.
    package func likelierFolder() -> String? {
        guard !isSystem(""), let entries = try? host.list("/") else { return nil }
        let folders = entries.prefix(1000).filter { $0.kind == .directory && isSystem("/" + $0.name) }
        return folders.count == 1 ? folders.first?.name : nil
    }

    private func isSystem(_ folder: String) -> Bool {
        ["sys", "proc", "etc", "usr"].contains { host.exists("\(folder)/\($0)") }
    }

    /// The kernel's id of this boot; nil where there is none.
    func bootID() -> String? { (try? host.text("/proc/sys/kernel/random/boot_id")).flatMap { $0 } }
}

package import AssayModel

/// Files that came, went or changed since the last report, found by walking two sorted lists in step.
package enum FileChanges {
    static let descriptor = RuleDescriptor(
        "change/file-changed", "binaries or boot configuration came, went or changed since the last report",
        severity: .low,
        decides: false,
        matters:
            "Whatever runs on the device runs with its rights; a binary that changes without an update is "
            + "how implants stay.",
        advice: "Check that an update is on record which explains the change.")

    /// Compares two lists that are sorted by the bytes of the path; memory does not grow with their length.
    package static func evaluate(
        previous: some Sequence<FileEntry>, current: some Sequence<FileEntry>
    ) -> RuleVerdict {
        var changes = ChangeFindings(descriptor)
        var before = previous.makeIterator()
        var now = current.makeIterator()
        var old = before.next()
        var new = now.next()
        while old != nil || new != nil {
            let order = order(old?.path, new?.path)
            if order == 0, let old, let new, old.digest != new.digest || old.mode != new.mode {
                let from = "\(old.digest) mode \(old.mode)"
                changes.add(new, "changed", from: from, to: "\(new.digest) mode \(new.mode)")
            }
            if order < 0, let old { changes.add(old, "is gone", from: "\(old.digest)", to: nil) }
            if order > 0, let new { changes.add(new, "is new", from: nil, to: "\(new.digest)") }
            if order <= 0 { old = before.next() }
            if order >= 0 { new = now.next() }
        }
        return changes.verdict
    }

    /// Below zero when the old path comes first, above when the new one does.
    private static func order(_ old: String?, _ new: String?) -> Int {
        guard let old else { return 1 }
        guard let new else { return -1 }
        if old == new { return 0 }
        return old.utf8.lexicographicallyPrecedes(new.utf8) ? -1 : 1
    }
}

extension ChangeFindings {
    /// Adds the change of a file.
    ///
    /// No package vouches for what a boot loader is told, so that a change of it weighs more than that of a binary, which
    /// the other file rules judge besides.
    fileprivate mutating func add(_ file: FileEntry, _ verb: String, from old: String?, to new: String?) {
        let subject = Subject(componentClass: nil, location: file.path, path: file.path, probe: "files")
        switch file.kind {
        case .bootConfiguration:
            add("boot configuration \(file.path) \(verb)", subject, from: old, to: new, severity: .medium)
        case .deviceTree: add("device tree \(file.path) \(verb)", subject, from: old, to: new, severity: .medium)
        default: add("\(file.path) \(verb)", subject, from: old, to: new)
        }
    }
}

package import AssayModel

/// Files that came, went or changed since the last report, found by walking two sorted lists in step.
package enum FileChanges {
    static let descriptor = RuleDescriptor(
        "change/file-changed", "binaries came, went or changed since the last report", severity: .low, decides: false,
        advice: "Check that an update is on record which explains the change.")

    /// Compares two lists that are sorted by the bytes of the path; memory does not grow with their length.
    package static func evaluate(
        previous: some Sequence<FileEntry>, current: some Sequence<FileEntry>, device: DeviceFacts
    ) -> RuleVerdict {
        var changes = ChangeFindings(descriptor, device: device.findingName)
        var before = previous.makeIterator()
        var now = current.makeIterator()
        var old = before.next()
        var new = now.next()
        while old != nil || new != nil {
            let order = order(old?.path, new?.path)
            if order == 0, let old, let new, old.digest != new.digest || old.mode != new.mode {
                let from = "\(old.digest) mode \(old.mode)"
                changes.add("\(new.path) changed", subject(new), from: from, to: "\(new.digest) mode \(new.mode)")
            }
            if order < 0, let old { changes.add("\(old.path) is gone", subject(old), from: "\(old.digest)", to: nil) }
            if order > 0, let new { changes.add("\(new.path) is new", subject(new), from: nil, to: "\(new.digest)") }
            if order <= 0 { old = before.next() }
            if order >= 0 { new = now.next() }
        }
        return changes.verdict
    }

    private static func subject(_ file: FileEntry) -> ChangeFindings.Subject {
        ChangeFindings.Subject(componentClass: nil, location: file.path, path: file.path, probe: "files")
    }

    /// Below zero when the old path comes first, above when the new one does.
    private static func order(_ old: String?, _ new: String?) -> Int {
        guard let old else { return 1 }
        guard let new else { return -1 }
        if old == new { return 0 }
        return old.utf8.lexicographicallyPrecedes(new.utf8) ? -1 : 1
    }
}

internal import AssayModel

/// Packages were installed, removed or changed in version since the last report.
struct PackageChangedRule: Rule {
    static let descriptor = RuleDescriptor(
        "change/package-changed", "packages changed since the last report", severity: .low, decides: false,
        matters:
            "Installed software decides which holes a device has; a change that nobody rolled out was made "
            + "by somebody else.",
        advice: "Check that the change was rolled out on purpose.")

    func evaluate(_ context: RuleContext) -> RuleVerdict {
        guard let previous = context.previous else { return .notApplicable }
        if context.inventory.packages.isEmpty, !previous.packages.isEmpty {
            let probes = Set(previous.packages.map(\.database))
            return .undetermined(
                probes.sorted().map {
                    Gap(probe: "packages", path: $0, kind: .absent, detail: "no package is listed any more")
                })
        }
        var changes = ChangeFindings(Self.descriptor)
        let before = Self.versions(previous.packages)
        let now = Self.versions(context.inventory.packages)
        for key in Set(before.keys).union(now.keys).sorted() {
            let old = before[key].map { $0.versions.joined(separator: ", ") }
            let new = now[key].map { $0.versions.joined(separator: ", ") }
            guard old != new, let database = now[key]?.database ?? before[key]?.database else { continue }
            let verb = old == nil ? "was installed" : new == nil ? "was removed" : "changed"
            let subject = ChangeFindings.Subject(
                componentClass: nil, location: key, path: database, probe: "packages")
            changes.add("package \(key) \(verb)", subject, from: old, to: new)
        }
        return changes.verdict
    }

    private static func versions(_ packages: [Package]) -> [String: (versions: [String], database: String)] {
        var result: [String: (versions: [String], database: String)] = [:]
        for package in packages {
            let architecture = package.architecture.map { ":" + $0 } ?? ""
            let key = "\(package.type)/\(package.name)\(architecture)"
            result[key, default: ([], package.database)].versions.append(package.version)
        }
        return result.mapValues { ($0.versions.sorted(), $0.database) }
    }
}

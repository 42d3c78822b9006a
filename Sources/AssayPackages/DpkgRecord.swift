/// One paragraph of a dpkg status file (deb-status format, dpkg's `lib/dpkg/parsehelp`; deb-control(5) for the fields).
struct DpkgRecord: Sendable, Hashable {
    /// A configuration file with the digest that the package shipped.
    struct ConfigurationFile: Sendable, Hashable {
        var path: String
        var digest: ManifestDigest
    }

    /// Number of the paragraph's first line, from 1.
    var line: Int
    var name: String?
    var version: String?
    var architecture: String?
    var multiArch: String?
    var source: String?
    var maintainer: String?
    var status: String?
    var configurationFiles: [ConfigurationFile] = []
    /// What is wrong with the paragraph, in words; the first thing only.
    var fault: String?

    init(line: Int) { self.line = line }

    /// Whether a name may be used: it becomes part of file names below `info/` (dpkg's `pkg_name_is_illegal`).
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, isAlphanumeric(first) else { return false }
        return text.utf8.allSatisfy { isAlphanumeric($0) || [0x2d, 0x2b, 0x2e, 0x5f].contains($0) }
    }

    /// Whether an architecture may be used: it becomes part of file names below `info/`.
    static func isArchitecture(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == 0x2d }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte) || (0x41...0x5a).contains(byte)
    }
}

extension DpkgRecord {
    /// The last word of `Status`: how far the package is installed.
    var installation: Substring? { status?.split(separator: " ").last }

    /// Whether files of the package are on the system, fully set up or not.
    var hasFiles: Bool {
        switch installation {
        case "installed", "triggers-pending", "triggers-awaited", "half-configured", "unpacked", "half-installed": true
        default: false
        }
    }

    /// Whether the package was removed and its configuration files were kept.
    var hasOnlyConfiguration: Bool { installation == "config-files" }

    /// The state to report: nil when plainly installed.
    var state: String? {
        let words = status?.split(separator: " ") ?? []
        guard words.count == 3 else { return installation.map(String.init) }
        let isSound = words[1] == "ok"
        if words[2] == "installed", isSound { return nil }
        return isSound ? String(words[2]) : "\(words[2]) \(words[1])"
    }

    /// The name of the source package and its version, where `Source` states them: `gcc-12 (12.2.0-14)`.
    var sourcePackage: (name: String, version: String?)? {
        guard let source, !source.isEmpty else { return nil }
        guard let open = source.firstIndex(of: "("), source.last == ")" else { return (source, nil) }
        let name = source[..<open].split(separator: " ").first.map(String.init)
        let version = source[source.index(after: open)...].dropLast()
        guard let name, !version.isEmpty else { return (source, nil) }
        return (name, String(version))
    }
}

internal import AssayBytes
package import AssayHost
package import AssayModel

/// Reads the operating system's own name and version (os-release(5)).
package enum OSReleaseReader {
    /// Lower-case path that names the reader in gaps.
    package static let id = "packages/os-release"

    private static let paths = ["/etc/os-release", "/usr/lib/os-release"]

    /// The operating system below `root`; nil without a gap when no such file is there.
    package static func read(_ root: HostRoot) -> (system: OperatingSystem?, gaps: [Gap]) {
        var gaps: [Gap] = []
        for path in paths {
            do throws(HostFailure) {
                guard let bytes = try root.read(path, limit: 1 << 16) else { continue }
                let file = OSRelease(parsing: bytes.span.bytes)
                if let line = file.malformedLine {
                    gaps.append(Gap(probe: id, path: path, kind: .malformed, detail: "line \(line) is no assignment"))
                }
                return (file.operatingSystem, gaps)
            } catch {
                gaps.append(error.gap(probe: id))
            }
        }
        return (nil, gaps)
    }
}

/// The assignments of an os-release file: a subset of shell syntax without expansion (os-release(5)).
struct OSRelease: Sendable, Hashable {
    /// Values by name; of a repeated name the last, as a shell would have it.
    private(set) var values: [String: String] = [:]
    /// Number of the first line that is neither blank, comment nor assignment.
    private(set) var malformedLine: Int?

    /// Reads as many assignments as there are; it never fails.
    init(parsing bytes: RawSpan) {
        var scanner = LineScanner()
        var number = 0
        var values: [String: String] = [:]
        var malformed: Int?
        scanner.scan(bytes) { line, isWhole in
            number += 1
            let start = line.firstNonBlank
            if start == line.count || line[start] == UInt8(ascii: "#") { return }
            guard isWhole, let assignment = Self.assignment(line.trimmedText(start..<line.count)) else {
                malformed = malformed ?? number
                return
            }
            values[assignment.name] = assignment.value
        }
        self.values = values
        malformedLine = malformed
    }

    /// The facts that identify the system.
    var operatingSystem: OperatingSystem {
        // Without ID the default is `linux`.
        var system = OperatingSystem(id: value("ID")?.lowercased() ?? "linux")
        system.idLike = value("ID_LIKE")?.split(separator: " ").map(String.init)
        system.versionID = value("VERSION_ID")
        system.codename = value("VERSION_CODENAME")
        system.prettyName = value("PRETTY_NAME")
        var image: [String: String] = [:]
        for name in ["VARIANT_ID", "BUILD_ID", "IMAGE_ID", "IMAGE_VERSION"] { image[name] = value(name) }
        system.image = image.isEmpty ? nil : image
        return system
    }

    private func value(_ name: String) -> String? { values[name].flatMap(DeviceText.normalize) }

    private static func assignment(_ line: String) -> (name: String, value: String)? {
        guard let equals = line.firstIndex(of: "=") else { return nil }
        let name = line[..<equals]
        guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return nil }
        let isName = name.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) || $0 == 0x5f
        }
        guard isName, let value = unquote(line[line.index(after: equals)...]) else { return nil }
        return (String(name), value)
    }

    /// The value of a word in shell quotes; nil when a quote is left open or something follows it.
    private static func unquote(_ word: Substring) -> String? {
        guard let quote = word.first, quote == "\"" || quote == "'" else {
            return word.contains(where: { $0 == " " || $0 == "\"" || $0 == "'" }) ? nil : String(word)
        }
        var value = ""
        var rest = word.dropFirst()
        while let next = rest.popFirst() {
            if next == quote { return rest.isEmpty ? value : nil }
            if next == "\\", quote == "\"", let escaped = rest.first, "$\"\\`".contains(escaped) {
                rest.removeFirst()
                value.append(escaped)
                continue
            }
            value.append(next)
        }
        return nil
    }
}

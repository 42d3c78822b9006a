/// Reads a dpkg status file line by line and hands out one paragraph after another.
struct DpkgStatusParser {
    /// The fields that matter here; all others are passed over unread.
    private enum Field {
        case package, version, architecture, multiArch, source, maintainer, status, conffiles
        case other

        init(_ name: String) {
            switch name {
            case "package": self = .package
            case "version": self = .version
            case "architecture": self = .architecture
            case "multi-arch": self = .multiArch
            case "source": self = .source
            case "maintainer": self = .maintainer
            case "status": self = .status
            case "conffiles": self = .conffiles
            default: self = .other
            }
        }
    }

    /// Most configuration files of one package.
    static let configurationFileLimit = 10_000

    private let keepsConfigurationFiles: Bool
    private var record: DpkgRecord?
    private var field = Field.other
    private var lineNumber = 0

    /// A parser at the start of a file; digests of configuration files are only kept on demand.
    init(keepsConfigurationFiles: Bool = false) { self.keepsConfigurationFiles = keepsConfigurationFiles }

    /// Takes the next line and returns the paragraph that it ends, if it does.
    mutating func take(_ line: Span<UInt8>, isWhole: Bool) -> DpkgRecord? {
        lineNumber &+= 1
        let start = line.firstNonBlank
        guard start < line.count else { return finish() }
        if start > 0 {
            if record == nil { fault("continuation line before any field") }
            if case .conffiles = field { addConfigurationFile(line) }
            return nil
        }
        takeField(line, isWhole: isWhole)
        return nil
    }

    /// Returns the paragraph that the end of the file ends, if there is one.
    mutating func finish() -> DpkgRecord? {
        defer {
            record = nil
            field = .other
        }
        return record
    }

    private mutating func takeField(_ line: Span<UInt8>, isWhole: Bool) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0, colon <= 64 else {
            field = .other
            return fault("line \(lineNumber) is no field")
        }
        field = Field(line.text(0..<colon).lowercased())
        if case .other = field {
            if record == nil { record = DpkgRecord(line: lineNumber) }
            return
        }
        guard isWhole else { return fault("line \(lineNumber) is longer than \(LineScanner.lineLimit) bytes") }
        set(line.trimmedText((colon + 1)..<line.count))
    }

    private mutating func set(_ value: String) {
        if record == nil { record = DpkgRecord(line: lineNumber) }
        let target: WritableKeyPath<DpkgRecord, String?>
        switch field {
        case .package: target = \.name
        case .version: target = \.version
        case .architecture: target = \.architecture
        case .multiArch: target = \.multiArch
        case .source: target = \.source
        case .maintainer: target = \.maintainer
        case .status: target = \.status
        case .conffiles, .other: return
        }
        guard record?[keyPath: target] == nil else { return fault("line \(lineNumber) repeats a field") }
        record?[keyPath: target] = value
    }

    private mutating func addConfigurationFile(_ line: Span<UInt8>) {
        guard keepsConfigurationFiles, (record?.configurationFiles.count ?? 0) < Self.configurationFileLimit else {
            return
        }
        // ` /etc/name with blanks 0123… [obsolete]`: the digest is the last word but the flags (dpkg's f_conffiles).
        var words = line.text(0..<line.count).split(separator: " ")
        while let last = words.last, last == "obsolete" || last == "remove-on-upgrade" { words.removeLast() }
        guard words.count >= 2, let last = words.popLast(), words[0].utf8.first == UInt8(ascii: "/") else { return }
        let digest = Array(last.utf8).withUnsafeBytes { ManifestDigest(.md5, hexadecimal: $0) }
        guard let digest else { return }  // `newconffile` while a package is being set up
        record?.configurationFiles.append(
            DpkgRecord.ConfigurationFile(path: words.joined(separator: " "), digest: digest))
    }

    private mutating func fault(_ words: String) {
        if record == nil { record = DpkgRecord(line: lineNumber) }
        if record?.fault == nil { record?.fault = words }
    }
}

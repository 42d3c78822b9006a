internal import AssayHost
internal import AssayModel

/// Reads the lists and manifests of dpkg's packages, one after another, into an index.
struct DpkgFileLists: ~Copyable {
    static let infoFolder = "/var/lib/dpkg/info"
    static let diversionsPath = "/var/lib/dpkg/diversions"
    /// Largest list, manifest or diversions file in bytes.
    static let listLimit = 64 << 20

    private let root: HostRoot
    private var folder: Descriptor?
    private var scanner = LineScanner()
    private var withoutList = 0
    private var firstWithoutList: String?

    init(root: HostRoot, _ gaps: inout GapCollector) {
        self.root = root
        do throws(HostFailure) { folder = try root.openDirectory(Self.infoFolder) } catch { gaps.add(error) }
    }

    /// Tells the builder which packages' files stand elsewhere: three lines each, path, path moved to, diverting
    /// package.
    mutating func addDiversions(to builder: inout PackageFileIndex.Builder, _ gaps: inout GapCollector) {
        var lines: [String] = []
        do throws(HostFailure) {
            guard let file = try root.open(Self.diversionsPath) else { return }
            try scanner.scan(file, limit: Self.listLimit) { line, _ in
                lines.append(line.text(0..<line.count))
                guard lines.count == 3 else { return }
                builder.divert(lines[0], to: lines[1], owner: lines[2])
                lines.removeAll(keepingCapacity: true)
            }
        } catch {
            gaps.add(error)
        }
        if !lines.isEmpty { gaps.add(.malformed, Self.diversionsPath, "the last diversion is not complete") }
    }

    /// Adds the paths of one package.
    mutating func add(
        _ record: DpkgRecord, purl: String, database: String, to builder: inout PackageFileIndex.Builder,
        _ gaps: inout GapCollector
    ) {
        guard let name = record.name else { return }
        builder.beginPackage(purl: purl, name: name)
        do throws(HostFailure) {
            if database != DpkgReader.statusPath {
                if let manifest = try root.open(database + ".md5sums") {
                    try addManifest(manifest, hasList: false, to: &builder, &gaps)
                }
                return
            }
            let hasList = try addList(record, to: &builder)
            if !hasList {
                withoutList += 1
                firstWithoutList = firstWithoutList ?? name
            }
            if let manifest = try open(record, suffix: ".md5sums") {
                try addManifest(manifest, hasList: hasList, to: &builder, &gaps)
            }
        } catch {
            gaps.add(error)
        }
        for file in record.configurationFiles {
            let path = Array(file.path.utf8)
            if record.hasOnlyConfiguration {
                builder.add(path.span, digest: file.digest, isConfiguration: true)
            } else {
                builder.attach(file.digest, to: path.span, isConfiguration: true)
            }
        }
    }

    /// Notes how many packages have no list, so that an unowned file can be told from one whose owner is not known.
    func noteMissing(_ gaps: inout GapCollector) {
        guard let first = firstWithoutList else { return }
        gaps.add(.absent, Self.infoFolder, "\(withoutList) packages have no file list, the first is \(first)")
    }

    /// Adds the paths of `NAME.list`; false when there is none.
    private mutating func addList(
        _ record: DpkgRecord, to builder: inout PackageFileIndex.Builder
    ) throws(HostFailure) -> Bool {
        guard let list = try open(record, suffix: ".list") else { return false }
        // A directory stands right before what is in it; directories are not worth a place in the index.
        var previous: [UInt8] = []
        try scanner.scan(list, limit: Self.listLimit) { line, isWhole in
            if !previous.isEmpty, !line.isBelow(previous) { builder.add(previous.span) }
            previous.removeAll(keepingCapacity: true)
            // The shortest path has two bytes; `/.` is the root itself.
            guard isWhole, line.count > 1, line[0] == UInt8(ascii: "/"), line.count > 2 || line[1] != UInt8(ascii: ".")
            else { return }
            line.withUnsafeBufferPointer { previous.append(contentsOf: $0) }
        }
        if !previous.isEmpty { builder.add(previous.span) }
        return true
    }

    /// Takes the digests of a manifest: 32 hexadecimal digits, two blanks, a path without its leading slash.
    private mutating func addManifest(
        _ file: borrowing Descriptor, hasList: Bool, to builder: inout PackageFileIndex.Builder,
        _ gaps: inout GapCollector
    ) throws(HostFailure) {
        var path: [UInt8] = []
        var number = 0
        var malformed: Int?
        try scanner.scan(file, limit: Self.listLimit) { line, isWhole in
            number += 1
            guard isWhole, line.count > 34,
                let digest = line.extracting(0..<32).withUnsafeBytes({ ManifestDigest(.md5, hexadecimal: $0) }),
                line[32] == 0x20, line[33] == 0x20 || line[33] == 0x2a
            else {
                if line.count > 0 { malformed = malformed ?? number }
                return
            }
            let start = line.count > 36 && line[34] == 0x2e && line[35] == 0x2f ? 36 : 34
            path.removeAll(keepingCapacity: true)
            if line[start] != UInt8(ascii: "/") { path.append(UInt8(ascii: "/")) }
            line.extracting(start..<line.count).withUnsafeBufferPointer { path.append(contentsOf: $0) }
            if hasList { builder.attach(digest, to: path.span) } else { builder.add(path.span, digest: digest) }
        }
        if let malformed { gaps.add(.malformed, file.path, "line \(malformed) is no digest and path") }
    }

    /// Opens `info/NAME.suffix` or, for packages that can stand beside another architecture's, `info/NAME:ARCH.suffix`.
    private func open(_ record: DpkgRecord, suffix: String) throws(HostFailure) -> Descriptor? {
        guard let name = record.name else { return nil }
        let qualified = record.architecture.map { name + ":" + $0 } ?? name
        let names = record.multiArch == "same" ? [qualified, name] : [name, qualified]
        for name in names {
            if let file = try folder?.open(fileNamed: name + suffix) { return file }
        }
        return nil
    }
}

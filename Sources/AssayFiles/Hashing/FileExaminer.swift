internal import AssayBytes
internal import AssayHost
internal import AssayModel
internal import AssayPackages
internal import CLinux
internal import FoundationEssentials
internal import Glibc

/// Opens, reads and describes one file after the other; each worker has its own.
struct FileExaminer {
    /// A file that keeps changing is read so many times before it is given up.
    private static let attempts = 3

    private let reader: FileReader
    private let ownership: FileOwnership
    private let hooks: FileScanOptions.Hooks
    private let scan: UInt32

    /// An examiner of scan number `scan`.
    init(reader: FileReader, ownership: FileOwnership, hooks: FileScanOptions.Hooks, scan: UInt32) {
        self.reader = reader
        self.ownership = ownership
        self.hooks = hooks
        self.scan = scan
    }

    /// Reads one file.
    func examine(_ job: FileJob) -> FileOutcome {
        hooks.beforeOpening?(job.path)
        let number = job.name.withUnsafeBufferPointer { name in
            name.withMemoryRebound(to: CChar.self) { text in
                text.baseAddress.map { assay_open_quietly(job.directory.number, $0, 0) } ?? -ENOENT
            }
        }
        guard number >= 0 else { return outcome(ofError: -number, job.path) }
        let file = Descriptor(owning: number, path: String(decoding: job.path, as: UTF8.self))
        do {
            for attempt in 1...Self.attempts {
                let outcome = try attemptReading(file, job, attempt: attempt)
                if let outcome { return outcome }
            }
        } catch {
            guard error.code != .tooLarge else {
                return .unread(FileScan.gap(job.path, .tooLarge, "more than 64 GiB, nearly all of it holes"))
            }
            return outcome(ofError: error.errorNumber, job.path)
        }
        return .unread(
            FileScan.gap(job.path, .ioError, "changed while it was being read, \(Self.attempts) times in a row"))
    }

    /// Reads the file; nil when it changed meanwhile.
    private func attemptReading(
        _ file: borrowing Descriptor, _ job: FileJob, attempt: Int
    ) throws(HostFailure) -> FileOutcome? {
        let time = hooks.now()
        let status = try file.status()
        guard status.kind == .regular else { return .gone }
        let identity = FileIdentity(status)
        var record = ScanCacheRecord()
        record.path = job.path
        record.identity = identity
        record.readInScan = scan
        if identity.isRacy(readAt: time) { record.flags.insert(.isRacy) }

        let owner = ownership.entry(of: job.path)
        let asksForMD5 = owner?.digest?.algorithm == .md5
        let knowsMD5 = job.known?.md5.isEmpty == false
        let place = FilePlace(path: job.path)
        var content = try reader.read(
            file, size: status.size, place: place, computesMD5: asksForMD5 && !knowsMD5)
        guard var digests = content.digests else { return .record(record) }
        if asksForMD5, knowsMD5 {
            if let known = job.known, known.sha256 == digests.sha256 {
                digests.md5 = known.md5
            } else {
                content = try reader.read(file, size: status.size, place: place, computesMD5: true)
                digests = content.digests ?? digests
            }
        }
        hooks.afterReading?(job.path, attempt)
        guard content.isComplete, FileIdentity(try file.status()) == identity else { return nil }
        // Asked where the kernel says that there is one, so that no other file costs a system call.
        let verity = status.hasVerity ? VerityDigest.measured(file) : nil
        if status.hasVerity, verity == nil { record.flags.insert(.isUnmeasured) }
        describe(&record, status, content, digests, verity, owner)
        return .record(record)
    }

    private func describe(
        _ record: inout ScanCacheRecord, _ status: FileStatus, _ content: FileReader.Content,
        _ digests: ContentDigests, _ verity: VerityDigest?, _ owner: PackageFileIndex.Entry?
    ) {
        let isELF = if case .elf = content.verdict { true } else { false }
        if isELF, content.elf == nil || content.elf?.failure != nil { record.flags.insert(.isMalformed) }
        var entry = FileEntry(
            path: String(decoding: record.path, as: UTF8.self), kind: kind(of: content), size: status.size,
            mode: String(status.mode & 0o7777, radix: 8), uid: status.uid, digest: ContentDigest(bytes: digests.sha256))
        if String(validating: record.path, as: UTF8.self) == nil {
            entry.pathBytes = Data(record.path).base64EncodedString()
        }
        if !digests.sha512.isEmpty { entry.sha512 = Hex.string(digests.sha512) }
        entry.verity = verity?.description
        entry.buildID = content.elf?.buildID
        if let needed = content.elf?.needed, !needed.isEmpty { entry.needed = needed }
        entry.interpreter = content.elf?.interpreter
        if case .script(let interpreter) = content.verdict { entry.interpreter = interpreter }
        // The digest that the manifest is compared with was computed, so there always is an answer.
        let answer = ownership.answer(owner, digests: digests) ?? FileOwnership.Answer()
        record.fill(entry, digests: digests, answer: answer)
    }

    private func kind(of content: FileReader.Content) -> FileEntry.Kind {
        switch content.verdict {
        case .kind(let kind), .elf(.some(let kind)): return kind
        case .script: return .script
        case .uninteresting: return .object
        case .elf(nil):
            guard let elf = content.elf else { return .object }
            if elf.isProgram { return .executable }
            return elf.type == .shared ? .library : .object
        }
    }

    private func outcome(ofError number: Int32, _ path: [UInt8]) -> FileOutcome {
        switch number {
        // Replaced by a link, a socket or a device without driver since the walk.
        case ELOOP, ENXIO, ENODEV: .gone
        default: FileScan.gap(path, errorNumber: number).map { .unread($0) } ?? .gone
        }
    }
}

extension ScanCacheRecord {
    /// Takes over what is reported of the file.
    mutating func fill(_ entry: FileEntry, digests: ContentDigests, answer: FileOwnership.Answer) {
        var entry = entry
        entry.package = answer.package
        entry.manifest = answer.manifest
        flags.insert(.isReported)
        sha256 = digests.sha256
        md5 = digests.md5
        if !md5.isEmpty { flags.insert(.hasMD5) }
        owner = answer.fingerprint
        // Strings, integers and arrays of them always have a JSON form.
        line = (try? CanonicalJSON.encode(entry)) ?? []
    }
}

internal import AssayBytes
internal import AssayHost
internal import AssayModel

/// The previous scan's cache and the next one's, side by side during a scan.
final class ScanCacheSession {
    /// What the cache says of a file.
    enum Answer {
        /// It is what it was; this is what was known, brought up to date.
        case unchanged(ScanCacheRecord)
        /// It is to be read; the digests are those of the previous scan, for comparison.
        case read(known: ContentDigests?)
    }

    /// Number of this scan.
    let scan: UInt32
    /// Number of regular files of the previous scan; nil without one.
    let expectedFiles: Int?

    private let period: UInt32
    private let reader: ScanCacheReader?
    private let writer: ScanCacheWriter?
    private var notices: [String] = []

    /// Opens the caches that the options name; a scan without any is possible.
    init(_ options: FileScanOptions) {
        period = max(1, options.rehashPeriod)
        var notices: [String] = []
        let fingerprint: UInt32 = options.computesSHA512 ? 1 : 0
        reader = Self.openReader(options.cachePath, fingerprint: fingerprint, &notices)
        scan = (reader?.header.scan ?? 0) &+ 1
        expectedFiles = reader.map { Int(clamping: $0.header.files) }
        writer = Self.openWriter(
            options.cachePath, header: ScanCacheHeader(options: fingerprint, scan: scan), &notices)
        self.notices = notices
    }

    /// Looks a file up; paths must be asked for in ascending order.
    func look(up path: [UInt8], _ identity: FileIdentity, _ ownership: FileOwnership) -> Answer {
        guard let reader, reader.seek(path) else { return .read(known: nil) }
        var record = reader.current
        guard record.identity == identity, !record.flags.contains(.isRacy), !isDue(record) else {
            return .read(known: record.knownDigests)
        }
        guard record.flags.contains(.isReported) else { return .unchanged(record) }
        guard let answer = ownership.answer(ownership.entry(of: path), digests: record.digests) else {
            return .read(known: record.knownDigests)
        }
        if answer.fingerprint != record.owner {
            guard let entry = try? CanonicalJSON.decode(FileEntry.self, from: record.line) else {
                return .read(known: nil)
            }
            record.fill(entry, digests: record.digests, answer: answer)
        }
        return .unchanged(record)
    }

    /// Remembers a file for the next scan.
    func append(_ record: ScanCacheRecord) { writer?.append(record) }

    /// Puts the new cache in place and tells what was wrong with either.
    func finish(files: Int) -> [String] {
        reader?.drain()
        if let failure = reader?.failure {
            notices.append("the cache of the previous scan is damaged (\(failure)); files were read again")
        }
        writer?.finish(files: files)
        if let failure = writer?.failure {
            notices.append("the cache for the next scan could not be written: \(failure)")
        }
        return notices
    }

    /// Gives the new cache up.
    func abandon() { writer?.discard() }

    /// Whether it is the file's turn to be read although it looks unchanged.
    ///
    /// The share of each scan is chosen by path, so that it is even; no file is left out longer than the period even
    /// when the period itself was changed.
    private func isDue(_ record: ScanCacheRecord) -> Bool {
        guard scan &- record.readInScan < period else { return true }
        var hash = FowlerNollVo()
        hash.combine(record.path)
        return (UInt32(truncatingIfNeeded: hash.value >> 32) &+ scan) % period == 0
    }

    private static func openReader(
        _ path: String?, fingerprint: UInt32, _ notices: inout [String]
    ) -> ScanCacheReader? {
        guard let path else { return nil }
        do {
            guard let reader = try ScanCacheReader(path: path), reader.header.options == fingerprint else { return nil }
            return reader
        } catch {
            notices.append("the cache of the previous scan is not used: \(error)")
            return nil
        }
    }

    private static func openWriter(
        _ path: String?, header: ScanCacheHeader, _ notices: inout [String]
    ) -> ScanCacheWriter? {
        guard let path else { return nil }
        do {
            return try ScanCacheWriter(path: path, header: header)
        } catch {
            notices.append("the cache for the next scan cannot be written: \(error)")
            return nil
        }
    }
}

extension ScanCacheRecord {
    /// The digests of a reported file.
    var digests: ContentDigests { ContentDigests(sha256: sha256, md5: md5) }
    /// The digests, or nil when the file was not reported.
    var knownDigests: ContentDigests? { flags.contains(.isReported) ? digests : nil }
}

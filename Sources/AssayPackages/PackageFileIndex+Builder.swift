extension PackageFileIndex {
    /// Collects the paths of package after package.
    ///
    /// A manager that states paths and digests together calls ``add(_:digest:isConfiguration:)`` alone. One that keeps
    /// a list and a separate manifest adds the list first and then attaches the digests. Of several packages that own
    /// a path, the first one added that states a digest wins.
    package struct Builder {
        /// Most paths of all packages together; a real system has at most some hundred thousand.
        package static let pathLimit = 4_000_000

        /// More paths than most systems have.
        private static let usualPaths = 1 << 18

        private struct Diversion {
            var target: UInt64
            var owner: String
        }

        private var records: [Record] = []
        private var pool: [UInt64] = []
        private var purls: [String] = []
        private var packageName = ""
        private var runStart = 0
        private var runIsSorted = false
        private var diversions: [UInt64: Diversion] = [:]
        private let aliases: PathAliases

        /// A builder for the tree whose merged directories are `aliases`.
        init(aliases: PathAliases) {
            self.aliases = aliases
            // Room that is never touched is never resident, whereas growing leaves copies behind in the heap.
            records.reserveCapacity(Self.usualPaths)
            pool.reserveCapacity(2 * Self.usualPaths)
        }

        /// Whether the limit was reached and paths are no longer taken.
        package var isFull: Bool { records.count >= Self.pathLimit }

        /// Makes every package but `owner` own `target` where it lists `path` (dpkg-divert(1)).
        package mutating func divert(_ path: String, to target: String, owner: String) {
            diversions[key(of: path)] = Diversion(target: key(of: target), owner: owner)
        }

        /// Starts the next package.
        package mutating func beginPackage(purl: String, name: String) {
            closeRun()
            purls.append(purl)
            packageName = name
        }

        /// Adds a path of the current package, as absolute path bytes.
        package mutating func add(
            _ path: Span<UInt8>, digest: ManifestDigest? = nil, isConfiguration: Bool = false
        ) {
            guard !isFull, !purls.isEmpty else { return }
            let package = UInt32(truncatingIfNeeded: purls.count - 1)
            records.append(
                Record(
                    key: ownKey(of: path), package: isConfiguration ? package | configurationBit : package,
                    digest: digest.map { store($0) } ?? 0))
            runIsSorted = false
        }

        /// States the digest of a path that the current package already owns; any other path is ignored, because a
        /// manifest still names what another package has taken over.
        package mutating func attach(_ digest: ManifestDigest, to path: Span<UInt8>, isConfiguration: Bool = false) {
            sortRun()
            let key = ownKey(of: path)
            let index = records.firstIndex(ofKey: key, in: runStart..<records.count)
            guard index < records.count, records[index].key == key, records[index].digest == 0 else { return }
            records[index].digest = store(digest)
            if isConfiguration { records[index].package |= configurationBit }
        }

        /// The finished index.
        package consuming func finish() -> PackageFileIndex {
            closeRun()
            Self.sort(&records, from: 0)
            return PackageFileIndex(records: records, pool: pool, purls: purls, aliases: aliases)
        }

        private func key(of path: String) -> UInt64 {
            var path = path
            return path.withUTF8 { aliases.key(of: UnsafeRawBufferPointer($0)) }
        }

        private func ownKey(of path: Span<UInt8>) -> UInt64 {
            let key = path.withUnsafeBytes { aliases.key(of: $0) }
            guard !diversions.isEmpty, let diversion = diversions[key], diversion.owner != packageName else {
                return key
            }
            return diversion.target
        }

        private mutating func store(_ digest: ManifestDigest) -> UInt32 {
            let first = UInt32(truncatingIfNeeded: pool.count)
            pool.append(digest.words.0)
            pool.append(digest.words.1)
            if digest.algorithm == .sha256 {
                pool.append(digest.words.2)
                pool.append(digest.words.3)
            }
            return first << 2 | digest.algorithm.rawValue
        }

        private mutating func sortRun() {
            guard !runIsSorted else { return }
            Self.sort(&records, from: runStart)
            runIsSorted = true
        }

        private mutating func closeRun() {
            sortRun()
            runStart = records.count
            runIsSorted = false
        }

        /// Sorts the records from `start` by key and leaves one of each key.
        private static func sort(_ records: inout [Record], from start: Int) {
            guard records.count > start + 1 else { return }
            let kept = records.withUnsafeMutableBufferPointer { all in
                var run = UnsafeMutableBufferPointer(rebasing: all[start...])
                run.sort { $0.precedes($1) }
                var last = 0
                for index in 1..<run.count where run[index].key != run[last].key {
                    last += 1
                    run[last] = run[index]
                }
                return start + last + 1
            }
            records.removeLast(records.count - kept)
        }
    }
}

extension PackageFileIndex.Record {
    /// Key order; of equal keys the one with a digest first, then the package that was added first.
    fileprivate func precedes(_ other: Self) -> Bool {
        if key != other.key { return key < other.key }
        if (digest == 0) != (other.digest == 0) { return other.digest == 0 }
        let mask = ~PackageFileIndex.configurationBit
        return package & mask < other.package & mask
    }
}

extension [PackageFileIndex.Record] {
    /// First index of the sorted `range` whose key is not below `key`.
    func firstIndex(ofKey key: UInt64, in range: Range<Int>) -> Int {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = low + (high - low) / 2
            if self[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

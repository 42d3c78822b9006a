import AssayHost
import AssayModel
import AssayPackages
import AssayTestKit
import FoundationEssentials
import Glibc
import Testing

@testable import AssayFiles

/// The scan with a cache: it must say what a scan without one says, with less reading.
@Suite struct FileScanCacheTests {
    private static func sampleTree() throws -> ScanTree {
        try ScanTree([
            "/bin/a": .bytes(ELFSample(needed: ["libc.so.6"], buildID: [1, 2, 3, 4]).bytes),
            "/bin/run": "#!/bin/sh\n", "/doc/text": "text", "/doc/other": "other", "/lib/firmware/blob": "blob",
            "/z/broken": .bytes(Array(ELFSample(needed: ["libc.so.6"]).bytes.prefix(100))),
        ])
    }

    @Test func anUnchangedTreeIsNotOpened() throws {
        let tree = try Self.sampleTree()
        let first = try tree.scan()
        #expect(first.result.filesHashed == 4)
        let opened = Counter()
        tree.options.hooks.beforeOpening = { _ in opened.increment() }
        let second = try tree.scan()
        #expect(opened.value == 0)
        #expect(second == first.withoutHashing())
        #expect(try tree.scan() == second)
    }

    @Test("a FIFO named as cache neither stops the scan nor is replaced", .timeLimit(.minutes(1)))
    func aFIFOIsNoCache() throws {
        let tree = try Self.sampleTree()
        let folder = try HostTree([:])
        let path = folder.path + "/cache"
        #expect(mkfifo(path, 0o600) == 0)
        #expect(throws: HostFailure(.wrongType, path: path)) { try ScanCacheReader(path: path) }
        tree.options.cachePath = path
        #expect(try tree.scan().result.notices.count == 2)
        var status = stat()
        #expect(lstat(path, &status) == 0)
        #expect(status.st_mode & S_IFMT == S_IFIFO)
    }

    @Test(
        "any change of content, size, name or mode is seen",
        arguments: ["content", "append", "rename", "mode", "add", "remove", "touch", "replace"])
    func changesAreSeen(_ change: String) throws {
        let tree = try Self.sampleTree()
        let first = try tree.scan()
        let path = tree.path("/bin/run")
        switch change {
        case "content": try tree.tree.set("/bin/run", "#!/bin/sx\n")
        case "append": try tree.tree.set("/bin/run", "#!/bin/sh\nexit\n")
        case "rename": #expect(rename(path, tree.path("/bin/walk")) == 0)
        case "mode": #expect(chmod(path, 0o4711) == 0)
        case "add": try tree.tree.set("/bin/new", "#!/bin/sh\n")
        case "remove": try tree.tree.remove("/bin/run")
        case "replace":
            try tree.tree.set("/bin/other", "#!/bin/sx\n")
            #expect(rename(tree.path("/bin/other"), path) == 0)
        default: #expect(utimes(path, nil) == 0)
        }
        let second = try tree.scan()
        #expect(second.lines == (try tree.freshScan()).lines)
        #expect((second.lines == first.lines) == (change == "touch"))
        #expect(second.result.filesHashed == (change == "remove" ? 0 : 1))
    }

    @Test("a file as new as its reading is read again, and believed only then")
    func racilyCleanFilesAreReadAgain() throws {
        let tree = try Self.sampleTree()
        tree.options.hooks.now = { ScanTree.wallClock() }
        #expect(try tree.scan().result.filesHashed == 4)
        #expect(try tree.scan().result.filesHashed == 4)
        tree.options.hooks.now = { ScanTree.wallClock() &+ 10_000_000_000 }
        #expect(try tree.scan().result.filesHashed == 4)
        #expect(try tree.scan().result.filesHashed == 0)
    }

    @Test("the same size and times with other content: what racing writes leave behind")
    func contentThatChangedInTheSameTickIsFound() throws {
        let tree = try Self.sampleTree()
        tree.options.hooks.now = { ScanTree.wallClock() }
        _ = try tree.scan()
        // What the cache says of identity is made to fit the new content: the flag alone can tell.
        try tree.tree.set("/bin/run", "#!/bin/sx\n")
        try CacheEditor.rewrite(tree.cachePath) { record in
            guard record.path == Array("/bin/run".utf8) else { return }
            var failure: Int32 = 0
            guard let status = FileStatus(of: tree.path("/bin/run"), in: AT_FDCWD, errorNumber: &failure) else {
                return
            }
            record.identity = FileIdentity(status)
        }
        #expect(try tree.scan().lines == tree.freshScan().lines)
    }

    @Test func aClockThatIsSetBackChangesNothing() throws {
        let tree = try Self.sampleTree()
        let first = try tree.scan()
        let now = ScanTree.wallClock()
        tree.options.hooks.now = { now &- 1_000_000_000_000_000 }
        #expect(try tree.scan() == first.withoutHashing())
        // Files changed under the wrong clock are from its future: they stay suspect.
        try tree.tree.set("/bin/run", "#!/bin/sx\n")
        #expect(try tree.scan().result.filesHashed == 1)
        #expect(try tree.scan().result.filesHashed == 1)
    }

    @Test("every file is read again once in each period", arguments: [1, 2, 5] as [UInt32])
    func everyFileHasItsTurn(_ period: UInt32) throws {
        var nodes: [String: HostTree.Node] = [:]
        for index in 0..<60 { nodes["/f\(index)"] = "#!/bin/sh\n" }
        let tree = try ScanTree(nodes)
        tree.options.rehashPeriod = period
        _ = try tree.scan()
        var hashed: [Int] = []
        for _ in 0..<(2 * period) { hashed.append(try tree.scan().result.filesHashed) }
        #expect(hashed.prefix(Int(period)).reduce(0, +) == 60)
        #expect(hashed.suffix(Int(period)).reduce(0, +) == 60)
        #expect(hashed.allSatisfy { $0 > 0 })
    }

    @Test("a change that left no trace is found within the period") func hiddenChangesAreFound() throws {
        let tree = try Self.sampleTree()
        tree.options.rehashPeriod = 4
        _ = try tree.scan()
        try tree.tree.set("/bin/run", "#!/bin/sx\n")
        try CacheEditor.rewrite(tree.cachePath) { record in
            guard record.path == Array("/bin/run".utf8) else { return }
            var failure: Int32 = 0
            guard let status = FileStatus(of: tree.path("/bin/run"), in: AT_FDCWD, errorNumber: &failure) else {
                return
            }
            record.identity = FileIdentity(status)
        }
        let truth = try tree.freshScan().lines
        var wasFound = false
        for _ in 0..<4 where !wasFound { wasFound = try tree.scan().lines == truth }
        #expect(wasFound)
    }

    @Test("a cache damaged anywhere gives what a fresh scan gives") func damageIsHarmless() throws {
        let tree = try Self.sampleTree()
        let first = try tree.scan()
        let cache = [UInt8](try Data(contentsOf: URL(filePath: tree.cachePath)))
        for position in cache.indices {
            var damaged = cache
            damaged[position] ^= 1 << (position % 8)
            try Data(damaged).write(to: URL(filePath: tree.cachePath))
            let outcome = try tree.scan()
            #expect(outcome.lines == first.lines, "byte \(position)")
            #expect(outcome.result.gaps == first.result.gaps, "byte \(position)")
            #expect(!outcome.result.notices.isEmpty || outcome.result.filesHashed == 0, "byte \(position)")
        }
    }

    @Test func aCutCacheGivesWhatAFreshScanGives() throws {
        let tree = try Self.sampleTree()
        let first = try tree.scan()
        let cache = [UInt8](try Data(contentsOf: URL(filePath: tree.cachePath)))
        for count in 0..<cache.count {
            try Data(cache.prefix(count)).write(to: URL(filePath: tree.cachePath))
            let outcome = try tree.scan()
            #expect(outcome.lines == first.lines, "\(count) bytes")
            #expect(outcome.result.notices.count == 1, "\(count) bytes")
        }
        // And the cache is whole again afterwards.
        #expect(try tree.scan() == first.withoutHashing())
    }

    @Test func aCacheThatCannotBeWrittenIsANotice() throws {
        let tree = try Self.sampleTree()
        let first = try tree.scan()
        tree.options.cachePath = tree.state.path + "/none/files.cache"
        let outcome = try tree.scan()
        #expect(outcome.lines == first.lines)
        #expect(outcome.result.notices.count == 1)
        #expect(outcome.result.notices.first?.contains("/none/files.cache.new") == true)
    }

    @Test func aScanThatRunsAtTheSameTimeKeepsItsCache() throws {
        let tree = try Self.sampleTree()
        let other = open(tree.cachePath + ".new", O_CREAT | O_WRONLY, 0o600)
        defer { close(other) }
        #expect(flock(other, LOCK_EX) == 0)
        let outcome = try tree.scan()
        #expect(outcome.lines.count == 4)
        #expect(outcome.result.notices.count == 1)
        #expect(access(tree.cachePath, F_OK) != 0)
    }
}

/// Rewrites records of a cache with right checksums, as no accident could.
enum CacheEditor {
    static func rewrite(_ path: String, _ edit: (inout ScanCacheRecord) -> Void) throws {
        let reader = try #require(try ScanCacheReader(path: path))
        let writer = try ScanCacheWriter(
            path: path, header: ScanCacheHeader(options: reader.header.options, scan: reader.header.scan))
        while reader.advance() {
            var record = reader.current
            edit(&record)
            writer.append(record)
        }
        writer.finish(files: Int(reader.header.files))
        #expect(writer.failure == nil)
    }
}

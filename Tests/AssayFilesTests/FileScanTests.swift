import AssayHost
import AssayModel
import AssayTestKit
import FoundationEssentials
import Glibc
import Testing

@testable import AssayFiles

@Suite struct FileScanTests {
    private static let script = HostTree.Node.text("#!/bin/sh\n")

    @Test func reportsWhatDecidesAndNothingElse() throws {
        let sample = ELFSample(interpreter: "/lib/ld.so", needed: ["libc.so.6"], buildID: [1, 2, 3, 4])
        let tree = try ScanTree([
            "/usr/bin/tool": .bytes(sample.bytes), "/usr/bin/run": Self.script, "/usr/share/text": "no",
            "/lib/firmware/x.bin": "blob", "/empty": "",
        ])
        #expect(chmod(tree.path("/usr/bin/tool"), 0o4755) == 0)
        let outcome = try tree.scan()
        #expect(outcome.entries.map(\.path) == ["/lib/firmware/x.bin", "/usr/bin/run", "/usr/bin/tool"])
        let tool = try #require(outcome.entry("/usr/bin/tool"))
        #expect(tool.kind == .executable)
        #expect(tool.mode == "4755")
        #expect(tool.uid == geteuid())
        #expect(tool.size == Int64(sample.bytes.count))
        #expect(tool.buildID == "01020304")
        #expect(tool.needed == ["libc.so.6"])
        #expect(tool.interpreter == "/lib/ld.so")
        #expect(tool.digest == ContentDigest.sha256(of: sample.bytes))
        #expect(tool.package == nil)
        #expect(tool.manifest == nil)
        #expect(outcome.result.gaps.isEmpty)
        #expect(outcome.result.filesSeen == 5)
        #expect(outcome.result.filesReported == 3)
        #expect(outcome.result.filesHashed == 3)
    }

    @Test("paths come in the order of their bytes, whatever the directories")
    func keepsByteOrder() throws {
        var nodes: [String: HostTree.Node] = [:]
        for name in ["a", "a-b", "a.b", "a/x", "a0", "ab/c", "ab", "z/y/x", "z/y-", "z/y.d/1", "Z", "é/ü", "a b/c"] {
            nodes["/" + name + (name.contains("/") ? "" : ".f")] = Self.script
        }
        for index in 0..<300 { nodes["/many/f\(index)"] = Self.script }
        let tree = try ScanTree(nodes)
        let whole = try tree.scan()
        #expect(whole.paths.count == nodes.count)
        #expect(whole.paths == whole.paths.sorted { $0.lexicographicallyPrecedes($1) })
        // The same when a directory does not fit into one batch.
        tree.options.hooks.batchLimit = 7
        #expect(try tree.freshScan().lines == whole.lines)
    }

    @Test func keepsNamesThatAreNotUTF8() throws {
        let tree = try ScanTree()
        let bytes: [UInt8] = Array(tree.path("/bad-").utf8) + [0xff, 0xfe]
        let number = open((bytes + [0]).map { CChar(bitPattern: $0) }, O_CREAT | O_WRONLY, 0o644)
        #expect(number >= 0)
        #expect(write(number, "#!/bin/sh\n", 10) == 10)
        close(number)
        let outcome = try tree.scan()
        #expect(outcome.paths == [Array("/bad-".utf8) + [0xff, 0xfe]])
        let entry = try #require(outcome.entries.first)
        #expect(entry.pathBytes == Data(Array("/bad-".utf8) + [0xff, 0xfe]).base64EncodedString())
        #expect(entry.path == "/bad-\u{fffd}\u{fffd}")
        #expect(try tree.scan().lines == outcome.lines)
    }

    @Test func followsNoLinkAndOpensNoSpecialFile() throws {
        let tree = try ScanTree([
            "/real/run": Self.script, "/loop": .link("."), "/real/up": .link(".."), "/out": .link("/usr/bin"),
            "/file": .link("real/run"),
        ])
        #expect(mkfifo(tree.path("/fifo"), 0o600) == 0)
        #expect(try tree.scan().entries.map(\.path) == ["/real/run"])
    }

    @Test func vanishedFilesAreNoGap() throws {
        let tree = try ScanTree(["/a": Self.script, "/b": Self.script, "/c": Self.script])
        let path = tree.path("/b")
        tree.options.hooks.beforeOpening = { if $0 == Array("/b".utf8) { unlink(path) } }
        let outcome = try tree.scan()
        #expect(outcome.entries.map(\.path) == ["/a", "/c"])
        #expect(outcome.result.gaps.isEmpty)
    }

    @Test("a file replaced by a FIFO or a link after the walk is left alone")
    func replacedFilesAreLeftAlone() throws {
        let tree = try ScanTree(["/a": Self.script, "/b": Self.script])
        let (first, second) = (tree.path("/a"), tree.path("/b"))
        tree.options.hooks.beforeOpening = { path in
            if path == Array("/a".utf8) {
                unlink(first)
                mkfifo(first, 0o600)
            } else {
                unlink(second)
                symlink("/bin/sh", second)
            }
        }
        let outcome = try tree.scan()
        #expect(outcome.lines.isEmpty)
        #expect(outcome.result.gaps.isEmpty)
    }

    @Test func aFileThatChangesIsReadAgain() throws {
        let tree = try ScanTree(["/run": Self.script])
        let path = tree.path("/run")
        tree.options.hooks.afterReading = { _, attempt in
            guard attempt < 3 else { return }
            try? Data("#!/bin/sh\n# version \(attempt)\n".utf8).write(to: URL(filePath: path))
        }
        let entry = try #require(try tree.scan().entry("/run"))
        #expect(entry.digest == ContentDigest.sha256(of: Array("#!/bin/sh\n# version 2\n".utf8)))
    }

    @Test func aFileThatKeepsChangingIsAGap() throws {
        let tree = try ScanTree(["/run": Self.script, "/still": Self.script])
        let path = tree.path("/run")
        tree.options.hooks.afterReading = { name, attempt in
            guard name == Array("/run".utf8) else { return }
            try? Data("#!/bin/sh\n# version \(attempt)\n".utf8).write(to: URL(filePath: path))
        }
        let outcome = try tree.scan()
        #expect(outcome.entries.map(\.path) == ["/still"])
        #expect(outcome.result.gaps.map(\.kind) == [.ioError])
        #expect(outcome.result.gaps.map(\.path) == ["/run"])
    }

    @Test func aFileThatShrinksWhileBeingReadIsReadAgain() throws {
        let long = "#!/bin/sh\n" + String(repeating: "x", count: 400_000)
        let tree = try ScanTree(["/run": .text(long)])
        let path = tree.path("/run")
        tree.options.hooks.afterReading = { _, attempt in if attempt == 1 { truncate(path, 20) } }
        let entry = try #require(try tree.scan().entry("/run"))
        #expect(entry.size == 20)
        #expect(entry.digest == ContentDigest.sha256(of: Array(long.utf8.prefix(20))))
    }

    @Test(.enabled(if: geteuid() != 0, "root reads everything")) func unreadableThingsAreDenied() throws {
        let tree = try ScanTree(["/shut/run": Self.script, "/secret": Self.script, "/run": Self.script])
        #expect(chmod(tree.path("/shut"), 0) == 0)
        #expect(chmod(tree.path("/secret"), 0) == 0)
        defer { chmod(tree.path("/shut"), 0o700) }
        let outcome = try tree.scan()
        #expect(outcome.entries.map(\.path) == ["/run"])
        #expect(outcome.result.gaps.map(\.path) == ["/secret", "/shut"])
        #expect(outcome.result.gaps.allSatisfy { $0.kind == .denied && $0.detail.contains("CAP_DAC_READ_SEARCH") })
    }

    @Test func exclusionsAreReported() throws {
        let tree = try ScanTree([
            "/var/lib/us/a": Self.script, "/var/lib/us/b": Self.script, "/tmp/x.sh": Self.script,
            "/tmp/y.sh": Self.script, "/run": Self.script,
        ])
        tree.options.exclusions = [
            ExclusionRule("/var/lib/us", reason: "own state"), ExclusionRule("/tmp/*.sh"), ExclusionRule("/none/*"),
        ]
        let outcome = try tree.scan()
        #expect(outcome.entries.map(\.path) == ["/run"])
        #expect(outcome.result.gaps.map(\.path) == ["/tmp/*.sh", "/var/lib/us"])
        #expect(outcome.result.gaps.allSatisfy { $0.kind == .excluded })
        #expect(outcome.result.gaps[0].detail == "left out by configuration; 2 files and directories left out")
        #expect(outcome.result.gaps[1].detail == "own state; 1 file or directory left out")
        #expect(try tree.scan() == outcome.withoutHashing())
    }

    @Test func tooDeepAndTooLongAreGaps() throws {
        let tree = try ScanTree(["/a/b/c/d/e/run": Self.script, "/a/run": Self.script])
        tree.options.depthLimit = 4
        let outcome = try tree.scan()
        #expect(outcome.entries.map(\.path) == ["/a/run"])
        #expect(outcome.result.gaps.map(\.path) == ["/a/b/c/d"])
        #expect(outcome.result.gaps.map(\.kind) == [.tooLarge])
        tree.options.pathLimit = 8
        #expect(try tree.freshScan().result.gaps.map(\.path) == ["/a/b/c/d"])
        tree.options.pathLimit = 5
        #expect(try tree.freshScan().result.gaps.map(\.path) == ["/a/b/c", "/a/run"])
    }

    @Test("a tree deeper than any path that the kernel takes is walked to the limit") func survivesVeryDeepTrees()
        throws
    {
        let tree = try ScanTree(["/run": Self.script])
        var number = open(tree.tree.path, O_RDONLY | O_DIRECTORY)
        let name = String(repeating: "d", count: 200)
        for _ in 0..<400 {
            #expect(mkdirat(number, name, 0o700) == 0)
            let next = openat(number, name, O_RDONLY | O_DIRECTORY)
            close(number)
            number = next
        }
        close(number)
        defer { DeepTree.remove(tree.tree.path + "/" + name) }
        let outcome = try tree.scan()
        #expect(outcome.entries.map(\.path) == ["/run"])
        #expect(outcome.result.gaps.map(\.kind) == [.tooLarge])
    }

    @Test func gapsAreCountedBeyondTheLimit() throws {
        var nodes: [String: HostTree.Node] = [:]
        for index in 0..<9 { nodes["/d/\(index)/e/f"] = Self.script }
        let tree = try ScanTree(nodes)
        tree.options.depthLimit = 3
        tree.options.gapLimit = 4
        let gaps = try tree.scan().result.gaps
        #expect(gaps.count == 5)
        #expect(gaps[0] == Gap(probe: "files/scan", path: "/d", kind: gaps[1].kind, detail: "5 more of this kind"))
    }

    @Test func malformedELFIsHashedAndAGap() throws {
        let tree = try ScanTree(["/broken": .bytes(Array(ELFSample(needed: ["libc.so.6"]).bytes.prefix(200)))])
        let outcome = try tree.scan()
        #expect(outcome.entry("/broken")?.kind == .library)
        #expect(outcome.result.gaps.map(\.kind) == [.malformed])
        // The gap is not lost when the file is not read again.
        let again = try tree.scan()
        #expect(again.result.filesHashed == 0)
        #expect(again.result.gaps == outcome.result.gaps)
    }

    @Test func theSinkEndsTheScan() throws {
        struct Full: Error {}
        var nodes: [String: HostTree.Node] = [:]
        for index in 0..<200 { nodes["/f\(index)"] = Self.script }
        let tree = try ScanTree(nodes)
        var count = 0
        #expect(throws: Full.self) {
            try FileScan.run(root: tree.tree.root(), options: tree.options) { _, _ in
                count += 1
                if count == 50 { throw Full() }
            }
        }
        #expect(count == 50)
        #expect(try tree.state.root().list("/")?.isEmpty == true)
    }

    @Test func sha512ComesOnRequest() throws {
        let tree = try ScanTree(["/run": Self.script])
        #expect(try tree.scan().entry("/run")?.sha512 == nil)
        tree.options.computesSHA512 = true
        let outcome = try tree.scan()
        #expect(outcome.result.filesHashed == 1)
        #expect(outcome.entry("/run")?.sha512?.utf8.count == 128)
        #expect(try tree.scan().lines == outcome.lines)
    }

    @Test func progressCounts() throws {
        let tree = try ScanTree(["/run": Self.script, "/text": "text"])
        let progress = FileScanProgress()
        _ = try FileScan.run(root: tree.tree.root(), options: tree.options, progress: progress) { _, _ in }
        #expect(progress.filesSeen == 2)
        #expect(progress.filesHashed == 1)
        #expect(progress.bytesHashed == 10)
        let next = FileScanProgress()
        _ = try FileScan.run(root: tree.tree.root(), options: tree.options, progress: next) { _, _ in }
        #expect(next.filesExpected == 2)
    }

    @Test(
        "agrees with sha256sum about real programs",
        .enabled(if: Tool.isInstalled("sha256sum"), "sha256sum is not installed"))
    func agreesWithSha256sum() throws {
        let names = ["bash", "env", "sha256sum", "openssl", "ls"].filter { Tool.isInstalled($0) }
        let tree = try ScanTree()
        for name in names {
            try tree.tree.set("/" + name, .bytes([UInt8](Data(contentsOf: URL(filePath: "/usr/bin/" + name)))))
        }
        let text = try Tool.run("sha256sum", names.map { tree.path("/" + $0) })
        let expected = Dictionary(
            uniqueKeysWithValues: text.split(separator: "\n").map { line in
                ("/" + (line.split(separator: "/").last ?? ""), String(line.prefix(64)))
            })
        let outcome = try tree.scan()
        #expect(Dictionary(uniqueKeysWithValues: outcome.entries.map { ($0.path, $0.digest.hex) }) == expected)
    }
}

extension ScanTree.Outcome {
    /// The outcome of the same scan when nothing had to be read.
    func withoutHashing() -> Self {
        var copy = self
        (copy.result.filesHashed, copy.result.bytesHashed) = (0, 0)
        return copy
    }
}

/// Removes a tree whose paths are longer than the kernel takes.
enum DeepTree {
    static func remove(_ path: String) {
        // Each level is moved up beside its parent, so that no path grows.
        let slash = path.lastIndex(of: "/") ?? path.endIndex
        let (parent, name) = (String(path[..<slash]), String(path[slash...].dropFirst()))
        while true {
            let inner = parent + "/" + name + "/" + name
            let side = parent + "/moved"
            guard rename(inner, side) == 0 else { break }
            rmdir(parent + "/" + name)
            rename(side, parent + "/" + name)
        }
        rmdir(parent + "/" + name)
    }
}

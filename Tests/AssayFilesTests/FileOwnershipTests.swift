import AssayModel
import AssayPackages
import AssayTestKit
import Crypto
import FoundationEssentials
import Testing

@testable import AssayFiles

/// Owner and manifest state of scanned files, against a real dpkg database in the tree.
@Suite struct FileOwnershipTests {
    private static let content = "#!/bin/sh\nexit 0\n"

    private static func md5(_ text: String) -> String {
        Insecure.MD5.hash(data: Data(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func tree(version: String = "1.0", stated: String = content) throws -> ScanTree {
        let tree = try ScanTree([
            "/usr/bin/tool": .text(content), "/usr/bin/mute": .text(content), "/usr/bin/own": .text(content),
        ])
        try install(in: tree, version: version, stated: stated)
        return tree
    }

    private static func install(in tree: ScanTree, version: String, stated: String) throws {
        try tree.tree.set(
            "/var/lib/dpkg/status",
            .text("Package: tool\nStatus: install ok installed\nArchitecture: amd64\nVersion: \(version)\n\n"))
        try tree.tree.set("/var/lib/dpkg/info/tool.list", "/.\n/usr\n/usr/bin\n/usr/bin/tool\n/usr/bin/mute\n")
        try tree.tree.set("/var/lib/dpkg/info/tool.md5sums", .text("\(md5(stated))  usr/bin/tool\n"))
        tree.packages = PackageFileIndex.build(root: try tree.tree.root()).index
    }

    @Test func ownerAndManifestAreStated() throws {
        let outcome = try Self.tree().scan()
        let tool = try #require(outcome.entry("/usr/bin/tool"))
        #expect(tool.package?.hasPrefix("pkg:deb/") == true)
        #expect(tool.manifest == .matches)
        #expect(outcome.entry("/usr/bin/mute")?.package == tool.package)
        #expect(outcome.entry("/usr/bin/mute")?.manifest == .unstated)
        #expect(outcome.entry("/usr/bin/own")?.package == nil)
        #expect(outcome.entry("/usr/bin/own")?.manifest == nil)
        let modified = try Self.tree(stated: "other").scan()
        #expect(modified.entry("/usr/bin/tool")?.manifest == .modified)
    }

    @Test("what packages say of an unchanged file is brought up to date without reading it")
    func updatesNeedNoReading() throws {
        let tree = try Self.tree()
        let first = try tree.scan()
        #expect(first.result.filesHashed == 3)
        try Self.install(in: tree, version: "2.0", stated: "other")
        let second = try tree.scan()
        #expect(second.result.filesHashed == 0)
        #expect(second.entry("/usr/bin/tool")?.manifest == .modified)
        #expect(second.entry("/usr/bin/tool")?.package != first.entry("/usr/bin/tool")?.package)
        #expect(second.lines == (try tree.freshScan()).lines)
        tree.packages = .empty
        #expect(try tree.scan().entry("/usr/bin/tool")?.manifest == nil)
    }

    @Test("an edited configuration file is no modified one") func configurationMayDiffer() throws {
        let tree = try Self.tree()
        try tree.tree.set(
            "/var/lib/dpkg/status",
            .text(
                """
                Package: tool
                Status: install ok installed
                Architecture: amd64
                Version: 1.0
                Conffiles:
                 /usr/bin/mute \(Self.md5("as shipped"))

                """))
        tree.packages = PackageFileIndex.build(root: try tree.tree.root()).index
        #expect(try tree.scan().entry("/usr/bin/mute")?.manifest == .configured)
    }

    @Test("an MD5 that was never needed before is worth a reading, once") func newManifestsAreRead() throws {
        let tree = try Self.tree()
        let packages = tree.packages
        tree.packages = .empty
        #expect(try tree.scan().result.filesHashed == 3)
        tree.packages = packages
        let outcome = try tree.scan()
        #expect(outcome.result.filesHashed == 1)
        #expect(outcome.entry("/usr/bin/tool")?.manifest == .matches)
        #expect(try tree.scan().result.filesHashed == 0)
    }

    @Test("a file read again in its turn keeps its MD5, a changed one gets a new one") func rehashingKeepsTheState()
        throws
    {
        let tree = try Self.tree()
        tree.options.rehashPeriod = 1
        let first = try tree.scan()
        #expect(try tree.scan().lines == first.lines)
        try tree.tree.set("/usr/bin/tool", "#!/bin/sh\nexit 1\n")
        #expect(try tree.scan().entry("/usr/bin/tool")?.manifest == .modified)
        try Self.install(in: tree, version: "1.0", stated: "#!/bin/sh\nexit 1\n")
        #expect(try tree.scan().entry("/usr/bin/tool")?.manifest == .matches)
    }
}

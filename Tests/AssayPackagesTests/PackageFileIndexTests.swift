import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayPackages

@Suite struct PackageFileIndexTests {
    private static let zero = String(repeating: "0", count: 32)
    private static let ones = String(repeating: "1", count: 32)

    private static func package(_ name: String, _ more: String = "", state: String = "installed") -> String {
        "Package: \(name)\nStatus: install ok \(state)\nVersion: 1\n\(more)\n"
    }

    private static func index(_ nodes: [String: HostTree.Node]) throws -> (index: PackageFileIndex, gaps: [Gap]) {
        let tree = try HostTree(nodes)
        return try withExtendedLifetime(tree) { PackageFileIndex.build(root: try tree.root()) }
    }

    private static func owner(_ path: String, _ index: PackageFileIndex) -> String? {
        index.lookup(path).flatMap { index.purl(of: $0.package) }
    }

    @Test func findsOwnerAndDigest() throws {
        let (index, gaps) = try Self.index([
            "/var/lib/dpkg/status": .text(Self.package("a") + Self.package("b")),
            "/var/lib/dpkg/info/a.list":
                "/.\n/usr\n/usr/bin\n/usr/bin/a\n/usr/bin/link\n/usr/share\n/usr/share/empty\n",
            "/var/lib/dpkg/info/a.md5sums": .text("\(Self.ones)  usr/bin/a\n"),
            "/var/lib/dpkg/info/b.list": "/.\n/usr\n/usr/lib\n/usr/lib/name with blanks\n",
            "/var/lib/dpkg/info/b.md5sums": .text("\(Self.zero)  usr/lib/name with blanks\n\(Self.zero)  usr/bin/a\n"),
        ])
        #expect(gaps.isEmpty)
        #expect(Self.owner("/usr/bin/a", index) == "pkg:deb/a@1")
        #expect(index.lookup("/usr/bin/a")?.digest == ManifestDigest(.md5, bytes: [UInt8](repeating: 0x11, count: 16)))
        #expect(
            index.lookup("/usr/bin/link") == PackageFileIndex.Entry(package: 0, digest: nil, isConfiguration: false))
        #expect(Self.owner("/usr/lib/name with blanks", index) == "pkg:deb/b@1")
        #expect(index.lookup("/usr/bin/c") == nil)
        // Directories have no place in it, but one that looks empty cannot be told from a file.
        #expect(index.lookup("/usr/bin") == nil)
        #expect(index.lookup("/usr/share/empty") != nil)
        #expect(index.count == 4)
        #expect(index.purl(of: 2) == nil)
    }

    @Test("a merged /usr makes both spellings one path", arguments: [HostTree.Node.link("usr/lib"), .link("/usr/lib")])
    func knowsMergedDirectories(_ link: HostTree.Node) throws {
        let (index, _) = try Self.index([
            "/lib": link, "/usr/lib/x": "", "/usr/sbin": .link("bin"), "/usr/bin/y": "",
            "/var/lib/dpkg/status": .text(Self.package("a")),
            "/var/lib/dpkg/info/a.list": "/lib\n/lib/x\n/usr/sbin/y\n/library\n",
            "/var/lib/dpkg/info/a.md5sums": .text("\(Self.zero)  usr/lib/x\n"),
        ])
        for path in ["/lib/x", "/usr/lib/x", "/usr/bin/y", "/usr/sbin/y", "/library"] {
            #expect(index.lookup(path) != nil, "\(path)")
        }
        #expect(index.lookup("/usr/lib/x")?.digest != nil)
        #expect(index.lookup("/usr/library") == nil)
    }

    @Test func keepsSeparateDirectoriesApart() throws {
        let (index, _) = try Self.index([
            "/lib/x": "", "/usr/lib/x": "", "/var/lib/dpkg/status": .text(Self.package("a")),
            "/var/lib/dpkg/info/a.list": "/lib/x\n",
        ])
        #expect(index.lookup("/lib/x") != nil)
        #expect(index.lookup("/usr/lib/x") == nil)
    }

    @Test func readsConfigurationFiles() throws {
        let files = "Conffiles:\n /etc/a b \(Self.ones)\n /etc/old \(Self.zero) obsolete\n /etc/new newconffile\n"
        let (index, _) = try Self.index([
            "/var/lib/dpkg/status": .text(
                Self.package("a", files)
                    + Self.package("gone", "Conffiles:\n /etc/gone \(Self.ones)\n", state: "config-files")),
            "/var/lib/dpkg/info/a.list": "/etc\n/etc/a b\n/etc/old\n/etc/new\n/usr/x\n",
        ])
        #expect(index.lookup("/etc/a b")?.isConfiguration == true)
        #expect(index.lookup("/etc/a b")?.digest?.bytes == [UInt8](repeating: 0x11, count: 16))
        #expect(index.lookup("/etc/old")?.digest != nil)
        #expect(index.lookup("/etc/new")?.digest == nil)
        #expect(index.lookup("/usr/x")?.isConfiguration == false)
        #expect(Self.owner("/etc/gone", index) == "pkg:deb/gone@1")
    }

    @Test("a diverted file belongs to its package under the new name")
    func followsDiversions() throws {
        let (index, gaps) = try Self.index([
            "/var/lib/dpkg/status": .text(Self.package("a") + Self.package("b")),
            "/var/lib/dpkg/diversions": "/usr/bin/x\n/usr/bin/x.a\nb\n/usr/bin/y\n/usr/bin/y.moved\n:\nrest\n",
            "/var/lib/dpkg/info/a.list": "/usr/bin/x\n/usr/bin/y\n",
            "/var/lib/dpkg/info/a.md5sums": .text("\(Self.zero)  usr/bin/x\n"),
            "/var/lib/dpkg/info/b.list": "/usr/bin/x\n",
        ])
        #expect(Self.owner("/usr/bin/x", index) == "pkg:deb/b@1")
        #expect(Self.owner("/usr/bin/x.a", index) == "pkg:deb/a@1")
        #expect(index.lookup("/usr/bin/x.a")?.digest != nil)
        #expect(Self.owner("/usr/bin/y.moved", index) == "pkg:deb/a@1")
        #expect(index.lookup("/usr/bin/y") == nil)
        #expect(gaps.map(\.detail) == ["the last diversion is not complete"])
    }

    @Test func findsListsOfPackagesForSeveralArchitectures() throws {
        let same = "Multi-Arch: same\nArchitecture: "
        let (index, gaps) = try Self.index([
            "/var/lib/dpkg/status": .text(
                Self.package("a", same + "amd64\n") + Self.package("a", same + "i386\n")
                    + Self.package("none", "Architecture: all\n") + Self.package("too")),
            "/var/lib/dpkg/info/a:amd64.list": "/usr/lib/x86_64-linux-gnu/a\n/usr/share/doc/a\n",
            "/var/lib/dpkg/info/a:i386.list": "/usr/lib/i386-linux-gnu/a\n/usr/share/doc/a\n",
        ])
        #expect(Self.owner("/usr/lib/i386-linux-gnu/a", index) == "pkg:deb/a@1?arch=i386")
        #expect(Self.owner("/usr/share/doc/a", index) == "pkg:deb/a@1?arch=amd64")
        #expect(gaps.map(\.kind) == [.absent])
        #expect(gaps.map(\.detail) == ["2 packages have no file list, the first is none"])
    }

    @Test func survivesAHostileManifest() throws {
        let (index, gaps) = try Self.index([
            "/var/lib/dpkg/status": .text(Self.package("a") + Self.package("b")),
            "/var/lib/dpkg/info/a.list": "relative\n\n/\n/ok\n",
            "/var/lib/dpkg/info/a.md5sums": .text("zz\n\(Self.zero)  ok\n\(Self.zero)\n"),
            "/var/lib/dpkg/info/b.list": .link("/etc/passwd"),
        ])
        #expect(index.lookup("/ok")?.digest != nil)
        #expect(gaps.map(\.kind) == [.malformed, .malformed])
        #expect(gaps.map(\.path) == ["/var/lib/dpkg/info/a.md5sums", "/var/lib/dpkg/info/b.list"])
    }

    @Test func storesDigestsOfSeveralAlgorithms() {
        var builder = PackageFileIndex.Builder(aliases: PathAliases())
        let long = ManifestDigest(.sha256, bytes: 0..<32)
        builder.beginPackage(purl: "pkg:rpm/r@1", name: "r")
        builder.add(Array("/r".utf8).span, digest: long)
        builder.beginPackage(purl: "pkg:deb/d@1", name: "d")
        builder.add(Array("/d".utf8).span, digest: ManifestDigest(.md5, bytes: 0..<16))
        let index = builder.finish()
        #expect(index.lookup("/r")?.digest == long)
        #expect(index.lookup("/r")?.digest?.bytes == Array(0..<32))
        #expect(index.lookup("/d")?.digest?.bytes == Array(0..<16))
        #expect(index.lookup("/d")?.digest != index.lookup("/r")?.digest)
        #expect(ManifestDigest(.md5, bytes: 0..<15) == nil)
        #expect(PackageFileIndex.empty.lookup("/d") == nil)
    }
}

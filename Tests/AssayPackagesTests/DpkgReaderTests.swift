import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayPackages

@Suite struct DpkgReaderTests {
    private static let debian: HostTree.Node = "ID=debian\nVERSION_ID=\"12\"\n"

    private static func read(_ status: String) throws -> PackageInventory {
        let tree = try HostTree(["/var/lib/dpkg/status": .text(status), "/etc/os-release": debian])
        return DpkgReader().read(try tree.root())
    }

    @Test func readsWhatAPackageStates() throws {
        let inventory = try Self.read(
            """
            Package: libgcc-s1
            Status: install ok installed
            Maintainer: Some \tOne <one@example.org>
            Architecture: amd64
            Multi-Arch: same
            Source: gcc-12 (12.2.0-14)
            Version: 1:12.2.0-14+deb12u1
            Description: text
             Package: not a field
             .
            Conffiles:
             /etc/x 0123456789abcdef0123456789abcdef
            """)
        #expect(inventory.gaps.isEmpty)
        let package = try #require(inventory.packages.first)
        #expect(inventory.packages.count == 1)
        #expect(package.type == "deb")
        #expect(package.name == "libgcc-s1")
        #expect(package.version == "1:12.2.0-14+deb12u1")
        #expect(package.architecture == "amd64")
        #expect(package.source == "gcc-12")
        #expect(package.sourceVersion == "12.2.0-14")
        #expect(package.supplier == "Some One <one@example.org>")
        #expect(package.state == nil)
        #expect(package.database == "/var/lib/dpkg/status")
        #expect(
            package.purl == "pkg:deb/debian/libgcc-s1@1:12.2.0-14%2Bdeb12u1"
                + "?arch=amd64&distro=debian-12&upstream=gcc-12%4012.2.0-14")
    }

    @Test(
        "keeps states in which files are on the system",
        arguments: [
            ("install ok installed", true, nil), ("hold ok installed", true, nil), ("purge ok installed", true, nil),
            ("install ok half-configured", true, "half-configured"), ("install ok unpacked", true, "unpacked"),
            ("install ok triggers-awaited", true, "triggers-awaited"),
            ("install reinstreq half-installed", true, "half-installed reinstreq"),
            ("install reinstreq installed", true, "installed reinstreq"),
            ("deinstall ok config-files", false, nil), ("purge ok not-installed", false, nil),
            ("install ok nonsense", false, nil),
        ] as [(String, Bool, String?)])
    func keepsStates(_ status: String, _ isKept: Bool, _ state: String?) throws {
        let inventory = try Self.read("Package: a\nStatus: \(status)\nVersion: 1\n")
        #expect(inventory.packages.map(\.state) == (isKept ? [state] : []))
    }

    @Test(
        "skips a bad paragraph, says why, keeps the others",
        arguments: [
            ("Status: install ok installed\nVersion: 1", "has no Package"),
            ("Package:\nStatus: install ok installed\nVersion: 1", "has no Package"),
            ("Package: b\nStatus: install ok installed", "has no Version"),
            ("Package: b\nVersion: 1", "has no Status"),
            ("Package: ../../etc/b\nStatus: install ok installed\nVersion: 1", "has an illegal package name"),
            ("Package: b\nArchitecture: ../x\nStatus: install ok installed\nVersion: 1", "has an illegal architecture"),
        ])
    func skipsBadParagraphs(_ paragraph: String, _ reason: String) throws {
        let good = "Package: NAME\nStatus: install ok installed\nVersion: 1\n\n"
        let inventory = try Self.read(
            good.replacing("NAME", with: "a") + paragraph + "\n\n" + good.replacing("NAME", with: "c"))
        #expect(inventory.packages.map(\.name) == ["a", "c"])
        #expect(inventory.gaps.map(\.kind) == [.malformed])
        #expect(inventory.gaps.map(\.detail) == ["paragraph at line 5 \(reason) and was skipped"])
    }

    @Test(
        "keeps a paragraph that is damaged but usable",
        arguments: [
            ("no field at all", "line 4 is no field"), ("Version: 2", "line 4 repeats a field"),
        ])
    func keepsDamagedParagraphs(_ line: String, _ fault: String) throws {
        let inventory = try Self.read("Package: a\nStatus: install ok installed\nVersion: 1\n\(line)\n")
        #expect(inventory.packages.map(\.version) == ["1"])
        #expect(inventory.gaps.map(\.detail) == ["paragraph at line 1: \(fault)"])
    }

    @Test func boundsAHugeField() throws {
        let huge = String(repeating: "x", count: 300_000)
        let inventory = try Self.read(
            "Package: a\nDescription: \(huge)\n \(huge)\n"
                + "Status: install ok installed\nVersion: 1\nMaintainer: \(huge)\n"
        )
        #expect(inventory.packages.map(\.name) == ["a"])
        #expect(inventory.packages.map(\.supplier) == [nil])
        #expect(inventory.gaps.map(\.detail) == ["paragraph at line 1: line 6 is longer than 65536 bytes"])
    }

    @Test func boundsTheNumberOfGaps() throws {
        let inventory = try Self.read(String(repeating: "Package: b\nVersion: 1\n\n", count: 5000))
        #expect(inventory.gaps.count == 33)
        #expect(inventory.gaps.last?.detail == "4968 more of this kind")
    }

    @Test func boundsTheNumberOfPackages() throws {
        let status = ["a", "b", "c", "d"].map { "Package: \($0)\nStatus: install ok installed\nVersion: 1\n\n" }
        let tree = try HostTree(["/var/lib/dpkg/status": .text(status.joined())])
        let inventory = DpkgReader(packageLimit: 2).read(try tree.root())
        #expect(inventory.packages.map(\.name) == ["a", "b"])
        #expect(inventory.gaps.map(\.kind) == [.tooLarge])
    }

    @Test func reportsAPackageThatIsListedTwice() throws {
        let inventory = try Self.read(
            String(repeating: "Package: a\nStatus: install ok installed\nVersion: 1\n\n", count: 2))
        #expect(inventory.packages.count == 1)
        #expect(inventory.gaps.map(\.detail) == ["pkg:deb/debian/a@1?distro=debian-12 is listed twice, last at line 5"])
    }

    @Test func readsImagesWithoutAPackageManager() throws {
        let tree = try HostTree([
            "/var/lib/dpkg/status.d/tzdata": "Package: tzdata\nVersion: 2024a\nArchitecture: all\n",
            "/var/lib/dpkg/status.d/base": "Package: base-files\nVersion: 12\n",
            "/var/lib/dpkg/status.d/base.md5sums": "0123456789abcdef0123456789abcdef  usr/lib/os-release\n",
        ])
        let inventory = DpkgReader().read(try tree.root())
        #expect(inventory.gaps.isEmpty)
        #expect(inventory.packages.map(\.purl) == ["pkg:deb/base-files@12", "pkg:deb/tzdata@2024a?arch=all"])
        #expect(inventory.packages.map(\.database).first == "/var/lib/dpkg/status.d/base")
    }

    @Test func findsNothingWhereThereIsNoDatabase() throws {
        let tree = try HostTree()
        #expect(DpkgReader().read(try tree.root()) == PackageInventory())
    }

    @Test func refusesWhatIsNoFile() throws {
        let tree = try HostTree(["/var/lib/dpkg/status": .directory, "/var/lib/dpkg/status.d": "text"])
        let inventory = DpkgReader().read(try tree.root())
        #expect(inventory.packages.isEmpty)
        #expect(inventory.gaps.map(\.kind) == [.malformed])
    }

    @Test func survivesAnything() {
        let input = Array(
            """
            Package: a
            Status: install ok installed
            Source: b (2)
            Conffiles:
             /x 0123456789abcdef0123456789abcdef obsolete
            Version: 1


            """
            .utf8)
        let parse = { (bytes: RawSpan) in
            var scanner = LineScanner()
            var parser = DpkgStatusParser(keepsConfigurationFiles: true)
            scanner.scan(bytes) { line, isWhole in _ = parser.take(line, isWhole: isWhole)?.state }
            _ = parser.finish()?.sourcePackage
        }
        ParserTester.truncations(of: input, parse)
        ParserTester.mutations(of: input, parse)
    }
}

@Suite("dpkg against dpkg-query's own lists", .enabled(if: Corpus.isAvailable)) struct DpkgCorpusTests {
    /// One line of an oracle: name, version, architecture, source, source version, and whether it counts as installed.
    private struct Expected: Hashable, CustomStringConvertible {
        var words: [String]
        var description: String { words.joined(separator: " ") }
    }

    /// The installed packages of a list by dpkg-query.
    private static func installed(_ list: String) -> [String] {
        list.split(separator: "\n").filter { $0.first != "#" && $0.hasSuffix("ok installed") }.map { line in
            // An absent architecture leaves two blanks.
            line.split(separator: " ", omittingEmptySubsequences: false).prefix(5).joined(separator: " ")
        }.sorted()
    }

    private static func found(_ inventory: PackageInventory) -> [String] {
        inventory.packages.filter { $0.state == nil }.map { package in
            let source = package.source ?? package.name
            return [
                package.name, package.version, package.architecture ?? "", source,
                package.sourceVersion ?? package.version,
            ].joined(separator: " ")
        }.sorted()
    }

    @Test(arguments: [
        "claircore-debian-only.status", "scalibr-statusfield", "scalibr-transitional", "scalibr-transitional_empty",
        "scalibr-valid", "syft-status.d-coreutils-relationships", "syft-status.d-deinstall", "syft-status.d-single",
    ])
    func agreesWithDpkgQuery(_ name: String) throws {
        let tree = try HostTree(["/var/lib/dpkg/status": .bytes(try Corpus.bytes("packages/dpkg/" + name))])
        let inventory = DpkgReader().read(try tree.root())
        let expected = Self.installed(try Corpus.text("packages/dpkg/\(name).expected.txt"))
        #expect(!expected.isEmpty)
        #expect(Self.found(inventory) == expected)
    }

    @Test(arguments: ["trivy-valid", "trivy-only-apt", "trivy-md5sums"])
    func agreesWithArchives(_ name: String) throws {
        let tree = try HostTree(try TextArchive(Corpus.text("packages/dpkg/\(name).txtar")).nodes)
        let inventory = DpkgReader().read(try tree.root())
        let expected = Self.installed(try Corpus.text("packages/dpkg/\(name).expected.txt"))
        #expect(!expected.isEmpty)
        #expect(Self.found(inventory) == expected)
    }

    @Test func ownsTheFilesOfAManifest() throws {
        let archive = TextArchive(try Corpus.text("packages/dpkg/trivy-md5sums.txtar"))
        let tree = try HostTree(archive.nodes)
        let list = archive.files["var/lib/dpkg/info/tar.md5sums"] ?? ""
        let index = PackageFileIndex.build(root: try tree.root()).index
        let lines = list.split(separator: "\n")
        #expect(lines.count == 13)
        for line in lines {
            let entry = index.lookup("/" + line.dropFirst(34))
            #expect(
                entry?.digest.map { $0.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
                    == String(line.prefix(32)))
        }
    }

    @Test(
        "paragraphs without a package are skipped by name, the rest is kept",
        arguments: [
            ("scalibr-nopackage", ["bar", "foo"], 1), ("syft-status.d-empty", [], 1),
            ("syft-status.d-libpam-runtime", ["libpam-runtime"], 5),
        ])
    func skipsNegatives(_ name: String, _ packages: [String], _ gaps: Int) throws {
        let tree = try HostTree(["/var/lib/dpkg/status": .bytes(try Corpus.bytes("packages/dpkg/" + name))])
        let inventory = DpkgReader().read(try tree.root())
        #expect(inventory.packages.map(\.name) == packages)
        #expect(inventory.gaps.map(\.kind) == Array(repeating: .malformed, count: gaps))
    }

    @Test func readsAForeignDialect() throws {
        let tree = try HostTree([
            "/var/lib/dpkg/status": .bytes(try Corpus.bytes("packages/dpkg/claircore-vcpkg.status"))
        ])
        let inventory = DpkgReader().read(try tree.root())
        let written = try Corpus.text("packages/dpkg/claircore-vcpkg.status.expected.txt").split(separator: "\n")
        let expected = written.filter { $0.hasSuffix("install ok installed") && !$0.contains("(none)") }
            .map { $0.split(separator: " ").prefix(3).joined(separator: " ") }
        let found = inventory.packages.map { "\($0.name) \($0.version) \($0.architecture ?? "")" }
        #expect(Set(found) == Set(expected))
        #expect(inventory.gaps.allSatisfy { $0.detail.hasSuffix("has no Version and was skipped") })
    }

    @Test func readsAnImageFolder() throws {
        let tree = try HostTree([
            "/var/lib/dpkg/status.d/foo": .bytes(try Corpus.bytes("packages/dpkg/scalibr-status.d/foo")),
            "/var/lib/dpkg/status.d/foo.md5sums": .bytes(
                try Corpus.bytes("packages/dpkg/scalibr-status.d/foo.md5sums")),
        ])
        #expect(DpkgReader().read(try tree.root()).packages.map(\.name) == ["foo"])
        let index = PackageFileIndex.build(root: try tree.root()).index
        #expect(
            index.lookup("/usr/share/base-files/motd").map { index.purl(of: $0.package) }
                == "pkg:deb/foo@1.2.3?arch=amd64")
    }
}

/// The txtar format: text files behind `-- NAME --` lines.
private struct TextArchive {
    private(set) var files: [String: String] = [:]

    init(_ text: String) {
        var name: Substring?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("-- "), line.hasSuffix(" --") {
                name = line.dropFirst(3).dropLast(3)
            } else if let name {
                files[String(name), default: ""] += line + "\n"
            }
        }
    }

    var nodes: [String: HostTree.Node] { files.mapValues { .text($0) } }
}

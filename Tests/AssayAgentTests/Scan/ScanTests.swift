import AssayHost
import AssayModel
import AssayReport
import AssayTestKit
import Testing

@testable import AssayAgent

@Suite struct ScanTests {
    private let tree: HostTree

    init() throws {
        tree = try HostTree([
            "/etc/os-release": "ID=debian\nVERSION_ID=\"12\"\n",
            "/usr/bin/tool": "#!/bin/sh\nexit 0\n",
            "/usr/share/doc/readme": "plain text\n",
            "/sys/bus/pci/devices/0000:00:02.0/vendor": "0x8086\n",
            "/sys/bus/pci/devices/0000:00:02.0/device": "0x46a6\n",
            "/sys/bus/pci/devices/0000:00:02.0/class": "0x030000\n",
            "/var/lib/dpkg/status": """
            Package: tool
            Status: install ok installed
            Maintainer: Somebody <a@example.org>
            Architecture: all
            Version: 1.2

            """,
            "/var/lib/dpkg/info/tool.list": "/.\n/usr\n/usr/bin\n/usr/bin/tool\n",
        ])
    }

    private func document(_ sections: Set<SectionName> = Set(SectionName.allCases)) throws -> String {
        var options = ScanOptions()
        options.sections = sections
        let scan = Scan(root: try ScanRoot(path: tree.path), options: options)
        var bytes: [UInt8] = []
        var document = ScanDocument(sections: sections) { bytes += $0 }
        let inventory = try scan.run(begin: { try document.begin($0) }, file: { try document.file($1) })
        try document.finish(inventory, takenAt: nil)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func joinsHardwarePackagesAndFiles() throws {
        let text = try document()
        let snapshot = try CanonicalJSON.decode(InventorySnapshot.self, from: Array(text.utf8))
        #expect(snapshot.components.map(\.location) == ["pci/0000:00:02.0"])
        #expect(snapshot.packages.map(\.purl) == ["pkg:deb/debian/tool@1.2?arch=all&distro=debian-12"])
        #expect(snapshot.device.operatingSystem?.versionID == "12")
        #expect(text.contains(#""path":"/usr/bin/tool""#))
        #expect(text.contains(#""package":"pkg:deb/debian/tool@1.2"#))
        #expect(!text.contains("readme"))
        #expect(!text.contains("takenAt"))
    }

    @Test func leavesPseudoFileSystemsOfARecordedTreeOutAndSaysSo() throws {
        try tree.set("/sys/bus/pci/devices/0000:00:02.0/tricky", "#!/bin/sh\n")
        let snapshot = try CanonicalJSON.decode(InventorySnapshot.self, from: Array(try document().utf8))
        #expect(!(try document()).contains("tricky"))
        #expect(snapshot.gaps.contains { $0.kind == .excluded && $0.path == "/sys" })
    }

    @Test func readsOnlyTheSectionsThatAreWanted() throws {
        let text = try document([.packages])
        #expect(text.contains("packages"))
        for key in ["components", "files", "boot", "device"] { #expect(!text.contains("\"\(key)\":")) }
    }

    @Test func equalTreesGiveEqualBytes() throws {
        #expect(try document() == document())
    }

    @Test func gapsAreStatedOnceAndSorted() {
        let gaps = ["/b", "/a", "/b"].map { Gap(probe: "p", path: $0, kind: .denied, detail: "") }
        #expect(Scan.ordered(gaps).map(\.path) == ["/a", "/b"])
    }
}

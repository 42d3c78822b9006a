import AssayModel
import Testing

@testable import AssayRules

@Suite struct FileEvaluationTests {
    private func file(
        _ path: String, kind: FileEntry.Kind = .executable, content: UInt8 = 1, package: String? = nil,
        manifest: FileEntry.Manifest? = nil
    ) -> FileEntry {
        var file = FileEntry(path: path, kind: kind, size: 1, mode: "755", uid: 0, digest: .sha256(of: [content]))
        file.package = package
        file.manifest = manifest
        return file
    }

    private func profile(_ policy: FilePolicy?) -> HardwareProfile {
        var profile = HardwareProfile(id: "f", version: "1")
        profile.files = policy
        return profile
    }

    private func result(
        _ files: [FileEntry], _ policy: FilePolicy? = FilePolicy(), hasPackages: Bool = true
    ) -> VerifyResult {
        let profile = profile(policy)
        var evaluation = FileEvaluation(profile: profile, hasPackages: hasPackages)
        for file in files { evaluation.consume(file) }
        return Evaluation(profile: profile).run(InventorySnapshot(), files: evaluation)
    }

    @Test("An unknown binary fails the unit and is named")
    func unknown() throws {
        let result = result([file("/usr/bin/ls", package: "pkg:deb/coreutils", manifest: .matches), file("/tmp/x")])
        #expect(result.verdict == .fail)
        #expect(result.outcomes.differences == ["unexpected file /tmp/x"])
        let finding = try #require(result.findings.first)
        #expect(finding.rule == "files/unknown-binary")
        #expect(finding.path == "/tmp/x" && finding.source == "profile f v1" && finding.expected != nil)
    }

    @Test("The profile's list allows a content anywhere and a path with any content")
    func allowed() {
        let policy = FilePolicy(allowedPaths: ["/opt/*/bin/*", "/srv/**"], allowedDigests: [.sha256(of: [9])])
        let files = [file("/anywhere", content: 9), file("/opt/app/bin/x"), file("/srv/a/b/c")]
        #expect(result(files, policy).verdict == .pass)
        #expect(result([file("/opt/app/lib/bin/x")], policy).verdict == .fail)
    }

    @Test(
        "Files that cannot have an owner are not unknown",
        arguments: [FileEntry.Kind.initramfs, .object, .bootConfiguration, .deviceTree])
    func ownerlessByNature(_ kind: FileEntry.Kind) {
        #expect(result([file("/boot/initrd.img", kind: kind)]).verdict == .pass)
    }

    @Test("A modified package file fails, also under a profile without a file policy")
    func modified() {
        let files = [file("/usr/bin/ls", package: "pkg:deb/coreutils", manifest: .modified)]
        #expect(result(files).outcomes.differences == ["mismatched file /usr/bin/ls"])
        #expect(result(files, nil).verdict == .fail)
        #expect(result(files, FilePolicy(modified: .notice)).verdict == .pass)
        #expect(result(files, FilePolicy(modified: .ignore)).findings.isEmpty)
    }

    @Test("A profile without a file policy notes unknown binaries")
    func noPolicy() {
        let result = result([file("/tmp/x")], nil)
        #expect(result.verdict == .pass)
        #expect(result.findings.map(\.severity) == [.info])
    }

    @Test("Without a package database nobody can tell")
    func noPackages() {
        let result = result([file("/tmp/x")], hasPackages: false)
        #expect(result.verdict == .undetermined)
        #expect(result.findings.isEmpty)
        #expect(result.reasons.first?.contains("no package database") == true)
    }

    @Test("Findings are bounded and the rest is counted")
    func bounded() {
        let result = result((0..<1000).map { file("/tmp/\($0)") })
        #expect(result.findings.count == FileEvaluation.limit)
        #expect(result.findings.compactMap(\.more) == [800])
    }

    @Test("Two sorted lists in step: new, gone, changed")
    func changes() throws {
        let old = [file("/a"), file("/b"), file("/c")]
        let new = [file("/a"), file("/b", content: 2), file("/d")]
        guard case .violated(let findings) = FileChanges.evaluate(previous: old, current: new)
        else {
            Issue.record("nothing changed")
            return
        }
        #expect(findings.map(\.title) == ["/b changed", "/c is gone", "/d is new"])
        #expect(FileChanges.evaluate(previous: old, current: old) == .satisfied)
        #expect(
            FileChanges.evaluate(previous: [FileEntry](), current: [FileEntry]()) == .satisfied)
    }

    @Test("What a boot loader is told weighs more than a binary, and is a change like any other")
    func bootConfiguration() {
        let old = [
            file("/boot/a.dtb", kind: .deviceTree), file("/boot/grub/grub.cfg", kind: .bootConfiguration), file("/x"),
        ]
        let new = [file("/boot/grub/grub.cfg", kind: .bootConfiguration, content: 2), file("/x", content: 2)]
        guard case .violated(let findings) = FileChanges.evaluate(previous: old, current: new)
        else {
            Issue.record("nothing changed")
            return
        }
        #expect(
            findings.map(\.title) == [
                "device tree /boot/a.dtb is gone", "boot configuration /boot/grub/grub.cfg changed", "/x changed",
            ])
        #expect(findings.map(\.severity) == [.medium, .medium, .low])
        #expect(Set(findings.map(\.rule)) == ["change/file-changed"])
    }
}

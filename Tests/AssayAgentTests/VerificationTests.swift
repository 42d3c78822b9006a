import AssayFiles
import AssayModel
import AssayReport
import AssayTestKit
import Testing

@testable import AssayAgent

@Suite struct VerificationTests {
    private let tree: HostTree

    init() throws {
        tree = try HostTree([
            "/usr/bin/tool": "#!/bin/sh\nexit 0\n", "/opt/stray": "#!/bin/sh\n",
            "/sys/bus/pci/devices/0000:00:02.0/vendor": "0x8086\n",
            "/sys/bus/pci/devices/0000:00:02.0/device": "0x46a6\n",
            "/sys/bus/pci/devices/0000:00:02.0/class": "0x030000\n",
            "/var/lib/dpkg/status": "Package: tool\nStatus: install ok installed\nArchitecture: all\nVersion: 1\n",
            "/var/lib/dpkg/info/tool.list": "/.\n/usr\n/usr/bin\n/usr/bin/tool\n",
        ])
    }

    private func profile(device: String = "46a6", files: FilePolicy? = nil) -> HardwareProfile {
        var profile = HardwareProfile(id: "edge", version: "1")
        profile.components = [
            ExpectedComponent(
                .pci, slot: "pci/0000:00:02.0",
                part: PartDescription(ids: ["vendor": AcceptedValues("8086"), "device": AcceptedValues(device)]))
        ]
        profile.files = files
        return profile
    }

    private func verify(_ profile: HardwareProfile?, sections: Set<SectionName> = Set(SectionName.allCases)) throws
        -> VerifyResult
    {
        var options = ScanOptions()
        options.sections = sections
        var scans = 0
        let (result, _) = try Verification(profile: profile, record: nil)
            .run(root: try ScanRoot(path: tree.path), options: options, prepare: { _ in scans += 1 })
        #expect(scans == 1)
        return result
    }

    @Test("a unit that is what its profile says passes, another does not") func components() throws {
        #expect(try verify(profile()).verdict == .pass)
        let other = try verify(profile(device: "46a7"))
        #expect(other.verdict == .fail)
        #expect(other.outcomes.filter(\.fails).map(\.kind) == [.mismatched])
    }

    @Test("without a record nothing can be told") func unverified() throws {
        #expect(try verify(nil).verdict == .unverified)
    }

    @Test("files are judged as they stream by, where they are wanted") func files() throws {
        let strict = profile(files: FilePolicy())
        let result = try verify(strict)
        #expect(result.verdict == .fail)
        #expect(result.outcomes.filter(\.fails).map(\.location) == ["/opt/stray"])
        let withoutFiles = try verify(strict, sections: Set(SectionName.allCases).subtracting([.files]))
        #expect(withoutFiles.outcomes.allSatisfy { $0.componentClass != "file" })
        #expect(try verify(profile(files: FilePolicy(allowedPaths: ["/opt/*"]))).verdict == .pass)
    }
}

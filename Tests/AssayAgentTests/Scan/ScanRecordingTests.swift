import AssayModel
import AssayReport
import AssayTestKit
import Foundation
import Testing

@testable import AssayAgent

@Suite struct ScanRecordingTests {
    private let folder: StateFolder
    private let state: AgentState
    private let key: DeviceKey
    private let tree: HostTree

    init() throws {
        folder = try StateFolder()
        state = try folder.state()
        key = try DeviceKey.obtain(in: state)
        tree = try HostTree([
            "/usr/bin/tool": "#!/bin/sh\nexit 0\n", "/usr/bin/other": "#!/bin/sh\n",
            "/sys/bus/pci/devices/0000:00:02.0/vendor": "0x8086\n",
            "/sys/bus/pci/devices/0000:00:02.0/device": "0x46a6\n",
            "/sys/bus/pci/devices/0000:00:02.0/class": "0x030000\n",
            "/proc/modules": "ext4 811008 0 - Live 0x0000000000000000\nbtrfs 1474560 0 - Live 0x0000000000000000\n",
            "/proc/sys/kernel/random/boot_id": "0b1e55ed-0000-4000-8000-000000000001\n",
        ])
    }

    private func record() throws -> (content: ReportRun.Content, inventory: InventorySnapshot) {
        let scan = Scan(root: try ScanRoot(path: tree.path))
        return try ScanRecording(scan, into: state.sections, device: key.identity).run(now: 1_769_860_800)
    }

    private func lines(_ name: SectionName, _ content: ReportRun.Content) throws -> [String] {
        let section = try #require(content.sections.first { $0.name == name.rawValue })
        let catalog = try state.sections.catalog(of: [name.rawValue: section.descriptor])
        let reader = try #require(catalog[section.descriptor.digest]).reader()
        var bytes: [UInt8] = []
        while let piece = try reader.next() { bytes += piece }
        #expect(ContentDigest.sha256(of: bytes) == section.descriptor.digest)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test("every section once, with what stands beside them in a report") func sections() throws {
        let (content, inventory) = try record()
        #expect(Set(content.sections.map(\.name)) == Set(SectionName.allCases.map(\.rawValue)))
        #expect(content.sections.count == SectionName.allCases.count)
        #expect(content.takenAt == 1_769_860_800)
        #expect(content.bootID == "0b1e55ed-0000-4000-8000-000000000001")
        #expect(content.gaps.values.reduce(0, +) == inventory.gaps.count)
        #expect(content.gaps["excluded"] == inventory.gaps.count { $0.kind == .excluded })
        #expect(inventory.device.id == key.identity.id.description)
    }

    @Test("facts are lines in the order of their keys") func facts() throws {
        let content = try record().content
        let files = try lines(.files, content).map { try CanonicalJSON.decode(FileEntry.self, from: Array($0.utf8)) }
        #expect(files.map(\.path) == ["/usr/bin/other", "/usr/bin/tool"])
        let parts = try lines(.components, content).map {
            try CanonicalJSON.decode(Component.self, from: Array($0.utf8))
        }
        #expect(parts.map(\.location) == ["pci/0000:00:02.0"])
        let device = try lines(.platform, content)
        #expect(device.count == 1 && device[0].contains(key.identity.id.description))
        #expect(try lines(.gaps, content).count == content.gaps.values.reduce(0, +))
    }

    @Test("one module is one line, so that loading one changes one") func modules() throws {
        let before = try lines(.kernel, try record().content)
        #expect(before.count == 3)
        #expect(!before[0].contains("modules") && before[1].contains("btrfs") && before[2].contains("ext4"))
        let modules = ["ext4 811008", "btrfs 1474560", "xfs 2"].map { "\($0) 0 - Live 0x0000000000000000\n" }
        try tree.set("/proc/modules", .text(modules.joined()))
        let after = try lines(.kernel, try record().content)
        #expect(Array(after.prefix(3)) == before && after.count == 4)
    }

    @Test("the same device gives the same digests") func deterministic() throws {
        let (first, second) = (try record().content, try record().content)
        #expect(first.sections == second.sections)
    }
}

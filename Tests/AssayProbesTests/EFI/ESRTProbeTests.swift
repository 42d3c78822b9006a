import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct ESRTProbeTests {
    private static let folder = "/sys/firmware/efi/esrt/entries/"
    private static let guid = "ddc0ee61-e7f0-4e7d-acc5-c070a398838e"

    private static func read(_ nodes: [String: HostTree.Node]) throws -> ProbeOutput {
        let tree = try HostTree(nodes)
        return try withExtendedLifetime(tree) { ESRTProbe().read(ProbeContext(root: try tree.root())) }
    }

    @Test func readsAnEntry() throws {
        let output = try Self.read([
            Self.folder + "entry0/fw_class": .text(Self.guid.uppercased() + "\n"),
            Self.folder + "entry0/fw_type": "1\n", Self.folder + "entry0/fw_version": "65586\n",
            Self.folder + "entry0/lowest_supported_fw_version": "65582\n",
            Self.folder + "entry0/last_attempt_version": "18472960\n",
            Self.folder + "entry0/last_attempt_status": "1\n", Self.folder + "entry0/capsule_flags": "0xfe\n",
        ])
        #expect(output.gaps.isEmpty)
        let entry = try #require(output.firmware.first)
        #expect(output.firmware.count == 1)
        #expect(entry.location == "fw/esrt/" + Self.guid)
        #expect(entry.componentClass == .firmware)
        #expect(entry.firmwareVersion == "65586")
        #expect(entry.ids == ["capsuleFlags": "fe"])
        #expect(
            entry.properties == [
                "type": "system", "lowestSupportedVersion": "65582", "lastAttemptVersion": "18472960",
                "lastAttemptStatus": "1",
            ])
        #expect(entry.evidence == Evidence(probe: "efi/esrt", path: Self.folder + "entry0", access: .reported))
    }

    @Test("numbers that are none are gaps", arguments: ["-1", "4294967296", "x", "1 2"])
    func reportsMalformedNumbers(_ text: String) throws {
        let output = try Self.read([
            Self.folder + "entry0/fw_class": .text(Self.guid), Self.folder + "entry0/fw_version": .text(text),
        ])
        #expect(output.firmware.map(\.firmwareVersion) == [nil])
        #expect(output.gaps.map(\.kind) == [.malformed])
        #expect(output.gaps.map(\.path) == [Self.folder + "entry0/fw_version"])
    }

    @Test func refusesWhatIsNoClass() throws {
        let output = try Self.read([
            Self.folder + "entry0/fw_class": "../../x", Self.folder + "entry1/fw_class": .text(Self.guid),
            Self.folder + "entry10/fw_class": .text(Self.guid), Self.folder + "other/fw_class": .text(Self.guid),
        ])
        #expect(output.firmware.map(\.location) == ["fw/esrt/\(Self.guid)", "fw/esrt/\(Self.guid).2"])
        #expect(output.gaps.map(\.path) == [Self.folder + "entry0/fw_class"])
    }

    @Test func findsNothingWithoutATable() throws {
        #expect(try Self.read([:]) == ProbeOutput())
    }

    @Test("reads real entries", .enabled(if: Corpus.isAvailable)) func readsTheCorpus() throws {
        var nodes: [String: HostTree.Node] = [:]
        for file in Corpus.files(in: "efi/esrt-fwupd") {
            guard let bytes = try? Corpus.bytes(file) else { continue }  // directories are listed as well
            // Links of the recording were stored as text that names their target.
            let isLink = bytes.starts(with: Array("../".utf8))
            nodes["/sys/firmware/efi/esrt" + file.dropFirst("efi/esrt-fwupd".count)] =
                isLink ? .link(String(decoding: bytes, as: UTF8.self).filter { $0 != "\n" }) : .bytes(bytes)
        }
        let output = try Self.read(nodes)
        #expect(output.gaps.isEmpty)
        #expect(output.firmware.map(\.firmwareVersion) == ["65586", "3090287969", "3090287969"])
        #expect(output.firmware.map { $0.properties["type"] } == ["system", "device", "device"])
        #expect(output.firmware.last?.location == "fw/esrt/00000000-0000-0000-0000-000000000000")
    }
}

import AssayTestKit
import Foundation
import Testing

/// A part that is not the one of the record, from the device's `/sys` to the operator's list.
@Suite(.serialized, .ownThread) struct SwappedPartTests {
    /// One change to a device and the findings that it must lead to, as `rule location`.
    struct Change: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var findings: Set<String>
        var make: @Sendable (HostTree) throws -> Void
    }

    static let changes: [Change] = [
        Change(
            testDescription: "another part of the same kind", findings: ["trace/mismatched-component pci/0000:02:00.0"]
        ) {
            try $0.set("/sys/bus/pci/devices/0000:02:00.0/device", "0x1539\n")
        },
        Change(testDescription: "a part more", findings: ["trace/unexpected-component pci/0000:03:00.0"]) { tree in
            for (path, node) in ExampleUnit.pci("0000:03:00.0", vendor: "1b21", device: "2142", class: "0c0330") {
                try tree.set(path, node)
            }
        },
        Change(testDescription: "a part less", findings: ["trace/missing-component pci/0000:00:02.0"]) {
            try $0.remove("/sys/bus/pci/devices/0000:00:02.0")
        },
        Change(testDescription: "older firmware", findings: ["trace/firmware-out-of-range fw/bios"]) {
            try $0.set("/sys/class/dmi/id/bios_version", "1.3.9\n")
        },
    ]

    private static func unit() throws -> HostTree {
        let tree = try ExampleUnit.tree()
        for (path, node) in ExampleUnit.disk(serial: "SN-1000") { try tree.set(path, node) }
        return tree
    }

    /// A collector that holds the device against what was learned from its first report.
    private static func taught(_ tree: HostTree) throws -> (LiveCollector, LiveAgent) {
        let collector = try LiveCollector()
        let agent = try LiveAgent()
        let enrolled = try agent.enroll(collector)
        #expect(enrolled.status == 0, "\(enrolled.errors)")
        let first = try agent.report(of: tree.path)
        #expect(first.status == 0, "\(first.errors)")
        try collector.ok(["profiles", "learn", "--device", try agent.deviceID(), "--id", "edge-200"])
        return (collector, agent)
    }

    /// The open findings against the device's records; that something changed since the last report is said besides.
    private static func open(_ collector: LiveCollector, _ agent: LiveAgent) throws -> [[String: Any]] {
        try collector.findings(of: agent.deviceID()).filter { $0["state"] as? String == "open" }
            .compactMap { $0["finding"] as? [String: Any] }
            .filter { "\($0["rule"] ?? "")".hasPrefix("trace/") }
    }

    @Test("a disk with another serial number is the one finding, with what was expected and what is there")
    func anotherSerialNumber() throws {
        let tree = try Self.unit()
        let (collector, agent) = try Self.taught(tree)
        let record = """
            {"schema":"assay/as-built/v1","device":{"id":"\(try agent.deviceID())"},"profile":"edge-200",
            "components":[{"class":"storage","location":"storage/nvme","serial":"SN-1000"}]}
            """
        let file = collector.folder.path("record.json")
        try Data(record.utf8).write(to: URL(filePath: file))
        try collector.ok(["records", "import", file])
        let good = try agent.report(of: tree.path)
        #expect(good.view["verdict"] as? String == "pass", "\(good)")

        for (path, node) in ExampleUnit.disk(serial: "SN-6666") { try tree.set(path, node) }
        let swapped = try agent.report(of: tree.path)
        #expect(swapped.status == 0, "\(swapped.errors)")
        #expect(swapped.view["verdict"] as? String == "fail")
        let findings = try Self.open(collector, agent)
        let finding = try #require(findings.first)
        #expect(findings.count == 1, "\(findings)")
        #expect(finding["rule"] as? String == "trace/mismatched-component")
        #expect(finding["location"] as? String == "storage/nvme")
        #expect((finding["path"] as? String)?.contains("/sys/class/nvme/nvme0") == true)

        // What people see says the same.
        let list = try collector.ok(["findings", "list"])
        #expect(list.contains("trace/mismatched-component"))
        #expect(list.split(separator: "\n").dropFirst().allSatisfy { $0.contains("storage/nvme") }, "\(list)")
        let id = try #require(finding["id"] as? String)
        let shown = try collector.ok(["findings", "show", String(id.prefix(12))])
        #expect(shown.contains("serial: expected SN-1000, observed SN-6666"), "\(shown)")

        for (path, node) in ExampleUnit.disk(serial: "SN-1000") { try tree.set(path, node) }
        #expect(try agent.report(of: tree.path).view["verdict"] as? String == "pass")
        #expect(try Self.open(collector, agent).isEmpty)
        #expect(try collector.ok(["findings", "list", "--all"]).contains("resolved"))
    }

    @Test("each change alone leads to its own finding and no other")
    func eachChange() throws {
        let tree = try Self.unit()
        let (collector, agent) = try Self.taught(tree)
        for change in Self.changes {
            let changed = try Self.unit()
            try change.make(changed)
            let result = try agent.report(of: changed.path)
            #expect(result.status == 0, "\(change.testDescription): \(result.errors)")
            let found = try Self.open(collector, agent).map { "\($0["rule"] ?? "") \($0["location"] ?? "")" }
            #expect(Set(found) == change.findings, "\(change.testDescription)")
            #expect(found.count == change.findings.count)
        }
        #expect(try agent.report(of: tree.path).view["verdict"] as? String == "pass")
    }
}

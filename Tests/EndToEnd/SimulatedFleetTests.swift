import AssayTestKit
import Foundation
import Testing

/// A thousand units are on record, some report, and of those some are not what they should be.
@Suite(.serialized, .ownThread) struct SimulatedFleetTests {
    /// What an operator is told of one finding, in the words of `findings show`.
    struct Explanation: Sendable {
        let rule: String
        let location: String
        let verdict: String?
        let expected: String?
        let observed: String
        let path: String?
        let advice: String
        /// Further lines of `findings show`.
        var lines: [String] = []
    }

    private static let dmi = "/sys/class/dmi/id"
    private static let spd = "/sys/bus/i2c/drivers/ee1004/0-0050/eeprom"

    private static let swapped = Explanation(
        rule: "trace/mismatched-component", location: "spd/0050", verdict: "fail",
        expected: "KF432S20IB/8 serial 29ac0003", observed: "KF432S20IB/8 serial 66ac0003", path: spd,
        advice: "Compare the label of the part with the record.",
        lines: ["record            as-built E200-0003 component #1", "  serial: expected 29ac0003, observed 66ac0003"])
    private static let stick = Explanation(
        rule: "trace/unexpected-component", location: "usb/1-2", verdict: "fail", expected: nil,
        observed: "Ultra [0781:5581] revision 1.00 serial " + SimulatedUnit.stickSerial,
        path: "/sys/bus/usb/devices/1-2", advice: "Open the unit and look at the named place.",
        lines: ["record            profile edge-200 v1"])
    /// From 2027-12-23 the law is in force, so that severity and verdict depend on the day.
    private static let restricted = Explanation(
        rule: "supplier/restricted", location: "spd/0050", verdict: nil, expected: nil,
        observed: "memory die maker 8a91 (CXMT)", path: spd,
        advice: "Show the finding to whoever answers for compliance",
        lines: [
            "confidence        A", "basis             memory die maker 8a91 (CXMT)",
            "restriction       ChangXin Memory Technologies (CXMT) on ndaa-5949",
        ])
    private static let anonymous = Explanation(
        rule: "trace/missing-record", location: "device", verdict: "undetermined",
        expected: "an as-built record of this unit", observed: "serial number Default string", path: dmi,
        advice: "Import the record of this unit.", lines: ["  note: a placeholder names no record"])
    private static let cloned = Explanation(
        rule: "fleet/cloned-machine", location: "device", verdict: "undetermined",
        expected: "one device key for one machine", observed: "machine Example Works Edge 200 E200-0006", path: nil,
        advice: "If the machine was enrolled again with a new key, revoke the device that it was before.",
        lines: ["  machine-serial: expected in no other device, observed machine Example Works Edge 200 E200-0006"])

    @Test("the list of findings holds each thing that is wrong, says why, and holds nothing else")
    func findingsAreExactlyWhatIsWrong() throws {
        let collector = try LiveCollector()
        try Self.importDocuments(collector)
        var odd: [(unit: SimulatedUnit, explanation: Explanation?)] = [
            (SimulatedUnit(1), nil), (SimulatedUnit(2), nil), (SimulatedUnit(3), Self.swapped),
            (SimulatedUnit(4), Self.stick), (SimulatedUnit(5), Self.restricted), (SimulatedUnit(6), Self.cloned),
            (SimulatedUnit(6), Self.cloned), (SimulatedUnit(7), Self.anonymous),
        ]
        odd[2].unit.moduleSerial = 0x66ac_0003
        odd[3].unit.hasStick = true
        odd[4].unit.dieMaker = .cxmt
        odd[7].unit.isAnonymous = true

        var explanations: [String: Explanation] = [:]
        var agents: [(agent: LiveAgent, tree: String)] = []
        let trees = try odd.map { try $0.unit.tree() }
        for (index, tree) in trees.enumerated() {
            let agent = try LiveAgent()
            let enrolled = try agent.enroll(collector)
            #expect(enrolled.status == 0, "\(enrolled.errors)")
            agents.append((agent, tree.path))
            explanations[try agent.deviceID()] = odd[index].explanation
        }
        // Twice, since only what comes second can show that the first has a copy.
        for (agent, tree) in agents + agents {
            let report = try agent.report(of: tree)
            #expect(report.status == 0, "\(report.errors)")
        }
        try Self.check(collector, explanations)

        let devices = try collector.json(["devices", "list"])["items"] as? [[String: Any]] ?? []
        #expect(devices.count == odd.count)
        for device in devices {
            let explanation = explanations["\(device["id"] ?? "")"]
            guard explanation == nil || explanation?.verdict != nil else { continue }
            #expect(device["verdict"] as? String == explanation?.verdict ?? "pass", "\(device)")
        }
    }

    /// The list for programs and the one for people have these findings and no other, and each can be shown.
    private static func check(_ collector: LiveCollector, _ explanations: [String: Explanation]) throws {
        let items = try collector.json(["findings", "list"])["items"] as? [[String: Any]] ?? []
        let found = items.map { item in
            let finding = item["finding"] as? [String: Any] ?? [:]
            return "\(item["device"] ?? "") \(finding["rule"] ?? "") \(finding["location"] ?? "")"
        }
        #expect(Set(found) == Set(explanations.map { "\($0.key) \($0.value.rule) \($0.value.location)" }))
        #expect(found.count == explanations.count)
        let lines = try collector.ok(["findings", "list"]).split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("FINDING") == true)
        #expect(lines.count == explanations.count + 1)
        for item in items {
            let finding = item["finding"] as? [String: Any] ?? [:]
            let id = try #require(finding["id"] as? String)
            let explanation = try #require(explanations["\(item["device"] ?? "")"])
            #expect(finding["expected"] as? String == explanation.expected)
            #expect(finding["observed"] as? String == explanation.observed)
            #expect(finding["path"] as? String == explanation.path)
            #expect((finding["advice"] as? String)?.hasPrefix(explanation.advice) == true)
            #expect(lines.contains { $0.hasPrefix(id.prefix(12)) && $0.contains(explanation.rule) })
            let shown = try collector.ok(["findings", "show", String(id.prefix(12))])
            for line in explanation.lines + ["rule              \(explanation.rule)", explanation.advice] {
                #expect(shown.contains(line), "\(line) in \(shown)")
            }
        }
    }

    @Test("an empty list has its headings for programs, and no entry in JSON")
    func emptyLists() throws {
        let collector = try LiveCollector()
        for (command, heading) in [
            (["findings", "list"], "FINDING  SEVERITY  STATE  DEVICE  RULE  LOCATION  TITLE\n"),
            (["findings", "list", "--by-cause"], "CAUSE  SEVERITY  DEVICES  RULE  LAST SEEN  FOR EXAMPLE  TITLE\n"),
            (["devices", "list"], "DEVICE  VERDICT  CRIT  HIGH  MED  LOW  LAST SEEN  MODEL  SERIAL\n"),
            (["policy", "list"], "ID  REVISION  IMPORTED  SERIAL  DIGEST\n"),
        ] {
            #expect(try collector.ok(command) == heading)
            #expect((try collector.json(command)["items"] as? [Any])?.isEmpty == true)
        }
    }
}

extension SimulatedFleetTests {
    private static func importDocuments(_ collector: LiveCollector) throws {
        try collector.ok(["lists", "import", try freshLists(collector.folder).path])
        let profile = try file("profile.json", in: collector.folder, Self.profile)
        try collector.ok(["profiles", "import", profile])
        let map = try file("columns.json", in: collector.folder, Self.columns)
        let table = try file("units.csv", in: collector.folder, Self.table())
        #expect(try collector.ok(["records", "import", "--map", map, table]) == "\(table): 1000 records\n")
    }

    private static func file(_ name: String, in folder: TemporaryFolder, _ text: String) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: folder.path(name)))
        return folder.path(name)
    }

    /// The lists of the tree as if copied today: an operator who states a use keeps them fresh, or is told so.
    private static func freshLists(_ folder: TemporaryFolder) throws -> URL {
        let today = ISO8601DateFormatter.string(
            from: .now, timeZone: .gmt, formatOptions: [.withFullDate, .withDashSeparatorInDate])
        let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../hwprofiles/lists")
        let lists = folder.url.appending(path: "lists")
        for name in ["oui.json", "jep106.json", "suppliers.json", "restricted-suppliers"] {
            try FileManager.default.createDirectory(at: lists, withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: source.appending(path: name), to: lists.appending(path: name))
        }
        for path in try FileManager.default.subpathsOfDirectory(atPath: lists.path) where path.hasSuffix(".json") {
            let url = lists.appending(path: path)
            let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
            let dated = text.replacing(/"date": *"[0-9-]+"/, with: "\"date\": \"\(today)\"")
            try Data(dated.utf8).write(to: url)
        }
        return lists
    }

    private static let profile = #"""
        {"schema":"assay/profile/v1","id":"edge-200","version":"1","intendedUse":["us-federal"],
        "appliesTo":{"manufacturers":["Example Works"],"models":["Edge 200"]},"asBuiltRecord":"required",
        "components":[
        {"class":"system","model":"Edge 200"},{"class":"chassis","manufacturer":"Example Works"},
        {"class":"baseboard","model":"E200-MB"},
        {"class":"pci","slot":"pci/0000:00:02.0","ids":{"vendor":"8086","device":"46a6"}},
        {"class":"pci","slot":"pci/0000:02:00.0","ids":{"vendor":"8086","device":"1533"}},
        {"class":"memory-spd","partNumber":"KF432S20IB/8"},{"class":"storage","model":"Example Flash 512"},
        {"class":"usb","ids":{"vendor":"0424","device":"2514"}}],
        "firmware":[{"location":"fw/bios","minimum":"1.4.0"}]}
        """#

    private static let columns = #"""
        {"schema":"assay/column-map/v1",
        "columns":{"Gerät":"device.serial","Art":"class","Teil":"partNumber","Nummer":"serial"},"ignore":["Bemerkung"],
        "constants":{"device.manufacturer":"Example Works","device.model":"Edge 200","profile":"edge-200"},
        "values":{"class":{"Modul":"memory-spd","Platte":"storage"}}}
        """#

    private static func table() -> String {
        (1...1000).reduce(into: "Gerät;Art;Teil;Nummer;Bemerkung\n") { text, number in
            let unit = SimulatedUnit.serial(number)
            let module = String(SimulatedUnit.moduleSerial(number), radix: 16)
            text += "\(unit);Modul;\(SimulatedUnit.modulePartNumber);\(module);\n"
            text += "\(unit);Platte;;\(SimulatedUnit.diskSerial(number));\n"
        }
    }
}

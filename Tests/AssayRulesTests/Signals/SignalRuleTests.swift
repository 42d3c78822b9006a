import AssayModel
import Testing

@testable import AssayRules

@Suite struct SignalRuleTests {
    private static let day = CalendarDay("2026-11-24")

    /// An NVMe drive with its controller; every argument may give it away.
    private static func drive(
        _ model: String = "Samsung SSD 980 PRO 1TB", vendor: String = "144d", subsystem: String = "144d",
        eui: String = "0025385b11409c2b", access: Evidence.Access = .direct
    ) -> InventorySnapshot {
        var drive = Parts.drive("pci/0000:01:00.0", model: model, firmware: "5B2QGXA7", access: access)
        drive.properties = ["kind": "nvme", "parent": "pci/0000:01:00.0", "namespace.1.eui": eui]
        var function = Parts.pci("0000:01:00.0", vendor, "a80a", kind: "010802")
        function.ids["subsystemVendor"] = subsystem
        return Parts.inventory([drive, function])
    }

    private static func findings(_ inventory: InventorySnapshot, lists: RuleLists = .standard) -> [Finding] {
        Evaluation(profile: nil, lists: lists, today: day).run(inventory).findings
            .filter { $0.rule.hasPrefix("signal/") }
    }

    @Test("A genuine drive shows nothing, one without lists nothing either")
    func genuine() {
        #expect(Self.findings(Self.drive()).isEmpty)
        #expect(Self.findings(Self.drive(vendor: "1e4b"), lists: .none).isEmpty)
    }

    @Test("Near proof fails a unit that matches its record, a strong signal alone does not")
    func verdict() {
        var profile = Parts.profile([])
        profile.classes[HardwareProfile.anyClass] = ClassPolicy(unexpected: .ignore)
        func verdict(_ inventory: InventorySnapshot) -> Verdict {
            Evaluation(profile: profile, today: Self.day).run(inventory).verdict
        }
        #expect(verdict(Self.drive()) == .pass)
        #expect(verdict(Self.drive(vendor: "1e4b")) == .fail)
        #expect(verdict(Self.drive("KINGSTON SNV2S1000G", vendor: "1e4b")) == .pass)
    }

    @Test(
        "A drive behind a bridge or a hypervisor is never called a fake",
        arguments: [Evidence.Access.bridged, .virtual, .reported])
    func hidden(_ access: Evidence.Access) {
        #expect(Self.findings(Self.drive(vendor: "1e4b", access: access)).isEmpty)
    }

    @Test("Two weak signals about different properties make a strong one, one alone does not")
    func combination() throws {
        let one = Self.findings(Self.drive(subsystem: "1e4b"))
        #expect(one.map(\.rule) == ["signal/samsung-subsystem"] && one.map(\.severity) == [.info])
        let two = Self.findings(Self.drive(subsystem: "1e4b", eui: "0000000000000001"))
        #expect(two.map(\.rule) == ["signal/combined", "signal/samsung-eui", "signal/samsung-subsystem"])
        let combined = try #require(two.first)
        #expect(combined.confidence == .b && combined.severity == .medium && combined.category == .suspectCounterfeit)
        #expect(combined.basis == "subsystem and eui-64")
    }

    @Test("Placeholders are missing identities, and never add up to a fake")
    func placeholders() {
        let found = Self.findings(
            Parts.inventory([Parts.memory("A", "00000000", maker: "Manufacturer0", part: "Unknown")]))
        #expect(found.count == 3 && found.allSatisfy { $0.category == .identityMissing && $0.severity == .info })
    }

    @Test("An empty socket is no part")
    func emptySocket() {
        var socket = Parts.memory("A", maker: "NO DIMM")
        socket.properties["populated"] = "false"
        #expect(Self.findings(Parts.inventory([socket])).isEmpty)
    }

    @Test("A finding says how to see the same, and has one cause over a fleet")
    func reproduction() throws {
        let finding = try #require(Self.findings(Self.drive(vendor: "1e4b")).first)
        #expect(
            finding.reproduction
                == Finding.Reproduction(
                    path: "/sys/class/block/pci/0000:01:00.0/device/vendor", value: "1e4b", expected: "144d"))
        #expect(finding.basis == "parent.ids.vendor 1e4b")
        var other = Self.drive(vendor: "1e4b")
        other.device.serial = "U-2"
        let second = try #require(Self.findings(other).first)
        #expect(second.cause == finding.cause && second.id != finding.id)
    }

    @Test("A clock that stands before the lists were written dates nothing")
    func wrongClock() {
        var card = Parts.drive("mmc/0", model: "SD16G", firmware: nil)
        card.properties = ["kind": "sd", "csdStructure": "2.0", "manufactured": "2015-11"]
        let inventory = Parts.inventory([card])
        for (day, count) in [("1970-01-01", 0), ("2026-11-24", 0)] {
            let result = Evaluation(profile: nil, today: CalendarDay(day)).run(inventory)
            #expect(result.findings.filter { $0.rule == "signal/card-date" }.count == count)
        }
    }

    @Test("What the JSON of a finding says comes back")
    func roundTrip() throws {
        let finding = try #require(Self.findings(Self.drive(vendor: "1e4b")).first)
        #expect(try CanonicalJSON.decode(Finding.self, from: CanonicalJSON.encode(finding)) == finding)
    }
}

import AssayModel
import Testing

@testable import AssayRules

@Suite struct RestrictedSupplierRuleTests {
    private static let today = CalendarDay("2026-11-24")

    private static func findings(
        _ inventory: InventorySnapshot, record: AsBuiltRecord? = nil, suppliers: SupplierDirectory = .none,
        use: [String] = [], on date: CalendarDay? = Self.today
    ) -> [Finding] {
        let rule = RestrictedSupplierRule(lists: .standard, use: IntendedUse(use), today: date)
        let context = RuleContext(inventory: inventory, record: record, suppliers: suppliers)
        guard case .violated(let findings) = rule.evaluate(context) else { return [] }
        return findings
    }

    private static func part(
        _ componentClass: ComponentClass, manufacturer: String? = nil, model: String? = nil,
        ids: [String: String] = [:],
        properties: [String: String] = [:], access: Evidence.Access = .direct
    ) -> InventorySnapshot {
        let part = Component(
            componentClass, at: "part/0", evidence: Evidence(probe: "test", path: "/sys/part", access: access),
            manufacturer: manufacturer, model: model, ids: ids, properties: properties)
        return InventorySnapshot(components: [part])
    }

    private static func network(_ address: String) -> InventorySnapshot {
        part(.network, properties: ["permanentAddress": address])
    }

    private static func package(_ name: String) -> InventorySnapshot {
        InventorySnapshot(packages: [
            Package(
                type: "deb", name: name, version: "1", purl: "pkg:deb/debian/\(name)@1",
                database: "/var/lib/dpkg/status")
        ])
    }

    private static func module(_ name: String) -> InventorySnapshot {
        var kernel = KernelState()
        kernel.modules = [KernelState.Module(name: name)]
        return InventorySnapshot(kernel: kernel)
    }

    /// What shows a supplier: the entry that must be met, the basis, and how sure that is.
    private static let hits: [(InventorySnapshot, list: String, entry: String, basis: String, Finding.Confidence)] = [
        (part(.usb, ids: ["vendor": "12d1"]), "ndaa-889", "Huawei Technologies Company", "usb vendor 12d1", .a),
        (part(.pci, ids: ["vendor": "19e5"]), "ndaa-889", "Huawei Technologies Company", "pci vendor 19e5", .a),
        (
            part(.pci, ids: ["vendor": "8086", "subsystemVendor": "19e5"]), "ndaa-889", "Huawei Technologies Company",
            "pci subsystem vendor 19e5", .b
        ),
        (part(.usb, ids: ["vendor": "19d2"]), "ndaa-889", "ZTE Corporation", "usb vendor 19d2", .a),
        (part(.usb, ids: ["vendor": "2c7c"]), "dod-1260h", "Quectel Wireless Solutions", "usb vendor 2c7c", .a),
        (
            part(.pci, ids: ["vendor": "1e49"]), "ndaa-5949", "Yangtze Memory Technologies Corp (YMTC)",
            "pci vendor 1e49", .a
        ),
        // The table's name of 1bd4 changed from Inspur to IEIT SYSTEMS; the number did not.
        (part(.pci, ids: ["vendor": "1bd4"]), "dod-1260h", "Inspur Group", "pci vendor 1bd4", .a),
        (part(.baseboard, manufacturer: "IEIT SYSTEMS"), "dod-1260h", "Inspur Group", "manufacturer IEIT SYSTEMS", .b),
        (
            network("10:32:7e:00:00:01"), "ndaa-889", "Huawei Technologies Company",
            "hardware address prefix 10327e/24", .b
        ),
        (network("18:d7:93:6a:bc:de"), "dod-1260h", "Autel Robotics", "hardware address prefix 18d7936/28", .b),
        (part(.system, manufacturer: "HUAWEI"), "ndaa-889", "Huawei Technologies Company", "manufacturer HUAWEI", .b),
        (part("display", manufacturer: "HWV"), "ndaa-889", "Huawei Technologies Company", "display maker HWV", .b),
        (
            part(.system, properties: ["compatible": "hisilicon,hi6220-hikey hisilicon,hi6220"]), "ndaa-889",
            "Huawei Technologies Company", "device tree hisilicon,hi6220", .b
        ),
        (
            part("i2c", properties: ["modalias": "of:Nsensor@1T(null)Czte,zx296718"]), "ndaa-889", "ZTE Corporation",
            "device tree zte,zx296718", .b
        ),
        (
            part("i2c", properties: ["modalias": "acpi:HISI0191:"]), "ndaa-889", "Huawei Technologies Company",
            "acpi id HISI0191", .b
        ),
        // An accepted brand's module with a restricted die.
        (
            part(.memory, manufacturer: "86D300008A91", access: .reported), "ndaa-5949",
            "ChangXin Memory Technologies (CXMT)",
            "memory die maker 8a91 (CXMT)", .b
        ),
        (
            part("memory-spd", ids: ["manufacturer": "0198", "dramManufacturer": "8a91"]), "ndaa-5949",
            "ChangXin Memory Technologies (CXMT)", "memory die maker 8a91 (CXMT)", .a
        ),
        (
            part(.memory, manufacturer: "ChangXin Memory Technologies Inc", access: .reported), "ndaa-5949",
            "ChangXin Memory Technologies (CXMT)", "manufacturer ChangXin Memory Technologies Inc", .b
        ),
        (
            part(.storage, model: "ZHITAI TiPlus5000 1TB"), "ndaa-5949", "Yangtze Memory Technologies Corp (YMTC)",
            "model ZHITAI TiPlus5000 1TB", .b
        ),
        (package("klnagent64"), "kaspersky-us-prohibition", "AO Kaspersky Lab", "package klnagent64", .b),
        (
            package("BackupAndRecoveryAgent"), "fascsa", "Acronis AG and its affiliates",
            "package BackupAndRecoveryAgent", .b
        ),
        (module("snapapi26"), "fascsa", "Acronis AG and its affiliates", "kernel module snapapi26", .b),
        (
            part(.usb, ids: ["vendor": "12d1"], access: .virtual), "ndaa-889", "Huawei Technologies Company",
            "usb vendor 12d1 (virtual)", .c
        ),
    ]

    @Test("What a device shows of a supplier meets the entry, with basis and confidence", arguments: hits.indices)
    func meets(_ index: Int) throws {
        let (inventory, list, entry, basis, confidence) = Self.hits[index]
        let findings = Self.findings(inventory)
        let finding = try #require(findings.first { $0.restriction?.list == list && $0.restriction?.entry == entry })
        #expect(finding.basis == basis && finding.confidence == confidence)
        #expect(finding.category == .restrictedSupplier && !finding.source.isEmpty && !finding.advice.isEmpty)
        #expect(finding.restriction?.copied == "2026-11-24" && finding.restriction?.status.isEmpty == false)
    }

    /// What must not be taken for a supplier.
    private static let traps: [(String, InventorySnapshot)] = [
        ("Aztech, USB 0509", part(.usb, manufacturer: "Aztech Systems Ltd", ids: ["vendor": "0509"])),
        ("Aztech, PCI 122d", part(.pci, manufacturer: "Aztech", ids: ["vendor": "122d"])),
        ("ZTEX, USB 221a", part(.usb, manufacturer: "ZTEX GmbH", model: "ZTEX FPGA Module", ids: ["vendor": "221a"])),
        ("Nautel", part(.usb, manufacturer: "Nautel Limited")),
        ("Autelan", part(.network, manufacturer: "Autelan Technology Inc.")),
        ("Shanghai Dahua Scale Factory", part(.usb, manufacturer: "Shanghai Dahua Scale Factory")),
        ("Prama Hikvision India, a joint venture", part(.usb, manufacturer: "Prama Hikvision India Private Limited")),
        ("Honor left Huawei", part(.system, manufacturer: "HONOR", model: "HONOR MagicBook")),
        ("H3C left Huawei", part(.pci, manufacturer: "New H3C Technologies Co., Ltd.", ids: ["vendor": "193d"])),
        ("Huawei-3Com of old", part(.usb, manufacturer: "Huawei-3Com", ids: ["vendor": "1472"])),
        ("China Mobile is listed for a service", part(.pci, ids: ["vendor": "1f2f"])),
        ("TP-Link is not listed by name", part(.usb, manufacturer: "TP-Link", ids: ["vendor": "2357"])),
        ("an address that software chose", network("12:32:7e:00:00:01")),
        ("five bytes are no address", network("10:32:7e:00:00")),
        ("a neighbour in the 24 bits of a 28-bit block", network("18:d7:93:7a:bc:de")),
        ("a PCI id on USB", part(.usb, ids: ["vendor": "19e5"])),
        ("a USB id on PCI", part(.pci, ids: ["vendor": "12d1"])),
        ("a name in a text about another", part(.baseboard, manufacturer: "Acme", model: "for Huawei")),
        ("a package that begins alike", package("keslib")),
        ("Samsung's dies", part(.memory, manufacturer: "80CE000080CE", access: .reported)),
        ("an empty socket", part(.memory, manufacturer: "8A91", properties: ["populated": "false"], access: .reported)),
    ]

    @Test("Names that only look alike, and former affiliates, meet nothing", arguments: traps.indices)
    func staysSilent(_ index: Int) { #expect(Self.findings(Self.traps[index].1).isEmpty, "\(Self.traps[index].0)") }

    @Test("A question for counsel is told as such, and decides nothing")
    func counsel() throws {
        let findings = Self.findings(Self.part(.pci, ids: ["vendor": "1f24"]), use: ["us-federal"])
        let finding = try #require(findings.first)
        #expect(findings.count == 1 && finding.restriction?.needsCounsel == true)
        #expect(finding.confidence == .c && finding.severity == .low && !finding.isDecisive)
    }

    @Test("A contested listing is told as such")
    func contested() {
        let findings = Self.findings(Self.part(.memory, manufacturer: "8A91", access: .reported), use: ["us-defense"])
        let byList = Dictionary(grouping: findings) { $0.restriction?.list ?? "" }
        #expect(byList["dod-1260h"]?.first?.restriction?.isContested == true)
        #expect(byList["ndaa-5949"]?.first?.restriction?.isContested == false)
    }

    @Test(
        "What the device is meant for decides which lists apply and how much that weighs",
        arguments: [
            (
                [],
                [
                    "dod-1260h": Finding.Severity.info, "eu-cybersecurity-act-2": .info, "fcc-covered-list": .info,
                    "ndaa-889": .info,
                ]
            ),
            (["us-federal"], ["ndaa-889": .high]), (["us-market"], ["fcc-covered-list": .high]),
            (["eu"], ["eu-cybersecurity-act-2": .low]), (["us-defense"], ["ndaa-889": .high, "dod-1260h": .high]),
            (["home"], [:]),
        ] as [([String], [String: Finding.Severity])])
    func uses(_ use: [String], _ expected: [String: Finding.Severity]) {
        let findings = Self.findings(Self.part(.usb, ids: ["vendor": "12d1"]), use: use)
        let found = findings.map { ($0.restriction?.list ?? "", $0.severity) }
        #expect(Dictionary(found) { first, _ in first } == expected)
    }

    @Test("Cameras are covered for the uses that the FCC names alone")
    func conditional() {
        let camera = Self.part(.network, properties: ["permanentAddress": "44:47:cc:00:00:01"])
        func lists(_ use: String) -> [String] { Self.findings(camera, use: [use]).compactMap { $0.restriction?.list } }
        #expect(lists("us-market").isEmpty)
        #expect(lists("critical-infrastructure") == ["fcc-covered-list"])
        #expect(lists("us-federal") == ["fcc-covered-list", "ndaa-889"])
    }

    @Test("A law that is not yet in force weighs little, on its day much")
    func inForce() throws {
        let drive = Self.part(.pci, ids: ["vendor": "1e49"])
        func severity(_ day: String) -> Finding.Severity? {
            Self.findings(drive, use: ["us-federal"], on: CalendarDay(day)).first {
                $0.restriction?.list == "ndaa-5949"
            }?.severity
        }
        #expect(severity("2027-12-22") == .low && severity("2027-12-23") == .high)
    }

    @Test("The record's suppliers and makers count")
    func record() throws {
        var built = BuiltComponent(.memory, at: "dimm/A1", supplier: "ZTE Kangxun Telecom")
        var record = Parts.record([built])
        let finding = try #require(
            Self.findings(Parts.inventory([]), record: record).first { $0.restriction?.list == "ndaa-889" })
        #expect(finding.basis == "recorded supplier ZTE Kangxun Telecom" && finding.confidence == .a)
        built.supplier = "Aztech"
        record.components = [built]
        #expect(Self.findings(Parts.inventory([]), record: record).isEmpty)
    }

    private static func owned(by share: Double?) -> SupplierDirectory {
        SupplierDirectoryTests.directory([
            SupplierDirectoryTests.company("acme", "Acme", owners: [("holding", share)]),
            SupplierDirectoryTests.company("holding", "Holding", owners: [("hw", 100)]), SupplierDirectoryTests.listed,
        ])
    }

    @Test(
        "A recorded supplier is judged through its owners, as sure as their shares",
        arguments: [(51, .a, .high), (nil, .b, .medium), (10, .c, .low)]
            as [(Double?, Finding.Confidence, Finding.Severity)])
    func owners(share: Double?, confidence: Finding.Confidence, severity: Finding.Severity) throws {
        let record = Parts.record([BuiltComponent(.memory, at: "dimm/A1", supplier: "acme")])
        let findings = Self.findings(
            Parts.inventory([]), record: record, suppliers: Self.owned(by: share), use: ["us-federal"])
        let finding = try #require(findings.first { $0.restriction?.list == "ndaa-889" })
        #expect(finding.confidence == confidence && finding.severity == severity)
        #expect(finding.restriction?.entry == "Huawei Technologies Company")
        let way = "Acme, owned by Holding\(share.map { " (\(Int($0)) %)" } ?? ""), owned by Huawei Technologies (100 %)"
        #expect(finding.basis == "recorded supplier acme: \(way)")
        #expect(
            finding.title
                == "record of memory dimm/A1: \(way), who stands on section 889 of the NDAA for FY 2019 since "
                + "2019-08-13")
        #expect(finding.notes.contains("whom the company belongs to says supplier graph g"))
        #expect(Self.findings(Parts.inventory([]), record: record, use: ["us-federal"]).isEmpty)
    }

    @Test("A list that names companies and not whom they own leaves that to counsel")
    func unsaid() throws {
        let record = Parts.record([BuiltComponent(.memory, supplier: "acme")])
        let findings = Self.findings(
            Parts.inventory([]), record: record, suppliers: Self.owned(by: 100), use: ["us-defense"])
        let finding = try #require(findings.first { $0.restriction?.list == "dod-1260h" })
        #expect(finding.confidence == .c && finding.restriction?.needsCounsel == true)
    }

    @Test("The maker that a part states, and the recorded one, are judged through their owners too")
    func makers() throws {
        let suppliers = Self.owned(by: 100)
        let seen = Self.findings(
            Self.part(.storage, manufacturer: "ACME"), suppliers: suppliers, use: ["us-federal"])
        #expect(
            seen.map(\.confidence) == [.b] && seen.first?.basis?.hasPrefix("manufacturer ACME: Acme, owned") == true)
        #expect(seen.first?.reproduction?.path == "/sys/part")
        let virtual = Self.findings(
            Self.part(.storage, manufacturer: "ACME", access: .virtual), suppliers: suppliers, use: ["us-federal"])
        #expect(virtual.map(\.confidence) == [.c])
        let record = Parts.record([BuiltComponent(.memory, part: PartDescription(manufacturer: "acme"))])
        let built = Self.findings(Parts.inventory([]), record: record, suppliers: suppliers, use: ["us-federal"])
        #expect(built.map(\.confidence) == [.a])
    }

    @Test("A name that means the listed supplier itself is told once, as what it is")
    func itself() throws {
        let record = Parts.record([BuiltComponent(.memory, supplier: "Huawei Technologies")])
        let findings = Self.findings(
            Parts.inventory([]), record: record, suppliers: Self.owned(by: 100), use: ["us-federal"])
        #expect(findings.map(\.basis) == ["recorded supplier Huawei Technologies"])
        #expect(findings.first?.notes.isEmpty == true)
    }

    @Test("Many parts of one supplier are one finding that counts them")
    func folded() throws {
        let parts = (0..<20).map { Parts.pci("0000:\($0)", "19e5") }
        let findings = Self.findings(Parts.inventory(parts), use: ["us-federal"])
        #expect(findings.count == 1 && findings.first?.more == 12)
    }

    @Test("A prohibited part fails a unit that matches its record; one that is only named does not")
    func verdict() {
        var profile = Parts.profile([])
        profile.classes[HardwareProfile.anyClass] = ClassPolicy(unexpected: .ignore)
        func verdict(_ inventory: InventorySnapshot, _ use: String?) -> Verdict {
            profile.intendedUse = use.map { [$0] }
            return Evaluation(profile: profile, today: Self.today).run(inventory).verdict
        }
        let stick = Self.part(.usb, ids: ["vendor": "12d1"])
        #expect(verdict(stick, nil) == .pass && verdict(stick, "us-federal") == .fail && verdict(stick, "eu") == .pass)
        #expect(verdict(Self.part(.system, manufacturer: "Huawei"), "us-federal") == .pass)
    }

    @Test("A copy older than 90 days is a finding for the uses that the list speaks of")
    func outdated() throws {
        func verdict(_ use: [String], _ day: String?) -> RuleVerdict {
            OutdatedListRule(lists: .standard, use: IntendedUse(use), today: day.flatMap { CalendarDay($0) })
                .evaluate(RuleContext(inventory: Parts.inventory([])))
        }
        // The prefixes of hardware addresses are a copy of 2022-08-27.
        guard case .violated(let matching) = verdict(["us-federal"], "2022-11-26") else {
            Issue.record("the age of a list by which suppliers are told does not count")
            return
        }
        #expect(matching.map(\.notes) == [["oui of 2022-08-27"]])
        #expect(verdict(["us-federal"], "2022-11-25") == .satisfied && verdict([], "2022-11-26") == .satisfied)
        #expect(verdict(["home"], "2030-01-01") == .notApplicable && verdict([], nil) == .notApplicable)
        guard case .violated(let findings) = verdict(["us-intelligence"], "2027-02-23") else {
            Issue.record("a copy of 91 days is not told")
            return
        }
        let finding = try #require(findings.first)
        #expect(findings.count == 1 && finding.severity == .medium && finding.category == .outdatedList)
        #expect(finding.observed?.hasPrefix("oui of 2022-08-27") == true)
        #expect(finding.notes.contains("fascsa of 2026-11-24") && finding.notes.contains("jep106 of 2026-11-24"))
        guard case .violated(let unstated) = verdict([], "2027-02-23") else { return }
        #expect(unstated.map(\.severity) == [.info])
    }
}

import AssayModel
import Testing

@testable import AssayRules

@Suite struct RuleCatalogTests {
    /// A rule with a situation for each of its answers.
    struct Case: Sendable, CustomTestStringConvertible {
        let rule: String
        let profile: HardwareProfile?
        let good: InventorySnapshot
        let bad: InventorySnapshot
        /// Nil where a rule cannot be left open.
        let open: InventorySnapshot?
        var previous: InventorySnapshot?
        /// Record that goes with ``bad``, where the rule judges what a record states; the one for the others is empty.
        var badRecord: AsBuiltRecord?
        /// Record that ``good`` is held against, where the rule judges whether there is one.
        var goodRecord: AsBuiltRecord?
        var testDescription: String { rule }
    }

    static let board = Parts.profile([Parts.expectedPCI("0000:03:00.0")])
    static let boardPart = Parts.pci("0000:03:00.0")
    static let denied = Gap(probe: "pci/devices", path: "/sys/bus/pci/devices", kind: .denied, detail: "needs root")

    static func boot(_ change: (inout BootState) -> Void) -> InventorySnapshot {
        var boot = BootState()
        change(&boot)
        return InventorySnapshot(boot: boot)
    }

    static var bootProfile: HardwareProfile {
        var profile = HardwareProfile(id: "boot", version: "1")
        profile.boot = BootPolicy()
        profile.boot?.secureBoot = true
        profile.boot?.pcrs = ["sha256": ["7": "aa"]]
        return profile
    }

    static func bootState(_ secureBoot: Bool?, _ register: String?) -> InventorySnapshot {
        boot {
            $0.secureBoot = secureBoot
            $0.pcrs = register.map { ["sha256": ["7": $0]] }
        }
    }

    static var firmwareProfile: HardwareProfile {
        var profile = HardwareProfile(id: "firmware", version: "1")
        profile.firmware = [FirmwareRequirement(location: "fw/bios", version: VersionRequirement(minimum: "1.9"))]
        return profile
    }

    static func firmware(_ version: String?) -> InventorySnapshot {
        InventorySnapshot(
            firmware: [Parts.firmware("bios", version)],
            gaps: version == nil
                ? [Gap(probe: "smbios/tables", path: Parts.memoryPath, kind: .malformed, detail: "cut short")] : [])
    }

    static var modelProfile: HardwareProfile {
        var profile = HardwareProfile(id: "model", version: "1")
        profile.appliesTo.models = ["Edge 200"]
        return profile
    }

    static func model(_ name: String?) -> InventorySnapshot {
        var device = DeviceFacts()
        device.model = name
        return InventorySnapshot(device: device)
    }

    static func package(_ version: String) -> InventorySnapshot {
        InventorySnapshot(packages: [
            Package(type: "deb", name: "bash", version: version, purl: "pkg:deb/bash", database: "/var/lib/dpkg/status")
        ])
    }

    static func kernel(_ release: String?, gaps: [Gap] = []) -> InventorySnapshot {
        var kernel = KernelState()
        kernel.release = release
        return InventorySnapshot(kernel: kernel, gaps: gaps)
    }

    static var policyProfile: HardwareProfile {
        var profile = Parts.profile([])
        profile.approvedSuppliers = ["Good Parts"]
        profile.usbInterfaces = ["08:*", "03:01:02"]
        return profile
    }

    static func usb(_ interfaces: String?) -> InventorySnapshot {
        var part = Parts.usb("1-1", "0951", "1666")
        part.properties["interfaces"] = interfaces
        return Parts.inventory([part])
    }

    static let recordedProfile: HardwareProfile = {
        var profile = HardwareProfile(id: "p", version: "1")
        profile.asBuiltRecord = .required
        return profile
    }()

    static func supplied(by name: String) -> AsBuiltRecord {
        AsBuiltRecord(
            device: .init(serial: "A"),
            components: [BuiltComponent(.memory, supplier: name), BuiltComponent(.memory, supplier: "GOOD  parts")])
    }

    static let cases: [Case] = [
        Case(
            rule: "usb/interface-not-allowed", profile: policyProfile, good: usb("08:06:50 03:01:02"),
            bad: usb("08:06:50 03:01:01"), open: usb(nil)),
        Case(
            rule: "trace/unapproved-supplier", profile: policyProfile, good: Parts.inventory([]),
            bad: Parts.inventory([boardPart]), open: nil, badRecord: supplied(by: "Corner Shop")),
        Case(
            rule: "trace/unexpected-component", profile: board, good: Parts.inventory([boardPart]),
            bad: Parts.inventory([boardPart, Parts.pci("0000:09:00.0", "1b21", "1142")]), open: nil),
        Case(
            rule: "trace/missing-component", profile: board, good: Parts.inventory([boardPart]),
            bad: Parts.inventory([]),
            open: Parts.inventory([], gaps: [denied])),
        Case(
            rule: "trace/mismatched-component", profile: board, good: Parts.inventory([boardPart]),
            bad: Parts.inventory([Parts.pci("0000:03:00.0", "dead", "beef")]),
            open: Parts.inventory([Parts.pci("0000:03:00.0", access: .bridged)])),
        Case(
            rule: "trace/firmware-out-of-range", profile: firmwareProfile, good: firmware("1.9"), bad: firmware("1.8"),
            open: firmware(nil)),
        Case(
            rule: "trace/duplicate-in-device", profile: Parts.profile([Parts.expectedMemory(quantity: 2)]),
            good: Parts.inventory([Parts.memory("A", "S-1001"), Parts.memory("B", "S-1002")]),
            bad: Parts.inventory([Parts.memory("A", "S-1001"), Parts.memory("B", "S-1001")]), open: nil),
        Case(
            rule: "trace/not-verifiable", profile: board, good: Parts.inventory([boardPart]),
            bad: Parts.inventory([], gaps: [denied]), open: nil),
        Case(
            rule: "trace/wrong-unit", profile: modelProfile, good: model("EDGE  200"), bad: model("Edge 300"),
            open: model(nil)),
        Case(
            rule: "trace/missing-record", profile: recordedProfile, good: Parts.inventory([]),
            bad: Parts.inventory([], serial: "Default string"), open: nil, goodRecord: Parts.record([])),
        Case(
            rule: "boot/secure-boot-off", profile: bootProfile, good: bootState(true, "aa"),
            bad: bootState(false, "aa"),
            open: bootState(nil, "aa")),
        Case(
            rule: "boot/state-differs", profile: bootProfile, good: bootState(true, "AA"), bad: bootState(true, "bb"),
            open: bootState(true, nil)),
        Case(
            rule: "change/component-changed", profile: nil, good: Parts.inventory([boardPart]),
            bad: Parts.inventory([]),
            open: Parts.inventory([], gaps: [denied]), previous: Parts.inventory([boardPart])),
        Case(
            rule: "change/firmware-changed", profile: nil, good: firmware("1.9"), bad: firmware("1.8"),
            open: firmware(nil),
            previous: firmware("1.9")),
        Case(
            rule: "change/package-changed", profile: nil, good: package("5.2-1"), bad: package("5.2-2"),
            open: InventorySnapshot(), previous: package("5.2-1")),
        Case(
            rule: "change/boot-changed", profile: nil, good: kernel("6.1.0"), bad: kernel("6.1.1"),
            open: kernel(
                nil, gaps: [Gap(probe: "kernel/state", path: "/proc/version", kind: .denied, detail: "refused")]),
            previous: kernel("6.1.0")),
    ]

    private func answer(_ test: Case, _ inventory: InventorySnapshot) throws -> RuleVerdict {
        let rule = try #require(RuleCatalog.all.first { type(of: $0).descriptor.id == test.rule })
        let record = inventory == test.good ? test.goodRecord : nil
        let outcomes = Reconciliation(profile: test.profile, record: record).run(inventory).outcomes
        return rule.evaluate(
            RuleContext(
                inventory: inventory, profile: test.profile,
                record: test.badRecord.map { inventory == test.bad ? $0 : Self.supplied(by: "Good Parts") } ?? record,
                outcomes: outcomes, previous: test.previous))
    }

    @Test("Each rule is satisfied, violated and left open", arguments: cases)
    func answers(_ test: Case) throws {
        #expect(try answer(test, test.good) == .satisfied)
        guard case .violated(let findings) = try answer(test, test.bad) else {
            Issue.record("\(test.rule) is not violated")
            return
        }
        #expect(findings.count == 1)
        for finding in findings {
            #expect(finding.rule == test.rule)
            #expect(finding.name?.key.isEmpty == false)
            #expect(!finding.title.isEmpty && !finding.source.isEmpty && !finding.advice.isEmpty)
            #expect(finding.expected != nil || finding.observed != nil)
            let isOfNoPlace = ["trace/missing-component", "trace/unapproved-supplier"].contains(finding.rule)
            #expect(finding.path != nil || isOfNoPlace)
        }
        guard let open = test.open else { return }
        guard case .undetermined(let gaps) = try answer(test, open) else {
            Issue.record("\(test.rule) is not undetermined")
            return
        }
        #expect(!gaps.isEmpty && gaps.allSatisfy { !$0.detail.isEmpty })
    }

    @Test("Without a record or an earlier report no rule applies", arguments: RuleCatalog.all.indices)
    func notApplicable(_ index: Int) {
        let context = RuleContext(inventory: Parts.inventory([Self.boardPart]))
        #expect(RuleCatalog.all[index].evaluate(context) == .notApplicable)
    }

    @Test("Every rule in the catalog has a case, ids are unique")
    func completeness() {
        let ids = RuleCatalog.descriptors.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(Set(Self.cases.map(\.rule)) == Set(RuleCatalog.all.map { type(of: $0).descriptor.id }))
        #expect(RuleCatalog.descriptor("trace/missing-component")?.severity == .high)
        #expect(RuleCatalog.descriptor("trace/nothing") == nil)
    }

    @Test("The same cause has the same id, on another device only the same cause")
    func stableIds() throws {
        func finding(_ device: String, _ version: String, _ slot: String = "0000:03:00.0") throws -> Finding {
            var profile = Parts.profile([Parts.expectedPCI(slot)])
            profile.version = version
            let result = Evaluation(profile: profile).run(Parts.inventory([], serial: device))
            return try #require(result.findings.first { $0.rule == "trace/missing-component" })
        }
        let first = try finding("S-1", "1")
        #expect(try finding("S-1", "2").id == first.id)
        #expect(try finding("S-2", "1").id != first.id)
        #expect(try finding("S-2", "1").cause == first.cause)
        #expect(try finding("S-1", "1", "0000:04:00.0").cause != first.cause)
    }

    @Test("Two equal causes on one device are two findings")
    func equalCauses() {
        let result = Evaluation(profile: Parts.profile([Parts.expectedPCI(nil), Parts.expectedPCI(nil)]))
            .run(Parts.inventory([]))
        let ids = result.findings.map(\.id)
        #expect(ids.count == 2 && Set(ids).count == 2)
    }

    @Test("A notice is information and decides nothing")
    func notice() {
        var profile = Parts.profile([])
        profile.classes[.memory] = ClassPolicy(unexpected: .notice)
        let result = Evaluation(profile: profile).run(Parts.inventory([Parts.memory("A")]))
        #expect(result.findings.map(\.severity) == [.info])
        #expect(result.verdict == .pass)
    }

    @Test("A long list of changes is cut and the rest counted")
    func bounded() {
        let many = (0..<500).map { Parts.pci("0000:\($0)") }
        let result = Evaluation(profile: nil).run(Parts.inventory(many), previous: Parts.inventory([]))
        let changes = result.findings.filter { $0.rule == "change/component-changed" }
        #expect(changes.count == ChangeFindings.limit)
        #expect(changes.compactMap(\.more) == [300])
    }
}

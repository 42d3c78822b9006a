import AssayModel
import Testing

@testable import AssayRules

/// A judgement that units share says of each of them what a judgement of its own would say.
struct UnitFormTests {
    private static let today = CalendarDay("2026-11-24")

    /// A unit of one model, with numbers of its own.
    private static func unit(_ number: Int) -> InventorySnapshot {
        func serial(_ part: Int) -> String { "SN\(700_000 + number * 100 + part)" }
        var memory = Parts.memory("A1", serial(1))
        memory.digests["structure"] = .sha256(of: "memory \(number)".utf8)
        var drive = Parts.drive("sda", model: "KINGSTON SA400S37240G", serial: "50026B7\(68_400 + number)")
        drive.properties["raw.serial"] = "50026B7\(68_400 + number) "
        var card = Parts.pci("0000:01:00.0", "8086", "1521")
        card.properties["deviceSerialNumber"] = "00-1b-21-ff-ff-00-00-\(10 + number)"
        let network = Component(
            .network, at: "net/pci/0000:01:00.0/0", evidence: Evidence(probe: "network", path: "/sys/class/net/eth0"),
            properties: [
                "permanentAddress": "00:1b:21:00:00:\(10 + number)", "driver": "igb", "parent": "pci/0000:01:00.0",
            ])
        var inventory = Parts.inventory(
            [
                memory, Parts.memory("B1", serial(2)), drive, card, network,
                Parts.usb("1-1", "0403", "6001", serial: serial(3)),
            ], serial: "U-\(1000 + number)")
        inventory.device.id = ContentDigest.sha256(of: "device \(number)".utf8).description
        inventory.device.manufacturer = "acme"
        inventory.device.model = "edge"
        inventory.device.uuid = "4c4c4544-0051-3010-8052-b4c04f\(346_000 + number)"
        inventory.firmware = [Parts.firmware("bios", "1.2")]
        return inventory
    }

    private static func profile() -> HardwareProfile {
        ProfileLearner().learn(from: unit(0), id: "edge", source: RecordProvenance(origin: "learned"))
    }

    private static func record(_ number: Int) throws -> AsBuiltRecord {
        var circumstances = RecordCapture.Circumstances()
        circumstances.builtAt = "2026-01-0\(1 + number % 9)"
        circumstances.operatorName = "operator \(number)"
        var record = try #require(RecordCapture().record(of: unit(number), circumstances)).record
        for index in record.components.indices { record.components[index].lot = "lot \(number)" }
        return record
    }

    /// One way in which a unit differs from its model.
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var isShared = true
        var usesRecord = true
        var inventory: @Sendable (inout InventorySnapshot) -> Void = { _ in }
        var record: @Sendable (inout AsBuiltRecord) -> Void = { _ in }
        var former: (@Sendable (inout InventorySnapshot) -> Void)?
    }

    private static let changes: [Change] = [
        Change(testDescription: "nothing"),
        Change(testDescription: "no record", usesRecord: false),
        Change(testDescription: "another serial", inventory: { $0.components[0].serial = "SN1" }),
        Change(
            testDescription: "two serials exchanged",
            inventory: { $0.components.swapSerials(0, 1) }),
        Change(
            testDescription: "one serial twice", inventory: { $0.components[1].serial = $0.components[0].serial }),
        Change(testDescription: "a placeholder", inventory: { $0.components[0].serial = "0123456789" }),
        Change(testDescription: "no serial", inventory: { $0.components[0].serial = nil }),
        Change(testDescription: "another part", inventory: { $0.components[0].partNumber = "OTHER" }),
        Change(testDescription: "one part more", inventory: { $0.components.append(Parts.memory("C1", "SN9")) }),
        Change(testDescription: "one part less", inventory: { $0.components.remove(at: 1) }),
        Change(testDescription: "another firmware", inventory: { $0.firmware[0].firmwareVersion = "1.0" }),
        Change(testDescription: "a number of the firmware", inventory: { $0.firmware[0].serial = "F1" }),
        Change(testDescription: "another unit", inventory: { $0.device.serial = "U-9" }),
        Change(
            testDescription: "another address", isShared: false,
            inventory: { $0.components[4].properties["permanentAddress"] = "00:1b:21:77:77:77" }),
        Change(
            testDescription: "a serial in other letters", isShared: false,
            record: { record in
                for index in record.components.indices {
                    record.components[index].part.serial = record.components[index].part.serial?.lowercased()
                }
            }),
        Change(testDescription: "a part in the record only", record: { $0.components.append($0.components[0]) }),
        Change(testDescription: "a record of another unit", record: { $0.device.serial = "U-8" }),
        Change(testDescription: "another supplier", record: { $0.components[0].supplier = "somebody" }),
        Change(
            testDescription: "a number that gives the drive away",
            inventory: { $0.components[2].serial = "AA00000000012345" }),
        Change(
            testDescription: "an address that is not derived from the number", isShared: false,
            inventory: { $0.components[3].properties["deviceSerialNumber"] = "00-1b-21-ff-ff-00-00-99" }),
        Change(
            testDescription: "a text like a stand-in", isShared: false,
            inventory: { $0.components[0].model = UnitValues.mark + "00000001" }),
        Change(testDescription: "a former inventory", former: { _ in }),
        Change(
            testDescription: "a part that was replaced",
            former: { $0.components[0].serial = "SN4711" }),
    ]

    @Test("the shared judgement is the unit's own", arguments: changes) func shares(_ change: Change) throws {
        var inventory = Self.unit(3)
        change.inventory(&inventory)
        var record = try Self.record(3)
        change.record(&record)
        var former: InventorySnapshot?
        if let before = change.former {
            var inventory = Self.unit(3)
            before(&inventory)
            former = inventory
        }
        let own = Evaluation(
            profile: Self.profile(), record: change.usesRecord ? record : nil, uses: ["us-federal"], today: Self.today
        ).run(inventory, previous: former)
        let form = UnitForm(of: inventory, former: former, lists: .standard, today: Self.today)
        let recordForm = change.usesRecord ? form.flatMap { record.form(with: $0.values) } : nil
        guard let form, !change.usesRecord || recordForm != nil else {
            #expect(!change.isShared)
            return
        }
        #expect(change.isShared)
        let shared = Evaluation(
            profile: Self.profile(), record: recordForm?.record, uses: ["us-federal"], today: Self.today,
            muted: form.muted
        ).judge(form.inventory, previous: form.former)
            .bound(to: inventory.device.findingName, with: recordForm?.values ?? form.values)
        #expect(shared.findings == own.findings)
        #expect(shared.verdict == own.verdict)
        #expect(shared.reasons == own.reasons)
        #expect(shared.outcomes.map(\.kind) == own.outcomes.map(\.kind))
    }

    @Test("units that differ in their numbers alone have one form") func oneForm() throws {
        let forms = try (1...3).map { number in
            try #require(UnitForm(of: Self.unit(number), former: nil, lists: .standard, today: Self.today))
        }
        #expect(Set(forms.map(\.digest)).count == 1)
        #expect(Set(forms.map(\.values.digest)).count == 3)
        let records = try zip(forms, 1...3).map { form, number in
            try #require(try Self.record(number).form(with: form.values)).record
        }
        #expect(Set(records).count == 1)
    }

    @Test("whatever else differs makes another form", arguments: changes.filter { $0.former == nil })
    func otherForms(_ change: Change) throws {
        var inventory = Self.unit(3)
        change.inventory(&inventory)
        guard inventory != Self.unit(3),
            let form = UnitForm(of: inventory, former: nil, lists: .standard, today: Self.today)
        else { return }
        let good = try #require(UnitForm(of: Self.unit(3), former: nil, lists: .standard, today: Self.today))
        let isOnlyNumbers = ["another serial", "two serials exchanged", "another unit"]
            .contains(change.testDescription)
        #expect((form.digest == good.digest) == isOnlyNumbers)
    }

    @Test("a profile that names single units is no ground to share")
    func profilesOfUnits() {
        var profile = Self.profile()
        #expect(!profile.looksIntoUnits)
        profile.components[0].part.serial = "SN*"
        #expect(profile.looksIntoUnits)
        profile = Self.profile()
        profile.classes[.memory] = ClassPolicy(fields: ["serial": .minimum])
        #expect(profile.looksIntoUnits)
        profile = Self.profile()
        profile.firmware = [FirmwareRequirement(location: "storage/*", digests: [.sha256(of: [])])]
        #expect(profile.looksIntoUnits)
    }

    @Test("a date that is still to come is judged on its day") func datesToCome() {
        var inventory = Self.unit(1)
        inventory.components[2].properties = [
            "kind": "sd", "csdStructure": "2.0", "manufactured": "2027-06", "cid": "1b534d", "size": "1",
        ]
        #expect(UnitForm(of: inventory, former: nil, lists: .standard, today: Self.today) == nil)
        #expect(UnitForm(of: inventory, former: nil, lists: .standard, today: CalendarDay("2027-07-01")) != nil)
    }
}

extension [Component] {
    fileprivate mutating func swapSerials(_ one: Int, _ other: Int) {
        (self[one].serial, self[other].serial) = (self[other].serial, self[one].serial)
    }
}

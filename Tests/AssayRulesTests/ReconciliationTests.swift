import AssayModel
import Testing

@testable import AssayRules

@Suite struct ReconciliationTests {
    private func outcomes(_ profile: HardwareProfile, _ inventory: InventorySnapshot) -> [Outcome] {
        Reconciliation(profile: profile).run(inventory).outcomes
    }

    @Test("One added, one removed, one swapped, one firmware downgraded: exactly these four")
    func fourChanges() throws {
        let good = Parts.inventory([
            Parts.pci("0000:01:00.0"), Parts.pci("0000:02:00.0", "10ec", "8168"),
            Parts.pci("0000:03:00.0", "144d", "a808"),
            Parts.usb("1-1", "046d", "c31c"), Parts.drive("nvme0", firmware: "2.10"), Parts.memory("A"),
            Parts.memory("B"),
        ])
        let profile = ProfileLearner().learn(from: good, id: "good", source: RecordProvenance(origin: "learned"))
        #expect(Evaluation(profile: profile).run(good).verdict == .pass)
        let bad = Parts.inventory([
            Parts.pci("0000:01:00.0"), Parts.pci("0000:03:00.0", "1987", "5012"),
            Parts.pci("0000:07:00.0", "1b21", "1142"),
            Parts.usb("1-1", "046d", "c31c"), Parts.drive("nvme0", firmware: "2.9"), Parts.memory("A"),
            Parts.memory("B"),
        ])
        let result = Evaluation(profile: profile).run(bad)
        #expect(
            result.outcomes.differences == [
                "missing pci pci/0000:02:00.0", "mismatched pci pci/0000:03:00.0", "unexpected pci pci/0000:07:00.0",
                "mismatched storage storage/nvme0",
            ])
        #expect(result.outcomes.first { $0.componentClass == .storage }?.fields.map(\.name) == ["firmwareVersion"])
        #expect(result.verdict == .fail)
        #expect(
            Set(result.findings.map(\.rule)) == [
                "trace/missing-component", "trace/mismatched-component", "trace/unexpected-component",
                "trace/firmware-out-of-range",
            ])
    }

    @Test("Matching consumes: two expected modules need two")
    func countedMatching() {
        let profile = Parts.profile([Parts.expectedMemory(quantity: 2)])
        #expect(outcomes(profile, Parts.inventory([Parts.memory("A"), Parts.memory("B")])).differences == [])
        #expect(outcomes(profile, Parts.inventory([Parts.memory("A")])).differences == ["missing memory -"])
        let three = Parts.inventory([Parts.memory("A"), Parts.memory("B"), Parts.memory("C")])
        #expect(outcomes(profile, three).map(\.kind) == [.unexpected, .matched, .matched])
    }

    @Test("An alternate is matched as one and named")
    func alternate() {
        var line = Parts.expectedMemory(slot: "A")
        let part = PartDescription(manufacturer: "Samsung", partNumber: "M471A1K43")
        line.alternates = [ExpectedComponent.Alternate(name: "second source", part: part)]
        let found = Parts.inventory([Parts.memory("A", maker: "Samsung", part: "M471A1K43")])
        let outcome = outcomes(Parts.profile([line]), found)
        #expect(outcome.map(\.kind) == [.matchedAlternate])
        #expect(outcome[0].notes == ["approved alternate: second source"])
        let foreign = Parts.inventory([Parts.memory("A", maker: "Acme", part: "M471A1K43")])
        #expect(outcomes(Parts.profile([line]), foreign).map(\.kind) == [.mismatched])
    }

    @Test("An optional part may be absent and must be right when it is there")
    func optional() {
        var line = Parts.expectedPCI("0000:03:00.0")
        line.optional = true
        let profile = Parts.profile([line])
        #expect(outcomes(profile, Parts.inventory([])).isEmpty)
        #expect(outcomes(profile, Parts.inventory([Parts.pci("0000:03:00.0")])).map(\.kind) == [.matched])
        #expect(
            outcomes(profile, Parts.inventory([Parts.pci("0000:03:00.0", "dead", "beef")])).map(\.kind) == [.mismatched]
        )
    }

    @Test("Ignoring a field never hides a missing part")
    func ignoringHidesNothing() {
        var profile = Parts.profile([Parts.expectedMemory(slot: "A"), Parts.expectedMemory(slot: "B")])
        profile.classes[.memory] = ClassPolicy(fields: ["manufacturer": .ignore, "partNumber": .ignore])
        let found = Parts.inventory([Parts.memory("A", maker: "Acme", part: "other")])
        #expect(outcomes(profile, found).differences == ["missing memory dimm/B"])
    }

    @Test(
        "Reactions to missing and unexpected parts",
        arguments: [(Reaction.fail, 2, true), (.notice, 2, false), (.ignore, 0, false)])
    func reactions(_ reaction: Reaction, _ count: Int, _ fails: Bool) {
        var profile = Parts.profile([Parts.expectedMemory(slot: "A")])
        profile.classes[.memory] = ClassPolicy(unexpected: reaction, missing: reaction)
        let result = Evaluation(profile: profile).run(
            Parts.inventory([Parts.memory("B", maker: "Acme", part: "other")]))
        #expect(result.outcomes.count == count)
        #expect((result.verdict == .fail) == fails)
        #expect(result.ignored == (reaction == .ignore ? ["memory": 1] : [:]))
    }

    @Test("What a hypervisor or a bridge answers is not the part, unless the profile accepts that path")
    func access() {
        var line = Parts.expectedPCI("0000:03:00.0")
        let found = Parts.inventory([Parts.pci("0000:03:00.0", access: .virtual)])
        let strict = outcomes(Parts.profile([line]), found)
        #expect(strict.map(\.kind) == [.notVerifiable])
        #expect(strict[0].fields.map(\.name) == ["access"])
        line.access = .virtual
        #expect(outcomes(Parts.profile([line]), found).map(\.kind) == [.matched])
        line.access = .direct
        let other = Parts.inventory([Parts.pci("0000:03:00.0", "dead", "beef", access: .virtual)])
        #expect(outcomes(Parts.profile([line]), other).map(\.kind) == [.mismatched])
    }

    @Test("Without a record the verdict is unverified, with one it never passes what could not be seen")
    func verdicts() {
        #expect(Evaluation(profile: nil).run(Parts.inventory([Parts.memory("A")])).verdict == .unverified)
        let gap = Gap(probe: "pci/devices", path: "/sys/bus/pci/devices", kind: .denied, detail: "needs root")
        let profile = Parts.profile([Parts.expectedPCI("0000:03:00.0")])
        #expect(Evaluation(profile: profile).run(Parts.inventory([], gaps: [gap])).verdict == .undetermined)
        #expect(Evaluation(profile: profile).run(Parts.inventory([])).verdict == .fail)
    }

    @Test("A field that the part does not show is not verifiable, and the gap is named")
    func unreadableField() {
        var line = Parts.expectedPCI("0000:03:00.0")
        line.part.serial = "00-11-22"
        let gap = Gap(
            probe: "pci/devices", path: "/sys/bus/pci/devices/0000:03:00.0/config", kind: .denied, detail: "needs root")
        let outcome = outcomes(Parts.profile([line]), Parts.inventory([Parts.pci("0000:03:00.0")], gaps: [gap]))
        #expect(outcome.map(\.kind) == [.notVerifiable])
        #expect(outcome[0].fields.map(\.name) == ["serial"])
        #expect(outcome[0].fields[0].note?.contains("config: denied: needs root") == true)
    }

    @Test(
        "A placeholder serial neither matches nor differs",
        arguments: ["To Be Filled By O.E.M.", "00000000", "", "N/A"])
    func placeholderSerial(_ text: String) {
        let built = BuiltComponent(.memory, at: "dimm/A", part: PartDescription(serial: "29AC1111"))
        let result = Reconciliation(profile: nil, record: Parts.record([built]))
            .run(Parts.inventory([Parts.memory("A", text)])).outcomes
        #expect(result.map(\.kind) == [.notVerifiable])
        #expect(result[0].fields[0].note?.contains("not attestable") == true)
    }

    @Test("Renumbered buses: the part is found at its new place, the new part is named")
    func renumbering() {
        let profile = Parts.profile([
            Parts.expectedPCI("0000:03:00.0"), Parts.expectedPCI("0000:04:00.0", "144d", "a808"),
        ])
        let found = Parts.inventory([
            Parts.pci("0000:03:00.0", "1b21", "1142", kind: "0c0330"), Parts.pci("0000:04:00.0"),
            Parts.pci("0000:05:00.0", "144d", "a808"),
        ])
        let result = outcomes(profile, found)
        #expect(result.differences == ["unexpected pci pci/0000:03:00.0"])
        #expect(
            result.filter { $0.kind == .matched }.allSatisfy { $0.notes.first?.hasPrefix("location: expected") == true }
        )
    }

    @Test("The place decides where the policy says so")
    func exactLocation() {
        var profile = Parts.profile([Parts.expectedPCI("0000:03:00.0")])
        profile.classes[.pci] = ClassPolicy(fields: ["location": .exact])
        let result = outcomes(profile, Parts.inventory([Parts.pci("0000:04:00.0")]))
        #expect(result.map(\.kind) == [.mismatched])
        #expect(result[0].fields.map(\.name) == ["location"])
    }

    @Test("Firmware is held to versions, ranges and digests")
    func firmware() {
        let good = ContentDigest.sha256(of: [1])
        func check(_ requirement: FirmwareRequirement, _ found: Component) -> Outcome.Kind? {
            var profile = HardwareProfile(id: "f", version: "1")
            profile.firmware = [requirement]
            return outcomes(profile, InventorySnapshot(firmware: [found])).first?.kind
        }
        func range(_ low: String?, _ high: String?) -> FirmwareRequirement {
            FirmwareRequirement(location: "fw/bios", version: VersionRequirement(minimum: low, maximum: high))
        }
        #expect(check(range("1.9", nil), Parts.firmware("bios", "1.10")) == .matched)
        #expect(check(range("1.9", nil), Parts.firmware("bios", "1.8")) == .mismatched)
        #expect(check(range("1.0", "1.9"), Parts.firmware("bios", "1.10")) == .mismatched)
        #expect(check(range("1.0", nil), Parts.firmware("bios", "A05")) == .notVerifiable)
        #expect(check(range("1.0", nil), Parts.firmware("bios", nil)) == .notVerifiable)
        let digest = FirmwareRequirement(location: "fw/*", digests: [good])
        #expect(check(digest, Parts.firmware("bios", "1", digest: good)) == .matched)
        #expect(check(digest, Parts.firmware("bios", "1", digest: .sha256(of: [2]))) == .mismatched)
        #expect(check(digest, Parts.firmware("bios", "1")) == .notVerifiable)
    }

    @Test("A firmware line may name a part")
    func firmwareOfPart() {
        var profile = Parts.profile([ExpectedComponent(.storage, slot: "storage/nvme0")])
        profile.firmware = [
            FirmwareRequirement(location: "storage/nvme0", version: VersionRequirement(minimum: "1.4"))
        ]
        let result = outcomes(profile, Parts.inventory([Parts.drive("nvme0", firmware: "1.3")]))
        #expect(result.map(\.kind) == [.mismatched, .matched])
        #expect(result[0].rule == "trace/firmware-out-of-range")
    }

    @Test("Outcome JSON has the keys of the contract, always")
    func json() throws {
        let outcome = outcomes(Parts.profile([]), Parts.inventory([Parts.memory("A")]))[0]
        let text = String(decoding: try CanonicalJSON.encode(outcome), as: UTF8.self)
        for key in ["outcome", "class", "location", "expected", "observed", "fields", "rule", "source"] {
            #expect(text.contains("\"\(key)\":"))
        }
        #expect(text.contains("\"expected\":null"))
        #expect(try CanonicalJSON.decode(Outcome.self, from: text.utf8) == outcome)
    }
}

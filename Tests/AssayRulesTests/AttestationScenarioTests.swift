import AssayModel
import Testing

@testable import AssayRules

/// A laptop as a platform certificate describes it, without places, and what may happen to it.
///
/// The cases are those in which comparisons by set membership are known to give the wrong answer or to name the wrong
/// part.
@Suite struct AttestationScenarioTests {
    struct Scenario: Sendable, CustomTestStringConvertible {
        let name: String
        var expected: [BuiltComponent] = Self.certificate
        var policy: [ComponentClass: ClassPolicy] = [:]
        var found: [Component]
        let verdict: Verdict
        let differences: [String]
        var note: String?
        var named: [String] = []
        var testDescription: String { name }

        static let certificate = [
            BuiltComponent(.baseboard, part: PartDescription(manufacturer: "Dell", model: "0D4YRK", serial: "BB77")),
            BuiltComponent(
                .firmware, part: PartDescription(manufacturer: "Dell", firmwareVersion: "1.9.0")),
            BuiltComponent(
                .network,
                part: PartDescription(
                    manufacturer: "Intel", model: "I219", properties: ["permanentAddress": "8c:04:ba:00:00:01"])),
            dimm("29AC1111"), dimm("29AC2222"),
        ]

        static func dimm(_ serial: String?) -> BuiltComponent {
            BuiltComponent(.memory, part: PartDescription(manufacturer: "Hynix", model: "HMA81GS6", serial: serial))
        }
    }

    static func board(_ maker: String = "Dell", model: String = "0D4YRK", serial: String? = "BB77") -> Component {
        Component(
            .baseboard, at: "board/0",
            evidence: Evidence(probe: "smbios/tables", path: Parts.memoryPath, access: .reported),
            manufacturer: maker, model: model, serial: serial)
    }

    static func bios(_ version: String = "1.9.0") -> Component {
        Component(
            .firmware, at: "fw/bios",
            evidence: Evidence(probe: "smbios/tables", path: Parts.memoryPath, access: .reported),
            manufacturer: "Dell", firmwareVersion: version)
    }

    static func nic(_ address: String = "8c:04:ba:00:00:01", at location: String = "network/eth0") -> Component {
        Component(
            .network, at: location, evidence: Evidence(probe: "network/interfaces", path: "/sys/class/net/eth0"),
            manufacturer: "Intel", model: "I219", properties: ["permanentAddress": address])
    }

    static func dimm(_ slot: String, _ serial: String?, maker: String = "Hynix", model: String = "HMA81GS6")
        -> Component
    {
        Parts.memory(slot, serial, maker: maker, model: model, part: nil)
    }

    static let whole = [board(), bios(), nic(), dimm("A", "29AC1111"), dimm("B", "29AC2222")]

    static func with(_ removed: Set<Int> = [], _ added: [Component] = []) -> [Component] {
        whole.indices.filter { !removed.contains($0) }.map { whole[$0] } + added
    }

    static let serialless = Array(Scenario.certificate.prefix(3)) + [Scenario.dimm(nil), Scenario.dimm(nil)]

    static let scenarios: [Scenario] = [
        Scenario(name: "1 identical", found: whole, verdict: .pass, differences: []),
        Scenario(
            name: "2 extra DIMM", found: with([], [dimm("C", "29AC274B")]), verdict: .fail,
            differences: ["unexpected memory dimm/C"], named: ["29AC274B"]),
        Scenario(
            name: "3 extra part of a class that the record does not name", found: with([], [Parts.pci("0000:05:00.0")]),
            verdict: .fail, differences: ["unexpected pci pci/0000:05:00.0"], named: ["8086:15f3"]),
        Scenario(
            name: "4 one DIMM removed", found: with([3]), verdict: .fail, differences: ["missing memory -"],
            named: ["29AC1111"]),
        Scenario(
            name: "5 two equal DIMMs without serials expected, one fitted", expected: serialless,
            found: with([3, 4], [dimm("A", nil)]), verdict: .fail, differences: ["missing memory -"]),
        Scenario(
            name: "6 DIMM swapped, same model", found: with([3], [dimm("A", "666")]), verdict: .fail,
            differences: ["mismatched memory dimm/A"], named: ["29AC1111", "666"]),
        Scenario(
            name: "7 DIMM swapped, other maker and model",
            found: with([4], [dimm("B", "777", maker: "Acme", model: "Z1")]), verdict: .fail,
            differences: ["mismatched memory dimm/B"], named: ["29AC2222", "777", "Acme", "Z1"]),
        Scenario(
            name: "8 firmware differs and is ignored, board missing",
            policy: [.firmware: ClassPolicy(fields: ["firmwareVersion": .ignore])],
            found: with([0, 1], [bios("1.2.0")]),
            verdict: .fail, differences: ["missing baseboard -"], named: ["BB77"]),
        Scenario(
            name: "8b the same, not ignored", found: with([0, 1], [bios("1.2.0")]), verdict: .fail,
            differences: ["missing baseboard -", "mismatched firmware fw/bios"], named: ["BB77", "1.2.0"]),
        Scenario(
            name: "9 MAC address differs", found: with([2], [nic("02:00:00:00:00:09")]), verdict: .fail,
            differences: ["mismatched network network/eth0"], named: ["02:00:00:00:00:09"]),
        Scenario(
            name: "9 MAC address differs, by policy a notice",
            policy: [.network: ClassPolicy(fields: ["properties.*": .notice])],
            found: with([2], [nic("02:00:00:00:00:09")]),
            verdict: .pass, differences: [],
            note: "properties.permanentAddress: expected 8c:04:ba:00:00:01, found 02:00:00:00:00:09"),
        Scenario(
            name: "10 letter case of the maker", found: with([0], [board("DELL")]), verdict: .pass, differences: [],
            note: "manufacturer: differs only in letter case"),
        Scenario(
            name: "11 blanks after the model", found: with([0], [board(model: "0D4YRK  ")]), verdict: .pass,
            differences: [],
            note: "model: differs only in blanks"),
        Scenario(
            name: "12 placeholder serial becomes blank",
            expected: Array(Scenario.certificate.prefix(3))
                + [Scenario.dimm("Not Specified"), Scenario.dimm("29AC2222")],
            found: with([3], [dimm("A", nil)]), verdict: .pass, differences: [],
            note: "serial: the record's serial is a placeholder: serial not attestable"),
        Scenario(
            name: "13b serial differs", found: with([0], [board(serial: "BB78")]), verdict: .fail,
            differences: ["mismatched baseboard board/0"], named: ["BB77", "BB78"]),
    ]

    @Test("Each tampering gets the right answer and names the right part", arguments: scenarios)
    func answer(_ scenario: Scenario) throws {
        var profile: HardwareProfile?
        if !scenario.policy.isEmpty {
            profile = HardwareProfile(id: "policy", version: "1")
            profile?.classes = scenario.policy
        }
        let result = Evaluation(profile: profile, record: Parts.record(scenario.expected))
            .run(Parts.inventory(scenario.found))
        #expect(result.outcomes.differences == scenario.differences)
        #expect(result.verdict == scenario.verdict)
        if let note = scenario.note { #expect(result.outcomes.contains { $0.notes.contains(note) }) }
        let facts = result.findings.flatMap { finding in
            [finding.expected, finding.observed] + finding.fields.flatMap { [$0.expected, $0.observed] }
        }
        let text = facts.compactMap(\.self).joined(separator: "\n")
        for name in scenario.named { #expect(text.contains(name), "\(name) is not named in \(text)") }
    }

    @Test("13 hexadecimal case of an identity does not count")
    func hexadecimalCase() throws {
        let outcomes = Reconciliation(profile: Parts.profile([Parts.expectedPCI("0000:03:00.0", "0x8086", "15F3")]))
            .run(Parts.inventory([Parts.pci("0000:03:00.0")])).outcomes
        #expect(outcomes.map(\.kind) == [.matched])
        #expect(outcomes[0].notes.count == 2)
    }

    @Test("14, 15: a good run before does not hide a swap or a loss", arguments: [[3: "666"], [:]])
    func afterAGoodRun(_ swap: [Int: String]) throws {
        let evaluation = Evaluation(profile: nil, record: Parts.record(Scenario.certificate))
        let good = Parts.inventory(Self.whole)
        #expect(evaluation.run(good).verdict == .pass)
        let bad = Parts.inventory(Self.with([3], swap.isEmpty ? [] : [Self.dimm("A", "666")]))
        let result = evaluation.run(bad, previous: good)
        #expect(result.verdict == .fail)
        #expect(result.outcomes.filter(\.fails).map(\.kind) == [swap.isEmpty ? .missing : .mismatched])
        #expect(result.findings.contains { $0.rule == "change/component-changed" })
    }
}

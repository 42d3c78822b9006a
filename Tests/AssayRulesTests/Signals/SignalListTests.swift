import AssayModel
import FoundationEssentials
import Testing

@testable import AssayRules

@Suite struct SignalListTests {
    private static let signals = RuleLists.standard.signals.flatMap(\.signals)

    private static func shown(_ signal: Signal, _ example: SignalExample) -> [Finding] {
        let (now, former, today) = example.inventories(of: signal.componentClass)
        let context = RuleContext(inventory: now, previous: former)
        guard case .violated(let findings) = SignalRule(lists: .standard, today: today).evaluate(context) else {
            return []
        }
        return findings.filter { $0.rule == signal.id }
    }

    @Test("A signal shows on the parts that its data says it shows on", arguments: signals.map(\.id))
    func fires(_ id: String) throws {
        let signal = try #require(Self.signals.first { $0.id == id })
        for example in signal.examples.fires {
            let findings = Self.shown(signal, example)
            #expect(findings.count == 1, "\(id): \(example.note)")
            for finding in findings {
                #expect(finding.confidence == signal.confidence && finding.category == signal.category)
                #expect(finding.reproduction?.value.isEmpty == false && finding.reproduction?.expected.isEmpty == false)
                #expect(!finding.source.isEmpty && !finding.advice.isEmpty && finding.name?.key.isEmpty == false)
            }
        }
    }

    @Test("A signal stays silent on the parts that its data says it is silent on", arguments: signals.map(\.id))
    func silent(_ id: String) throws {
        let signal = try #require(Self.signals.first { $0.id == id })
        for example in signal.examples.silent {
            #expect(Self.shown(signal, example).isEmpty, "\(id): \(example.note)")
        }
    }

    @Test("Ids are unique over all lists, and fit the schema of findings")
    func ids() {
        let ids = Self.signals.map(\.id)
        #expect(Set(ids).count == ids.count && !ids.isEmpty)
        for id in ids {
            let name = id.dropFirst("signal/".count)
            #expect(
                !name.isEmpty
                    && name.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d })
        }
    }

    /// A list with one signal whose `check` or whole is replaced.
    private static func list(
        check: String, examples: String = #"{"fires":[{"note":"n","part":{}}],"silent":[{"note":"n","part":{}}]}"#
    ) -> [UInt8] {
        Array(
            """
            {"schema":"assay/signals/v1","id":"x","title":"x","date":"2026-11-24","sources":{"s":"s"},"signals":[{
            "id":"signal/x","title":"x","class":"usb","category":"suspect-counterfeit","confidence":"B","about":"x",
            "check":\(check),"advice":"x","source":"s","examples":\(examples)}]}
            """.utf8)
    }

    @Test(
        "A check that says nothing, twice or something unknown is refused",
        arguments: [
            #"{"mechanism":"guess"}"#, #"{"mechanism":"required","conditions":[]}"#,
            #"{"mechanism":"required","conditions":[{"field":"ids.vendor"}]}"#,
            #"{"mechanism":"required","conditions":[{"field":"ids.vendor","is":"1","like":"2"}]}"#,
            #"{"mechanism":"required","conditions":[{"field":"colour","is":"1"}]}"#,
            #"{"mechanism":"required","conditions":[{"field":"model","is":"1","because":"2"}]}"#,
            #"{"mechanism":"required","conditions":[{"field":"ids.vendor","from":"xyz"}]}"#,
            #"{"mechanism":"known-combination","rows":[],"expected":"x"}"#,
            #"{"mechanism":"date","field":"model","notBefore":"2009-13"}"#,
        ])
    func refusedCheck(_ check: String) {
        #expect(throws: RecordFailure.self) { try ListDocument(json: Self.list(check: check)) }
    }

    @Test("A signal without an example of either kind is refused")
    func refusedExamples() {
        let check = #"{"mechanism":"required","conditions":[{"field":"model","is":"1"}]}"#
        #expect(throws: Never.self) { try ListDocument(json: Self.list(check: check)) }
        for examples in [
            #"{"fires":[],"silent":[{"note":"n","part":{}}]}"#, #"{"fires":[{"note":"n","part":{}}],"silent":[]}"#,
        ] {
            #expect(throws: RecordFailure.self) { try ListDocument(json: Self.list(check: check, examples: examples)) }
        }
    }
}

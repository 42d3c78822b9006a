import AssayModel
import AssayTestKit
import AssayTraceability
import Testing

@testable import AssayRules

/// A laptop, its platform certificates and what was collected on it: the right answers, part by part.
///
/// That a wrong unit fails is not enough: each case asserts which finding makes it fail.
@Suite(.enabled(if: Corpus.isAvailable)) struct CertificateFixtureTests {
    private static let folder = "platform-certs/hirs-laptop/"
    private static let base = "default/laptop.default.1.base.cer"
    private static let light = "platCertLight/laptop_platCertLight_base_platform.crt"

    private func judge(base: String, deltas: [String] = []) throws -> VerifyResult {
        let anchors = try TrustAnchors(try Corpus.bytes(Self.folder + "default/ca.crt"))
        var record: AsBuiltRecord?
        var changes: [RecordDelta] = []
        for name in [base] + deltas {
            let bytes = try Corpus.bytes(Self.folder + name)
            for document in try RecordImport.read(bytes, trusting: anchors) {
                switch document.content {
                case .record(let found): record = found
                case .delta(let delta): changes.append(delta)
                case .profile: Issue.record("\(name) is no record")
                }
            }
        }
        let chain = RecordChain(base: try #require(record)).resolve(changes)
        let path = "default/laptop_default_hw.json"
        let device = try PaccorComponentList(json: try Corpus.bytes(Self.folder + path)).inventory(path: path)
        var result = Evaluation(profile: nil, record: chain.effective).run(device)
        RecordChainFindings.enter(chain.defects, device: device.device, into: &result)
        return result
    }

    @Test func theLaptopIsWhatItsCertificateSays() throws {
        let result = try judge(base: Self.base)
        #expect(result.verdict == .pass)
        #expect(result.findings.isEmpty)
        #expect(result.outcomes.map(\.kind) == Array(repeating: .matched, count: 6))
    }

    @Test("platCertLight: exactly one finding, the module that the certificate lacks") func light() throws {
        let result = try judge(base: Self.light)
        #expect(result.verdict == .fail)
        #expect(result.findings.map(\.rule) == ["trace/unexpected-component"])
        let finding = try #require(result.findings.first)
        #expect(finding.observed?.hasSuffix("serial 29AC274B") == true)
        #expect(finding.path?.hasSuffix("COMPONENTS[5]") == true)
        #expect(finding.source == "as-built 56LMWD2")
    }

    @Test("deltaPlatMem: the delta brings the module in, no finding") func delta() throws {
        let result = try judge(
            base: Self.light, deltas: ["deltaPlatMem/laptop_deltaPlatCert_addMem.crt"])
        #expect(result.verdict == .pass)
        #expect(result.findings.isEmpty)
    }

    @Test("badDeltaMem: two independent causes, the order of dates and the modules") func badDelta() throws {
        let result = try judge(base: Self.base, deltas: ["badDeltaMem/laptop_badDeltaMem_delta.crt"])
        #expect(result.verdict == .fail)
        #expect(
            result.findings.map(\.rule).sorted() == [
                "record/date-order", "trace/mismatched-component", "trace/mismatched-component",
            ])
        let parts = result.findings.filter { $0.rule == "trace/mismatched-component" }
        #expect(
            parts.compactMap { $0.fields.first { $0.name == "serial" }?.observed }.sorted() == ["29AC274B", "29AC2764"])
        #expect(parts.allSatisfy { $0.source.hasPrefix("delta certificate 2 of") }, "the delta set the expectation")
    }

    @Test("no finding lacks expectation, observation, record, path or rule") func complete() throws {
        for result in [
            try judge(base: Self.light),
            try judge(base: Self.base, deltas: ["badDeltaMem/laptop_badDeltaMem_delta.crt"]),
        ] {
            for finding in result.findings {
                #expect(!finding.rule.isEmpty && !finding.source.isEmpty && !finding.advice.isEmpty)
                #expect(finding.observed != nil, "\(finding.title)")
                #expect(finding.expected != nil || finding.rule == "trace/unexpected-component", "\(finding.title)")
                #expect(finding.path != nil || finding.rule.hasPrefix("record/"), "\(finding.title)")
            }
        }
    }
}

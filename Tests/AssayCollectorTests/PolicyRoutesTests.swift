import AssayModel
import AssayReport
import AssayStore
import Crypto
import NIOHTTP1
import Testing

@testable import AssayCollector

/// Policies and plans over the operator API.
struct PolicyRoutesTests {
    private static let policy = Array(
        #"{"schema":"assay/policy/v1","id":"edge","severities":{"trace/unexpected-component":"info"}}"#.utf8)

    private static func post(
        _ collector: TestCollector, _ path: String, _ body: String
    ) async throws -> LoopbackClient.Response {
        try await collector.connect { client in
            try await client.send(
                .POST, "/api/v1/" + path, Array(body.utf8),
                headers: ["authorization": "Bearer \(collector.operatorToken)"])
        }
    }

    private static func get(_ collector: TestCollector, _ path: String) async throws -> LoopbackClient.Response {
        try await collector.connect { client in
            try await client.get("/api/v1/" + path, token: collector.operatorToken)
        }
    }

    @Test func aReviewedPolicyIsImportedListedAndShown() async throws {
        try await TestCollector.run { collector in
            let body = #"{"content":"\#(Base64.encode(Self.policy))","reviewedBy":"A. Auditor"}"#
            let made = try await Self.post(collector, "policies", body)
            #expect(made.status == 201, "\(made.text)")
            #expect(try made.decoded(DocumentView.self).id == "edge")
            let page = try await Self.get(collector, "policies").decoded(PageView<DocumentView>.self)
            #expect(page.items.map(\.id) == ["edge"])
            let shown = try await Self.get(collector, "policies/edge").decoded(PolicyView.self)
            #expect(shown.vouchedBy == "review by A. Auditor")
            #expect(shown.policy.severities == ["trace/unexpected-component": .info])
            #expect(try await Self.get(collector, "policies/core").status == 404)
            let audit = try await collector.store.audit(limit: 9)
            #expect(audit.contains { $0.actor.hasPrefix("operator:") && $0.subject.contains("edge") }, "\(audit)")
        }
    }

    @Test func aSignedPolicyNeedsItsSignature() async throws {
        try await TestCollector.run { collector in
            let key = P256.Signing.PrivateKey()
            let pem = key.publicKey.pemRepresentation.split(separator: "\n").joined(separator: "\\n")
            let signature = Base64.encode([UInt8](try key.signature(for: Self.policy).derRepresentation))
            let content = Base64.encode(Self.policy)
            func body(_ content: String) -> String {
                #"{"content":"\#(content)","key":"\#(pem)","signature":"\#(signature)"}"#
            }
            let changed = Base64.encode(Self.policy + [0x20])
            let refused = try await Self.post(collector, "policies", body(changed))
            #expect(refused.status == 400)
            #expect(refused.text.contains("the signature is not that key's"), "\(refused.text)")
            let made = try await Self.post(collector, "policies", body(content))
            #expect(made.status == 201, "\(made.text)")
            let shown = try await Self.get(collector, "policies/edge").decoded(PolicyView.self)
            #expect(shown.vouchedBy.hasPrefix("key sha256:"))
        }
    }

    @Test(
        "what nobody vouches for, or cannot be read, is refused with the reason",
        arguments: [
            ("policies", #"{"content":"e30="}"#, "is signed"),
            ("policies", #"{"content":"e30=","reviewedBy":"A","key":"x"}"#, "is signed"),
            ("policies", #"{"content":"e30=","reviewedBy":"A","signature":"e30="}"#, "is signed"),
            ("policies", #"{"content":"e30=","reviewedBy":"A"}"#, "the policy cannot be used"),
            ("policies", #"{"content":"?","reviewedBy":"A"}"#, "content has a wrong value"),
            ("plans", "{}", "a plan takes 1 to 64"), ("plans", #"{"profiles":["e30="]}"#, "the profile cannot be used"),
            ("plans", #"{"policies":["e30="]}"#, "the policy cannot be used"),
        ])
    func refused(_ path: String, _ body: String, _ words: String) async throws {
        try await TestCollector.run { collector in
            let answer = try await Self.post(collector, path, body)
            #expect(answer.status == 400)
            #expect(answer.problem == "malformed")
            #expect(answer.text.contains(words), "\(answer.text)")
            #expect(try await collector.store.documents(.policy, after: nil, limit: 9).isEmpty)
        }
    }

    @Test("a plan says what would change, and writes nothing") func plans() async throws {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            try await collector.connect(as: device) { client in
                _ = try await ReportRoutesTests.deliverFirst(device, &client)
            }
            try await collector.settle()
            _ = try await ProfileTeacher(operations: collector.operations)
                .learn(from: device.identity.id.description, as: "edge", by: TestCollector.actor)
            try await collector.settle()
            let stored = try await collector.operations.profile("edge")
            var profile = try CanonicalJSON.decode(HardwareProfile.self, from: stored.content)
            profile.components.removeAll()
            let file = Base64.encode(try CanonicalJSON.encode(profile))
            let answer = try await Self.post(
                collector, "plans", #"{"profiles":["\#(file)"],"policies":["\#(Base64.encode(Self.policy))"]}"#)
            #expect(answer.status == 202, "\(answer.text)")
            var view = try answer.decoded(PlanView.self)
            while view.plan == nil, view.state != "failed" {
                view = try await Self.get(collector, "plans/\(view.id)").decoded(PlanView.self)
            }
            let plan = try #require(view.plan)
            #expect(plan.documents == ["profile edge", "policy edge"])
            #expect(plan.changes.map(\.device) == [device.identity.id])
            #expect(try await collector.operations.profile("edge").digest == stored.digest)
            #expect(try await collector.store.documents(.policy, after: nil, limit: 9).isEmpty)
            let applied = try await Self.post(collector, "plans/\(view.id)/apply", "")
            #expect(applied.status == 201, "\(applied.text)")
            #expect(try await collector.operations.profile("edge").revision == stored.revision + 1)
            #expect(try await Self.post(collector, "plans/\(view.id)/apply", "").status == 400)
        }
    }
}

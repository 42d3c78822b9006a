import AssayModel
import AssayReport
import AssayStore
import Crypto
import NIOHTTP1
import Testing

@testable import AssayCollector

/// Policies of groups of devices, and plans of what they would change.
struct PolicyTests {
    private static func policy(_ fields: String, id: String = "edge") -> [UInt8] {
        Array(#"{"schema":"assay/policy/v1","id":"\#(id)",\#(fields)}"#.utf8)
    }

    private static let ignoring = policy(
        #""group":{"models":["ed*"]},"ignored":[{"rule":"trace/unexpected-component","reason":"test sticks"}]"#)

    /// A device that has a part which its profile does not know, judged.
    private static func withUnexpectedPart(
        _ body: (TestCollector, TestDevice, PolicyLibrary) async throws -> Void
    ) async throws {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            try await collector.connect(as: device) { client in
                let (first, _) = try await ReportRoutesTests.deliverFirst(device, &client)
                _ = try await ProfileTeacher(operations: collector.operations)
                    .learn(from: device.identity.id.description, as: "edge", by: TestCollector.actor)
                let stick = Component(
                    .storage, at: "usb/1", evidence: Evidence(probe: "storage", path: "/sys/block/sda"),
                    manufacturer: "Stick", model: "S1")
                let (descriptors, objects) = try device.sections(ReportRoutesTests.components() + [stick])
                let second = try device.report(2, descriptors, previous: first.digest)
                _ = try await client.send(.POST, "/v1/reports", second.envelope)
                _ = try await client.send(
                    .POST, "/v1/reports/\(second.digest)/content", try TestDevice.frames(objects))
            }
            try await collector.settle()
            try await body(collector, device, PolicyLibrary(store: collector.store))
        }
    }

    private static func verdict(_ collector: TestCollector, _ device: TestDevice) async throws -> DeviceVerdict? {
        try await collector.settle()
        return try await collector.store.device(device.identity.id)?.standing?.verdict
    }

    @Test("a plan shows what an import then does, and writes nothing") func plans() async throws {
        try await Self.withUnexpectedPart { collector, device, library in
            let planner = Planner(store: collector.store)
            let candidates = try await planner.policy(Self.ignoring, by: TestCollector.actor)
            let plan = try await planner.plan(candidates)
            let change = try #require(plan.changes.first)
            #expect(change.verdict == .fail)
            #expect(change.planned == .passWithWaivers)
            #expect(change.reweighed.map(\.rule) == ["trace/unexpected-component"])
            #expect(change.reweighed.map(\.severity) == ["info"])
            #expect(try await Self.verdict(collector, device) == .fail)
            #expect(try await collector.store.documents(.policy, after: nil, limit: 9).isEmpty)
            _ = try await library.importPolicy(
                Self.ignoring, vouchedBy: .reviewer("somebody"), by: TestCollector.actor)
            #expect(try await Self.verdict(collector, device) == .passWithWaivers)
            let query = FindingQuery(deviceID: device.identity.id)
            let finding = try await collector.store.findings(query, after: nil, limit: 9).findings
                .first { $0.rule == "trace/unexpected-component" }
            let content = try CanonicalJSON.decode(Finding.self, from: try #require(finding).content)
            #expect(content.notes.contains("left out by policy edge: test sticks"))
            let again = try await planner.plan(candidates)
            #expect(again.changes.isEmpty)
            #expect(again.unchanged == 1)
        }
    }

    @Test func aProfileIsPlanned() async throws {
        try await Self.withUnexpectedPart { collector, device, _ in
            let stored = try await collector.operations.profile("edge")
            var profile = try CanonicalJSON.decode(HardwareProfile.self, from: stored.content)
            profile.components.removeAll()
            let bytes = try CanonicalJSON.encode(profile)
            let candidate = try await collector.operations.profileDocument(bytes, by: TestCollector.actor)
            let plan = try await Planner(store: collector.store).plan([candidate])
            #expect(plan.changes.first?.opened.contains { $0.rule == "trace/unexpected-component" } == true)
            #expect(try await collector.operations.profile("edge").digest == stored.digest)
        }
    }

    @Test(
        "policies of other groups change nothing",
        arguments: [
            #""group":{"models":["core"]},"severities":{"trace/unexpected-component":"info"}"#,
            #""group":{"sites":["lab"]},"severities":{"trace/unexpected-component":"info"}"#,
            #""severities":{"trace/unexpected-component":"low"}"#,
        ])
    func otherGroups(_ fields: String) async throws {
        try await Self.withUnexpectedPart { collector, device, library in
            _ = try await library.importPolicy(
                Self.policy(fields), vouchedBy: .reviewer("somebody"), by: TestCollector.actor)
            #expect(try await Self.verdict(collector, device) == .fail)
        }
    }

    @Test(
        "what a policy may not say",
        arguments: [
            #""severities":{"trace/no-such-rule":"info"}"#, #""severities":{"trace/unexpected-component":"grave"}"#,
            #""ignored":[{"rule":"trace/unexpected-component","reason":""}]"#, #""waivers":{"days":0}"#,
            #""colour":"red""#,
        ])
    func malformed(_ fields: String) {
        #expect(throws: CollectorFailure(.data, "")) { try PolicyLibrary.policy(Self.policy(fields)) }
    }

    @Test func somebodyVouchesForAPolicy() async throws {
        try await TestCollector.run { collector in
            let library = PolicyLibrary(store: collector.store)
            let key = P256.Signing.PrivateKey()
            let pem = key.publicKey.pemRepresentation
            let stranger = P256.Signing.PrivateKey().publicKey.pemRepresentation
            let signature = [UInt8](try key.signature(for: Self.ignoring).derRepresentation)
            let envelope = try DSSEEnvelope(
                signing: Self.ignoring, type: PolicyLibrary.mediaType, with: key, keyID: "k"
            ).encoded()
            let other = try DSSEEnvelope(signing: Self.ignoring, type: "text/plain", with: key, keyID: "k").encoded()
            let refused: [([UInt8], PolicyLibrary.Voucher)] = [
                (Self.ignoring, .key(pem: stranger, signature: signature)),
                (Self.policy(#""title":"other""#), .key(pem: pem, signature: signature)),
                (envelope, .key(pem: stranger, signature: nil)), (other, .key(pem: pem, signature: nil)),
                (Self.ignoring, .key(pem: pem, signature: nil)), (envelope, .key(pem: "no key", signature: nil)),
            ]
            for (bytes, voucher) in refused {
                await #expect(throws: CollectorFailure(.data, "")) {
                    try await library.importPolicy(bytes, vouchedBy: voucher, by: TestCollector.actor)
                }
            }
            #expect(try await collector.store.documents(.policy, after: nil, limit: 9).isEmpty)
            let signer = "key \(ContentDigest.sha256(of: [UInt8](key.publicKey.derRepresentation)))"
            for (bytes, voucher) in [
                (Self.ignoring, PolicyLibrary.Voucher.key(pem: pem, signature: signature)),
                (envelope, .key(pem: pem, signature: nil)),
            ] {
                let document = try await library.importPolicy(bytes, vouchedBy: voucher, by: TestCollector.actor)
                #expect(document.revision == 1)
                #expect(try await library.policy("edge").vouchedBy == signer)
            }
            _ = try await library.importPolicy(
                Self.ignoring, vouchedBy: .reviewer("A. Auditor"), by: TestCollector.actor)
            #expect(try await library.policy("edge").vouchedBy == "review by A. Auditor")
        }
    }
}

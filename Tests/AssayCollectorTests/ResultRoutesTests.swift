import AssayCollector
import AssayModel
import AssayReport
import AssayStore
import Crypto
import NIOHTTP1
import Testing

/// Results of verifications over live TLS, and what operators see of them.
struct ResultRoutesTests {
    private static func result(
        _ device: TestDevice, unit: String = "SN-1", verdict: Verdict = .pass, key: P256.Signing.PrivateKey? = nil,
        signer: ContentDigest? = nil
    ) throws -> SealedResult {
        let statement = VerificationStatement(
            name: unit, inventory: .sha256(of: [1]),
            predicate: .init(
                signer: signer ?? device.identity.id, unit: .init(device.facts), verdict: verdict, outcomes: [:],
                findings: FindingCounts(), differences: [], result: .sha256(of: [2]), profile: nil, records: [],
                fleet: nil, station: "L1", operator: nil, takenAt: Timestamp(seconds: 1_769_860_800),
                agent: .init(name: "assay-agent", version: "0.1.0")))
        return try ReportSealer(key: key ?? device.key).seal(statement)
    }

    @Test func keptOnceListedAndShown() async throws {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            let result = try Self.result(device)
            try await collector.connect(as: device) { client in
                for _ in 1...2 {
                    let answer = try await client.send(.POST, "/v1/results", result.envelope)
                    #expect(answer.status == 200, "\(answer.text)")
                    #expect(try answer.decoded(ResultAcknowledgement.self).result == result.digest)
                }
                let failed = try Self.result(device, unit: "SN-2", verdict: .fail)
                #expect(try await client.send(.POST, "/v1/results", failed.envelope).status == 200)
            }
            try await collector.connect { client in
                let page = try await client.get("/api/v1/results", token: collector.operatorToken)
                    .decoded(ResultPageView.self)
                #expect(page.items.map(\.unit) == ["SN-2", "SN-1"])
                #expect(page.stations.map(\.firstPassYield) == [50])
                let one = try await client.get(
                    "/api/v1/results/\(result.digest.hex.prefix(10))", token: collector.operatorToken)
                #expect(try one.decoded(ResultDetailView.self).statement.subject[0].name == "SN-1")
                let wrong = try await client.get("/api/v1/results?verdict=good", token: collector.operatorToken)
                #expect(wrong.problem == "malformed")
                #expect(
                    try await client.get("/api/v1/results/00", token: collector.operatorToken).problem == "not-found")
                let metrics = try await client.get("/metrics", token: collector.operatorToken).text
                #expect(metrics.contains(#"assay_results_total{verdict="repeated"} 1"#))
            }
        }
    }

    @Test func tamperedForeignAndUselessResultsAreRefused() async throws {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            let other = try await collector.enrol(serial: "S2")
            try await collector.connect(as: device) { client in
                let stranger = try Self.result(device, key: P256.Signing.PrivateKey())
                #expect(try await client.send(.POST, "/v1/results", stranger.envelope).problem == "key-mismatch")
                let foreign = try Self.result(other)
                #expect(try await client.send(.POST, "/v1/results", foreign.envelope).problem == "key-mismatch")
                let borrowed = try Self.result(device, signer: other.identity.id)
                #expect(try await client.send(.POST, "/v1/results", borrowed.envelope).problem == "key-mismatch")
                var compact = try ReceivedResult(parsing: try Self.result(device).envelope).compactForm
                let verdict = try #require(
                    String(decoding: compact, as: UTF8.self).ranges(of: #""station":"L1""#).first)
                let text = String(decoding: compact, as: UTF8.self)
                let offset = text.utf8.distance(from: text.startIndex, to: verdict.upperBound) - 2
                compact[offset] = UInt8(ascii: "2")
                #expect(try await client.send(.POST, "/v1/results", compact).problem == "signature-invalid")
                let (descriptors, _) = try device.sections([])
                let report = try device.report(1, descriptors)
                #expect(try await client.send(.POST, "/v1/results", report.envelope).problem == "malformed")
                let large = [UInt8](repeating: 0x20, count: DSSEEnvelope.sizeLimit + 1)
                #expect(try await client.send(.POST, "/v1/results", large).problem == "too-large")
            }
            #expect(try await collector.store.results(ResultQuery(), after: nil, limit: 9).results.isEmpty)
            _ = try await collector.store.revokeDevice(device.identity.id, by: TestCollector.actor)
            try await collector.connect(as: device) { client in
                let late = try Self.result(device)
                #expect(try await client.send(.POST, "/v1/results", late.envelope).problem == "device-revoked")
                #expect(try await client.get("/v1/device/findings").problem == "device-revoked")
            }
        }
    }

    @Test("a device hears of its own chain, and of nothing that its report shows by itself")
    func fleetFindings() async throws {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            try await collector.connect(as: device) { client in
                let before = try await client.get("/v1/device/findings").decoded(FleetView.self)
                #expect(before.report == nil)
                #expect(before.evaluatedAt == nil)
                #expect(before.unit.serial == "S1")
                #expect(before.verdict == .pass && before.findings.isEmpty)
                let (first, _) = try await ReportRoutesTests.deliverFirst(device, &client)
                let (descriptors, _) = try device.sections(ReportRoutesTests.components())
                let replay = try device.report(1, descriptors, takenAt: "2026-01-01T00:00:00Z")
                #expect(try await client.send(.POST, "/v1/reports", replay.envelope).status == 409)
                try await collector.settle()
                let view = try await client.get("/v1/device/findings").decoded(FleetView.self)
                #expect(view.report == first.digest)
                #expect(view.findings.map(\.rule) == ["chain/sequence-reused"])
                #expect(view.verdict == .fail)
            }
        }
    }
}

import AssayModel
import AssayReport
import AssayStore
import NIOHTTP1
import Testing

@testable import AssayCollector

/// What operators do with findings, over the real routes.
struct FindingLifeTests {
    private static func send(
        _ collector: TestCollector, _ path: String, _ body: String
    ) async throws -> LoopbackClient.Response {
        try await collector.connect { client in
            try await client.send(
                .POST, "/api/v1/" + path, Array(body.utf8),
                headers: ["authorization": "Bearer \(collector.operatorToken)"])
        }
    }

    private static func get<T: Decodable & Sendable>(
        _ collector: TestCollector, _ path: String, as type: T.Type
    ) async throws -> T {
        try await collector.connect { client in
            try await client.get("/api/v1/" + path, token: collector.operatorToken).decoded(type)
        }
    }

    /// A device that has a part which its profile does not know, judged.
    static func withUnexpectedPart(
        _ body: (TestCollector, TestDevice, FindingView) async throws -> Void
    ) async throws {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            let id = device.identity.id
            try await collector.connect(as: device) { client in
                let (first, _) = try await ReportRoutesTests.deliverFirst(device, &client)
                _ = try await ProfileTeacher(operations: collector.operations)
                    .learn(from: id.description, as: "edge", by: TestCollector.actor)
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
            let page = try await get(
                collector, "findings?device=\(id.hex)&rule=trace/unexpected-component", as: PageView<FindingView>.self)
            try await body(collector, device, try #require(page.items.first))
        }
    }

    private static func verdict(_ collector: TestCollector, _ device: TestDevice) async throws -> DeviceVerdict? {
        try await collector.settle()
        return try await collector.store.device(device.identity.id)?.standing?.verdict
    }

    @Test("a waived finding stays visible, and its pass says that it is one with waivers")
    func waivers() async throws {
        try await Self.withUnexpectedPart { collector, device, view in
            let id = view.finding.id
            #expect(view.state == "open")
            #expect(try await Self.verdict(collector, device) == .fail)
            #expect(try await Self.send(collector, "findings/\(id)/acknowledge", #"{"note":"seen"}"#).status == 200)
            for body in [
                #"{"reason":"r","expiresIn":3600}"#, #"{"owner":"q","reason":"r"}"#,
                #"{"owner":"q","reason":"","expiresIn":3600}"#, #"{"owner":"q","reason":"r","expiresIn":99999999}"#,
                #"{"owner":"q","reason":"r","expiresIn":3600,"scope":"site"}"#,
            ] {
                #expect(try await Self.send(collector, "findings/\(id)/waive", body).status == 400, "\(body)")
            }
            let waived = try await Self.send(
                collector, "findings/\(id)/waive",
                #"{"owner":"quality","reason":"second source","expiresIn":3600,"scope":"model"}"#)
            #expect(waived.status == 201, "\(waived.text)")
            #expect(try await Self.verdict(collector, device) == .passWithWaivers)
            let listed = try await Self.get(collector, "findings?state=waived", as: PageView<FindingView>.self)
            #expect(listed.items.map(\.finding.id) == [id])
            let causes = try await Self.get(collector, "causes?state=waived", as: PageView<CauseCount>.self)
            #expect(causes.items.map(\.devices) == [1])
            let status = try await Self.send(collector, "findings/\(id)/unwaive", #"{"reason":"no"}"#).status
            #expect(status == 204)
            #expect(try await Self.verdict(collector, device) == .fail)
            let history = try await Self.get(collector, "findings/\(id)/history", as: PageView<FindingEvent>.self)
            #expect(history.items.map(\.event) == [.opened, .acknowledged, .waived, .unwaived])
            #expect(history.items.filter { $0.actor.hasPrefix("operator:") }.map(\.event) == [.acknowledged, .waived])
        }
    }

    @Test("a waiver whose day has come opens its finding again") func expiry() async throws {
        try await Self.withUnexpectedPart { collector, device, view in
            let request = WaiverRequest(scope: .unit, owner: "quality", reason: "r", duration: .seconds(60))
            let long = Actor("test", at: Timestamp.now.adding(.seconds(-59)))
            _ = try await collector.operations.waive(view.finding.id, request, by: long)
            _ = try await collector.store.endExpiredWaivers(at: Timestamp.now.adding(.seconds(60)))
            #expect(try await Self.verdict(collector, device) == .fail)
            #expect(try await collector.store.waivers(includesEnded: false, limit: 9).isEmpty)
        }
    }
}

import AssayCollector
import AssayModel
import AssayReport
import AssayStore
import Crypto
import NIOHTTP1
import Testing

/// The device routes over live TLS 1.3, from enrolment to verdict.
struct ReportRoutesTests {
    static func components(serial: String = "D1") -> [Component] {
        [
            Component(
                .storage, at: "nvme/0", evidence: Evidence(probe: "storage", path: "/sys/block/nvme0n1"),
                manufacturer: "Disk", model: "D100", serial: serial),
            Component(
                .pci, at: "pci/0000:00:01.0", evidence: Evidence(probe: "pci", path: "/sys/bus/pci/devices/0"),
                ids: ["vendor": "8086", "device": "1234"]),
        ]
    }

    /// Delivers a first report with its content and returns it.
    static func deliverFirst(
        _ device: TestDevice, _ client: inout LoopbackClient.Exchange
    ) async throws -> (report: SealedReport, nonce: String?) {
        let (descriptors, objects) = try device.sections(components())
        let report = try device.report(1, descriptors)
        let asked = try await client.send(.POST, "/v1/reports", report.envelope)
        #expect(asked.status == 202)
        let missing = try asked.decoded(MissingContent.self)
        #expect(Set(missing.missing) == Set(descriptors.values.map(\.digest)))
        let done = try await client.send(
            .POST, "/v1/reports/\(report.digest)/content", try TestDevice.frames(objects))
        #expect(done.status == 200, "\(done.text)")
        return (report, try done.decoded(ReportAcknowledgement.self).nonce)
    }

    @Test func firstReportThenUnchangedThenChanged() async throws {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            try await collector.connect(as: device) { client in
                let (first, nonce) = try await Self.deliverFirst(device, &client)
                try await collector.settle()
                let status = try await client.get("/v1/device").decoded(DeviceStatus.self)
                #expect(status.evaluated)
                #expect(status.verdict == .unverified)
                let (descriptors, _) = try device.sections(Self.components())
                let second = try device.report(2, descriptors, previous: first.digest, nonce: nonce)
                let answer = try await client.send(.POST, "/v1/reports", second.envelope)
                #expect(answer.status == 200)
                #expect(try answer.decoded(ReportAcknowledgement.self).verdict == .unverified)
                #expect(second.envelope.count + answer.body.count < 3000)
                let repeated = try await client.send(.POST, "/v1/reports", second.envelope)
                #expect(repeated.status == 200)
                #expect(repeated.body == answer.body)
                let (changed, _) = try device.sections(Self.components(serial: "D2"))
                let third = try device.report(3, changed, previous: second.digest)
                let incomplete = try await client.send(.POST, "/v1/reports", third.envelope)
                #expect(incomplete.status == 202)
                #expect(try incomplete.decoded(MissingContent.self).missing == [changed["components"]?.digest])
            }
        }
    }

    @Test func replayedTamperedAndForeignReportsAreRefused() async throws {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            try await collector.connect(as: device) { client in
                let (first, _) = try await Self.deliverFirst(device, &client)
                let (descriptors, _) = try device.sections(Self.components())
                let replay = try device.report(1, descriptors, takenAt: "2026-01-01T00:00:00Z")
                let refused = try await client.send(.POST, "/v1/reports", replay.envelope)
                #expect(refused.status == 409)
                #expect(refused.problem == "sequence-replayed")
                #expect(try refused.decoded(ProblemDetail.self).sequence == 1)
                let second = try device.report(2, descriptors, previous: first.digest)
                var envelope = try CanonicalJSON.decode([String: Loose].self, from: second.envelope)
                let other = try device.report(3, descriptors, previous: first.digest)
                envelope["payload"] = try CanonicalJSON.decode([String: Loose].self, from: other.envelope)["payload"]
                let tampered = try await client.send(.POST, "/v1/reports", try CanonicalJSON.encode(envelope))
                #expect(tampered.status == 403)
                #expect(tampered.problem == "signature-invalid")
                let foreign = try device.report(2, descriptors, key: P256.Signing.PrivateKey())
                let stranger = try await client.send(.POST, "/v1/reports", foreign.envelope)
                #expect(stranger.status == 403)
                #expect(stranger.problem == "key-mismatch")
                try await collector.settle()
                let findings = try await collector.store.findings(FindingQuery(), after: nil, limit: 9).findings
                #expect(findings.map(\.rule) == ["chain/sequence-reused"])
                #expect(try await client.get("/v1/device").decoded(DeviceStatus.self).verdict == .fail)
            }
        }
    }

    @Test func reportsThatLeaveOutOrContradictAreRefused() async throws {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            try await collector.connect(as: device) { client in
                let empty = try await client.send(.POST, "/v1/reports", try device.report(1, [:]).envelope)
                #expect(empty.status == 400)
                #expect(empty.problem == "malformed")
                let (first, _) = try await Self.deliverFirst(device, &client)
                var (descriptors, _) = try device.sections(Self.components())
                descriptors["components"]?.lines = 1
                let lying = try device.report(2, descriptors, previous: first.digest)
                let answer = try await client.send(.POST, "/v1/reports", lying.envelope)
                #expect(answer.status == 400)
                #expect(answer.problem == "malformed")
            }
        }
    }

    @Test func learnedProfileTellsASwappedPart() async throws {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            try await collector.connect(as: device) { client in
                let (first, _) = try await Self.deliverFirst(device, &client)
                let teacher = ProfileTeacher(operations: collector.operations)
                let name = device.identity.id.description
                let profile = try await teacher.learn(from: name, as: "edge", by: TestCollector.actor)
                #expect(profile.revision == 1)
                try await collector.settle()
                #expect(try await client.get("/v1/device").decoded(DeviceStatus.self).verdict == .pass)
                var swapped = Self.components()
                swapped[0].model = "Other"
                let (descriptors, objects) = try device.sections(swapped)
                let second = try device.report(2, descriptors, previous: first.digest)
                _ = try await client.send(.POST, "/v1/reports", second.envelope)
                let path = "/v1/reports/\(second.digest)/content"
                let done = try await client.send(.POST, path, try TestDevice.frames(objects))
                #expect(try done.decoded(ReportAcknowledgement.self).verdict == .pending)
                try await collector.settle()
                #expect(try await client.get("/v1/device").decoded(DeviceStatus.self).verdict == .fail)
                let findings = try await collector.store.findings(FindingQuery(), after: nil, limit: 20).findings
                #expect(findings.contains { $0.rule == "trace/mismatched-component" })
                #expect(findings.allSatisfy { $0.firstReport == second.digest })
                let again = try await client.send(.POST, path, try TestDevice.frames(objects))
                #expect(again.status == 200)
            }
        }
    }

    @Test func splitSectionsAreAskedForShardByShard() async throws {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            var writer = SectionWriter(.files)
            var shards = Array(repeating: [UInt8](), count: 64)
            for number in 0..<2000 {
                let path = "/usr/bin/f\(10_000 + number)"
                let file = FileEntry(
                    path: path, kind: .executable, size: 1, mode: "755", uid: 0, digest: .sha256(of: Array(path.utf8)))
                let line = try writer.append(file, key: path)
                shards[Int(line.bucket) % 64] += line.bytes
            }
            let section = try writer.finish()
            let index = try #require(section.index)
            var (descriptors, objects) = try device.sections([])
            descriptors["files"] = section.descriptor
            objects.append(index)
            try await collector.connect(as: device) { [descriptors, objects, shards] client in
                let report = try device.report(1, descriptors)
                _ = try await client.send(.POST, "/v1/reports", report.envelope)
                let path = "/v1/reports/\(report.digest)/content"
                let half = try await client.send(.POST, path, try TestDevice.frames(objects))
                #expect(half.status == 202)
                let expected = shards.filter { !$0.isEmpty }.map { ContentDigest.sha256(of: $0) }
                #expect(try half.decoded(MissingContent.self).missing == expected)
                let unasked = try await client.send(.POST, path, try TestDevice.frames([Array("junk".utf8)]))
                #expect(unasked.status == 202)
                #expect(try await collector.store.content(.sha256(of: Array("junk".utf8))) == nil)
                let whole = try await client.send(.POST, path, try TestDevice.frames(shards))
                #expect(whole.status == 200)
                try await collector.settle()
                #expect(try await client.get("/v1/device").decoded(DeviceStatus.self).evaluated)
            }
        }
    }

    @Test(
        "hostile bodies",
        arguments: [
            ("", 400, "malformed"), ("garbage", 400, "malformed"), ("{}", 400, "malformed"),
            (String(repeating: "[", count: 5000), 400, "malformed"),
            (String(repeating: "x", count: 70_000), 413, "too-large"),
        ]) func refuses(_ body: String, _ status: Int, _ code: String) async throws
    {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            try await collector.connect(as: device) { client in
                let answer = try await client.send(.POST, "/v1/reports", Array(body.utf8))
                #expect(answer.status == status)
                #expect(answer.problem == code)
            }
        }
    }

    @Test func hostileContentIsRefused() async throws {
        try await TestCollector.run(with: TestCollector.settings(contentLimit: 4 << 20)) { collector in
            let device = try await collector.enrol()
            let (descriptors, objects) = try device.sections(Self.components())
            let report = try device.report(1, descriptors)
            let path = "/v1/reports/\(report.digest)/content"
            let bomb = try GzipWriter.compress([UInt8](repeating: 0x20, count: 8 << 20))
            let wrong = try GzipWriter.compress(
                Array("\(ContentDigest.sha256(of: objects[0])) 3\nabc".utf8))
            let attempts: [([UInt8], Int, String)] = [
                (bomb, 413, "too-large"), (wrong, 400, "malformed"), (Array("junk\n".utf8), 400, "malformed"),
                (Array(try TestDevice.frames(objects).dropLast(9)), 400, "malformed"),
            ]
            try await collector.connect(as: device) { client in
                let early = try await client.send(.POST, path, try TestDevice.frames(objects))
                #expect(early.status == 404)
                #expect(early.problem == "report-unknown")
                _ = try await client.send(.POST, "/v1/reports", report.envelope)
            }
            for (body, status, code) in attempts {
                try await collector.connect(as: device) { client in
                    let answer = try await client.send(.POST, path, body)
                    #expect(answer.status == status)
                    #expect(answer.problem == code)
                }
            }
        }
    }

    @Test("a time that the calendar does not have is refused, for it would pass every look at the clock")
    func impossibleTimes() async throws {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            try await collector.connect(as: device) { client in
                let (descriptors, _) = try device.sections(Self.components())
                for time in ["2026-13-01T00:00:00Z", "2026-01-99T00:00:00Z", "9999-99-99T99:99:99Z"] {
                    let report = try device.report(1, descriptors, takenAt: time)
                    let answer = try await client.send(.POST, "/v1/reports", report.envelope)
                    #expect(answer.status == 400, "\(time)")
                    #expect(answer.text.contains("takenAt"), "\(time): \(answer.text)")
                }
            }
        }
    }

    @Test("a report may bring no more than what may wait, and the next report starts anew")
    func waitingContentHasALimit() async throws {
        try await TestCollector.run(with: TestCollector.settings(pendingLimit: 4000)) { collector in
            let device = try await collector.enrol()
            try await collector.connect(as: device) { client in
                var large = Self.components()
                large[0].properties = ["note": String(repeating: "n", count: 4000)]
                let (descriptors, objects) = try device.sections(large)
                let report = try device.report(1, descriptors)
                #expect(try await client.send(.POST, "/v1/reports", report.envelope).status == 202)
                let answer = try await client.send(
                    .POST, "/v1/reports/\(report.digest)/content", try TestDevice.frames(objects))
                #expect(answer.status == 413)
                #expect(answer.problem == "pending-limit")
                #expect(answer.text.contains("at most 4000 bytes"), "\(answer.text)")
                #expect(try await collector.store.content(.sha256(of: objects[0])) == nil)
            }
            try await collector.connect(as: device) { client in _ = try await Self.deliverFirst(device, &client) }
        }
    }

    @Test func aDeviceThatAsksTooOftenMustWait() async throws {
        try await TestCollector.run(with: TestCollector.settings(requestsPerMinute: 6)) { collector in
            let device = try await collector.enrol()
            try await collector.connect(as: device) { client in
                for _ in 0..<2 { #expect(try await client.get("/v1/device").status == 200) }
                let refused = try await client.get("/v1/device")
                #expect(refused.status == 429)
                #expect(refused.headers.first(name: "retry-after").flatMap { Int($0) } ?? 0 > 0)
            }
        }
    }

    @Test func revokedDevicesAreRefused() async throws {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            try await collector.connect(as: device) { client in
                _ = try await Self.deliverFirst(device, &client)
                _ = try await collector.store.revokeDevice(device.identity.id, by: TestCollector.actor)
                let (descriptors, _) = try device.sections(Self.components())
                let answer = try await client.send(.POST, "/v1/reports", try device.report(2, descriptors).envelope)
                #expect(answer.status == 403)
                #expect(answer.problem == "device-revoked")
                #expect(try await client.get("/v1/device").problem == "device-revoked")
                let path = "/v1/reports/\(device.identity.id)/content"
                #expect(try await client.send(.POST, path, [1, 2, 3]).problem == "device-revoked")
            }
        }
    }
}

/// Any JSON value of an envelope.
enum Loose: Codable {
    case text(String)
    case list([[String: String]])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else {
            self = .list(try container.decode([[String: String]].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        }
    }
}

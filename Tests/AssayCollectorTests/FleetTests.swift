import AssayCollector
import AssayModel
import AssayReport
import AssayStore
import NIOHTTP1
import Testing

/// What devices show together that neither of them shows alone.
struct FleetTests {
    /// A device that reports over the real routes, one inventory after the other.
    private final class Reporter {
        let device: TestDevice
        private let collector: TestCollector
        private var sequence: UInt64 = 0
        private var previous: ContentDigest?

        init(_ collector: TestCollector, serial: String) async throws {
            self.collector = collector
            device = try await collector.enrol(serial: serial)
        }

        func report(_ components: [Component]) async throws {
            let (descriptors, objects) = try device.sections(components)
            sequence += 1
            let report = try device.report(sequence, descriptors, previous: previous)
            previous = report.digest
            try await collector.connect(as: device) { client in
                let answer = try await client.send(.POST, "/v1/reports", report.envelope)
                guard answer.status == 202 else { return }
                let done = try await client.send(
                    .POST, "/v1/reports/\(report.digest)/content", try TestDevice.frames(objects))
                #expect(done.status == 200, "\(done.text)")
            }
            try await collector.settle()
        }

        func findings() async throws -> [StoredFinding] {
            try await collector.store.findings(FindingQuery(deviceID: device.identity.id), after: nil, limit: 99)
                .findings
        }

        func rules() async throws -> [String] { try await findings().map(\.rule).sorted() }

        func verdict() async throws -> DeviceVerdict? {
            try await collector.store.device(device.identity.id)?.standing?.verdict
        }
    }

    private static func disk(_ serial: String, _ componentClass: ComponentClass = .storage) -> Component {
        Component(
            componentClass, at: "part/0", evidence: Evidence(probe: "storage", path: "/sys/block/nvme0n1"),
            manufacturer: "Disk", model: "D100", serial: serial)
    }

    private static func learn(_ collector: TestCollector, _ reporter: Reporter, as id: String) async throws {
        _ = try await ProfileTeacher(operations: collector.operations).learn(
            from: reporter.device.identity.id.description, as: id, by: TestCollector.actor)
        try await collector.settle()
    }

    @Test("an endorsement key in two devices leaves both undecided until one shows its own")
    func duplicateEndorsementKey() async throws {
        func module(_ key: String) -> Component {
            var tpm = Component(
                .tpm, at: "tpm/0", evidence: Evidence(probe: "tpm/class", path: "/sys/class/tpm/tpm0"),
                manufacturer: "IFX")
            tpm.digests["endorsementKey"] = .sha256(of: Array(key.utf8))
            return tpm
        }
        try await TestCollector.run { collector in
            let first = try await Reporter(collector, serial: "U1")
            let second = try await Reporter(collector, serial: "U2")
            try await first.report([module("one")])
            try await Self.learn(collector, first, as: "edge")
            try await second.report([module("two")])
            #expect(try await first.rules().isEmpty)
            try await second.report([module("one")])
            for reporter in [first, second] {
                #expect(try await reporter.rules().contains("fleet/duplicate-tpm-ek"))
                #expect(try await reporter.verdict() == .undetermined)
            }
            try await second.report([module("two")])
            for reporter in [first, second] {
                #expect(try await !reporter.rules().contains("fleet/duplicate-tpm-ek"))
            }
            #expect(try await first.verdict() == .pass)
        }
    }

    @Test("a part in two devices is a finding of both until one lacks it, and then was moved")
    func duplicatesAndMoves() async throws {
        try await TestCollector.run { collector in
            let first = try await Reporter(collector, serial: "U1")
            let second = try await Reporter(collector, serial: "U2")
            try await first.report([Self.disk("D1")])
            try await Self.learn(collector, first, as: "edge")
            #expect(try await first.verdict() == .pass)
            try await second.report([Self.disk(" d1 ")])
            for reporter in [first, second] {
                #expect(try await reporter.rules() == ["fleet/duplicate-component-serial"])
                #expect(try await reporter.verdict() == .undetermined)
            }
            let both = try await first.findings() + second.findings()
            let causes = try both.map { try CanonicalJSON.decode(Finding.self, from: $0.content).cause }
            #expect(Set(causes).count == 1)
            try await first.report([Self.disk("D9")])
            #expect(try await first.rules().filter { $0.hasPrefix("fleet/") || $0.hasPrefix("trace/") } == [])
            #expect(try await second.rules() == ["trace/moved-component"])
            #expect(try await second.verdict() == .pass)
            let moved = try await second.findings().first
            let finding = try CanonicalJSON.decode(Finding.self, from: try #require(moved).content)
            #expect(finding.notes.contains { $0.contains(first.device.identity.id.description) }, "\(finding.notes)")
            try await second.report([Self.disk("D8")])
            #expect(try await second.rules().filter { $0.hasPrefix("trace/") } == [])
        }
    }

    @Test(
        "placeholders, and what a hypervisor says, meet nobody",
        arguments: ["0000", "To Be Filled By O.E.M.", "virtual"])
    func whatNamesNothing(_ serial: String) async throws {
        try await TestCollector.run { collector in
            var part = Self.disk(serial)
            if serial == "virtual" { part.evidence.access = .virtual }
            for unit in ["U1", "U2"] {
                let reporter = try await Reporter(collector, serial: unit)
                try await reporter.report([part])
                #expect(try await reporter.rules().filter { $0.hasPrefix("fleet/") } == [])
            }
        }
    }

    @Test("the same machine under another key is one finding, and none once the old key is revoked")
    func clonedMachines() async throws {
        try await TestCollector.run { collector in
            let first = try await Reporter(collector, serial: "U1")
            let second = try await Reporter(collector, serial: "U1")
            try await first.report([Self.disk("D1"), Self.disk("M1", .memory)])
            try await second.report([Self.disk("D1"), Self.disk("M1", .memory)])
            #expect(try await first.rules() == ["fleet/cloned-machine"])
            #expect(try await second.rules() == ["fleet/cloned-machine"])
            _ = try await collector.store.revokeDevice(first.device.identity.id, by: TestCollector.actor)
            try await collector.settle()
            #expect(try await second.rules() == [])
        }
    }

    @Test func stolenPartsAreSeenAgain() async throws {
        try await TestCollector.run { collector in
            let parts = PartRegister(store: collector.store)
            _ = try await parts.mark(
                .stolen, serial: "D1", componentClass: nil, reason: "report 7", by: TestCollector.actor)
            let reporter = try await Reporter(collector, serial: "U1")
            try await reporter.report([Self.disk("D1")])
            #expect(try await reporter.rules() == ["fleet/retired-component"])
            #expect(try await reporter.verdict() == .fail)
            _ = try await parts.mark(
                .cleared, serial: "d1", componentClass: nil, reason: "found", by: TestCollector.actor)
            try await collector.settle()
            #expect(try await reporter.rules() == [])
            await #expect(throws: CollectorFailure(.usage, "")) {
                try await parts.mark(
                    .retired, serial: "0000", componentClass: nil, reason: "x", by: TestCollector.actor)
            }
        }
    }

    @Test("a key at two places fails the device") func clonedKeys() async throws {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            try await collector.connect(as: device) { client in
                let (first, _) = try await ReportRoutesTests.deliverFirst(device, &client)
                let (descriptors, _) = try device.sections(ReportRoutesTests.components())
                let forged = try device.report(1, descriptors, takenAt: "2026-01-01T00:00:00Z")
                _ = try await client.send(.POST, "/v1/reports", forged.envelope)
                let second = try device.report(2, descriptors, previous: forged.digest)
                _ = try await client.send(.POST, "/v1/reports", second.envelope)
                _ = first
            }
            try await collector.settle()
            let rules = try await collector.store.findings(FindingQuery(), after: nil, limit: 9).findings.map(\.rule)
            #expect(
                rules.sorted() == ["chain/previous-mismatch", "chain/sequence-reused", "fleet/cloned-device-key"])
            #expect(try await collector.store.device(device.identity.id)?.standing?.verdict == .fail)
        }
    }

    private static let terms = #"{"schema":"assay/policy/v1","id":"fleet","populationChange":{"devices":2,"days":7}}"#

    private static func ofModels(_ collector: TestCollector, all: Bool = false) async throws -> [StoredFinding] {
        try await collector.store.findings(FindingQuery(includesResolved: all), after: nil, limit: 99).findings
            .filter { $0.scope == .model }
    }

    /// Three devices of a model that pass, and the profile that they are held against.
    private static func withModel(
        _ body: (TestCollector, [Reporter]) async throws -> Void
    ) async throws {
        try await TestCollector.run { collector in
            _ = try await PolicyLibrary(store: collector.store).importPolicy(
                Array(terms.utf8), vouchedBy: .reviewer("a"), by: TestCollector.actor)
            var reporters: [Reporter] = []
            for number in 1...3 {
                let reporter = try await Reporter(collector, serial: "U\(number)")
                try await reporter.report([disk("D\(number)")])
                if number == 1 { try await learn(collector, reporter, as: "edge") }
                reporters.append(reporter)
            }
            try await body(collector, reporters)
        }
    }

    private static func stick(_ serial: String) -> Component {
        Component(
            .storage, at: "usb/1", evidence: Evidence(probe: "storage", path: "/sys/block/sda"), manufacturer: "Stick",
            model: "S1", serial: serial)
    }

    @Test("a part that appears in a model is one finding of the model until fewer devices show it")
    func populationChanges() async throws {
        try await Self.withModel { collector, reporters in
            try await reporters[0].report([Self.disk("D1"), Self.stick("A")])
            #expect(try await Self.ofModels(collector).isEmpty)
            try await reporters[1].report([Self.disk("D2"), Self.stick("B")])
            let finding = try #require(try await Self.ofModels(collector).first)
            #expect(finding.rule == "fleet/population-change")
            #expect(finding.model == "maker / edge")
            #expect(finding.title.hasPrefix("2 of "))
            #expect(try await Self.ofModels(collector).count == 1)
            // The devices have their own findings, and the model's is none of them.
            #expect(try await !reporters[0].rules().contains("fleet/population-change"))
            let waiver = try await collector.operations.waive(
                finding.id,
                WaiverRequest(scope: .model, owner: "quality", reason: "a trial", duration: .seconds(3600)),
                by: TestCollector.actor)
            try await collector.settle()
            #expect(try await Self.ofModels(collector).map(\.waiver) == [waiver.id])
            await #expect(throws: CollectorFailure(.usage, "")) {
                try await collector.operations.waive(
                    finding.id, WaiverRequest(scope: .unit, owner: "q", reason: "r", duration: .seconds(60)),
                    by: TestCollector.actor)
            }
            try await reporters[0].report([Self.disk("D1")])
            #expect(try await Self.ofModels(collector).isEmpty)
            let ended = try #require(try await Self.ofModels(collector, all: true).first)
            #expect(ended.state == .resolved)
            #expect(ended.resolution?.hasPrefix("1 of ") == true)
        }
    }

    @Test("a profile that no longer allows a part is no change of the devices")
    func profilesAreNoChange() async throws {
        try await Self.withModel { collector, reporters in
            var profile = HardwareProfile(id: "edge", version: "9")
            profile.classes[.storage] = ClassPolicy(unexpected: .fail)
            profile.classes[HardwareProfile.anyClass] = ClassPolicy(unexpected: .ignore)
            profile.appliesTo.models = ["Edge"]
            _ = try await collector.operations.importProfile(
                try CanonicalJSON.encode(profile), by: TestCollector.actor)
            try await collector.settle()
            for reporter in reporters { #expect(try await reporter.verdict() == .fail) }
            #expect(try await Self.ofModels(collector, all: true).isEmpty)
        }
    }

    @Test("a device that is trusted no more is counted no more") func revokedDevicesDoNotCount() async throws {
        try await Self.withModel { collector, reporters in
            for number in 0...1 {
                try await reporters[number].report([Self.disk("D\(number + 1)"), Self.stick("A\(number)")])
            }
            #expect(try await Self.ofModels(collector).count == 1)
            _ = try await collector.store.revokeDevice(reporters[0].device.identity.id, by: TestCollector.actor)
            try await collector.settle()
            #expect(try await Self.ofModels(collector).isEmpty)
        }
    }
}

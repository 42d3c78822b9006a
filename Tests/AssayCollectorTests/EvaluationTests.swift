import AssayCollector
import AssayModel
import AssayReport
import AssayStore
import NIOHTTP1
import Testing

/// What a device's standing becomes when its report or its records are not what they should be.
struct EvaluationTests {
    private static func rules(_ collector: TestCollector) async throws -> Set<String> {
        Set(try await collector.store.findings(FindingQuery(), after: nil, limit: 99).findings.map(\.rule))
    }

    private static func verdict(_ client: inout LoopbackClient.Exchange) async throws -> DeviceVerdict {
        try await client.get("/v1/device").decoded(DeviceStatus.self).verdict
    }

    /// Delivers a report with its content and waits for its evaluation.
    private static func deliver(
        _ collector: TestCollector, _ report: SealedReport, _ objects: [[UInt8]],
        _ client: inout LoopbackClient.Exchange
    ) async throws {
        _ = try await client.send(.POST, "/v1/reports", report.envelope)
        let done = try await client.send(
            .POST, "/v1/reports/\(report.digest)/content", try TestDevice.frames(objects))
        #expect(done.status == 200, "\(done.text)")
        try await collector.settle()
    }

    @Test("lines that cannot be read or are not there are never a pass", arguments: ["{\"nonsense\":", ""])
    func damagedSections(_ line: String) async throws {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            try await collector.connect(as: device) { client in
                let (first, _) = try await ReportRoutesTests.deliverFirst(device, &client)
                let name = device.identity.id.description
                _ = try await ProfileTeacher(operations: collector.operations)
                    .learn(from: name, as: "edge", by: TestCollector.actor)
                try await collector.settle()
                #expect(try await Self.verdict(&client) == .pass)
                var (descriptors, objects) = try device.sections(ReportRoutesTests.components())
                let bytes = Array((line.isEmpty ? "" : line + "\n").utf8)
                descriptors["packages"] = SectionDescriptor(
                    digest: .sha256(of: bytes), lines: 1, size: max(1, bytes.count))
                objects.append(bytes)
                // The digest of a changed part makes another root also where the section is as empty as before.
                let gap = Array("{}\n".utf8)
                descriptors["gaps"] = SectionDescriptor(digest: .sha256(of: gap), lines: 1, size: gap.count)
                objects.append(gap)
                let second = try device.report(2, descriptors, previous: first.digest)
                try await Self.deliver(collector, second, objects, &client)
                #expect(try await Self.verdict(&client) == .undetermined)
                #expect(try await Self.rules(collector).contains("report/section-damaged"))
                await #expect(throws: CollectorFailure(.data, "")) {
                    try await ProfileTeacher(operations: collector.operations)
                        .learn(from: name, as: "edge", by: TestCollector.actor)
                }
            }
        }
    }

    @Test func aFailedEvaluationKeepsWhatWasFound() async throws {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            try await collector.connect(as: device) { client in
                let (first, _) = try await ReportRoutesTests.deliverFirst(device, &client)
                _ = try await ProfileTeacher(operations: collector.operations)
                    .learn(from: device.identity.id.description, as: "edge", by: TestCollector.actor)
                var parts = ReportRoutesTests.components()
                parts[0].model = "Other"
                let (descriptors, objects) = try device.sections(parts)
                let second = try device.report(2, descriptors, previous: first.digest)
                try await Self.deliver(collector, second, objects, &client)
                let before = try await Self.rules(collector)
                #expect(before.contains("trace/mismatched-component"))
                let broken = Array("{}".utf8)
                _ = try await collector.store.importDocument(
                    TraceabilityDocument(
                        kind: .record, id: "broken", digest: .sha256(of: broken), content: broken,
                        deviceID: device.identity.id.description, importedAt: .now), by: TestCollector.actor)
                let third = try device.report(3, descriptors, previous: .sha256(of: []))
                _ = try await client.send(.POST, "/v1/reports", third.envelope)
                try await collector.settle()
                let after = try await Self.rules(collector)
                #expect(after == before.union(["evaluation/failed", "chain/previous-mismatch"]))
                #expect(try await Self.verdict(&client) == .fail)
            }
        }
    }

    @Test func aFormerReportThatCannotBeReadIsNone() async throws {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            let former = ContentDigest.sha256(of: [1])
            _ = try await collector.store.accept(
                ReportArrival(
                    deviceID: device.identity.id, digest: former, sequence: 1, previous: nil, inventoryRoot: former,
                    sectionCounts: former, bootID: nil, takenAt: nil, receivedAt: .now, isFresh: false,
                    envelope: Array("junk".utf8)), content: [])
            try await collector.connect(as: device) { client in
                let (descriptors, objects) = try device.sections(ReportRoutesTests.components())
                try await Self.deliver(
                    collector, try device.report(2, descriptors, previous: former), objects, &client)
                #expect(try await Self.verdict(&client) == .unverified)
                #expect(try await !Self.rules(collector).contains("evaluation/failed"))
            }
        }
    }

    @Test("a serial number alone does not make a record that of another model")
    func recordsOfOtherModels() async throws {
        try await TestCollector.run { collector in
            for (serial, model, fits) in [
                ("S7", "Core", false), ("To Be Filled By O.E.M.", "Edge", false), ("S9", "edge", true),
            ] {
                let unit = #"{"manufacturer":"Maker","model":"\#(model)","serial":"\#(serial)"}"#
                let text = #"{"schema":"assay/as-built/v1","device":\#(unit),"components":[]}"#
                _ = try await collector.operations.importRecords(Array(text.utf8), by: TestCollector.actor)
                let device = try await collector.enrol(serial: serial)
                try await collector.connect(as: device) { client in
                    let (descriptors, objects) = try device.sections([])
                    try await Self.deliver(collector, try device.report(1, descriptors), objects, &client)
                }
                let standing = try await collector.store.device(device.identity.id)?.standing
                #expect((standing?.recordID != nil) == fits, "\(serial)")
            }
        }
    }

    /// A record of the unit `S7` with one memory module, and what changed since.
    private static let unit = #""device":{"manufacturer":"Maker","model":"Edge","serial":"S7"}"#

    private static func importJSON(_ text: String, _ collector: TestCollector) async throws {
        _ = try await collector.operations.importRecords(Array(text.utf8), by: TestCollector.actor)
    }

    @Test("a device is held against its record with the deltas since, and their defects are findings")
    func deltasApply() async throws {
        try await TestCollector.run { collector in
            let memory = #""class":"memory","location":"dimm/A","serial":"#
            try await Self.importJSON(
                #"{"schema":"assay/as-built/v1",\#(Self.unit),"builtAt":"2026-01-01","components":[{\#(memory)"1"}]}"#,
                collector)
            let device = try await collector.enrol(serial: "S7")
            let part = Component(
                .memory, at: "dimm/A", evidence: Evidence(probe: "smbios/tables", path: "/sys"), serial: "2")
            let (descriptors, objects) = try device.sections([part])
            try await collector.connect(as: device) { client in
                try await Self.deliver(collector, try device.report(1, descriptors), objects, &client)
                #expect(try await Self.verdict(&client) == .fail)
            }
            let change = #"{"status":"modified",\#(memory)"2"}"#
            func delta(_ date: String, _ id: String, _ changes: String) -> String {
                #"{"schema":"assay/delta/v1","id":"\#(id)",\#(Self.unit),"amends":{"serial":"S7"},"#
                    + #""changedAt":"\#(date)","changes":[\#(changes)]}"#
            }
            try await Self.importJSON(delta("2026-02-01", "d1", change), collector)
            try await collector.settle()
            #expect(try await collector.store.device(device.identity.id)?.standing?.verdict == .pass)
            try await Self.importJSON(
                delta("2025-02-01", "d2", #"{"status":"removed","class":"usb","serial":"9"}"#), collector)
            try await collector.settle()
            #expect(try await collector.store.device(device.identity.id)?.standing?.verdict == .undetermined)
            #expect(try await Self.rules(collector) == ["record/date-order", "record/removed-absent"])
        }
    }

    @Test("records of one unit that contradict each other are a finding that names both and the one that counts")
    func contradictingRecords() async throws {
        try await TestCollector.run { collector in
            func record(_ unit: String, _ serial: String, built: String) -> String {
                #"{"schema":"assay/as-built/v1","device":{\#(unit)"serial":"S7"},"builtAt":"\#(built)","#
                    + #""components":[{"class":"memory","location":"dimm/A","serial":"\#(serial)"}]}"#
            }
            let maker = #""manufacturer":"Maker","model":"Edge","#
            try await Self.importJSON(record(maker, "1", built: "2026-01-01"), collector)
            let device = try await collector.enrol(serial: "S7")
            let part = Component(
                .memory, at: "dimm/A", evidence: Evidence(probe: "smbios/tables", path: "/sys"), serial: "2")
            let (descriptors, objects) = try device.sections([part])
            try await collector.connect(as: device) { client in
                try await Self.deliver(collector, try device.report(1, descriptors), objects, &client)
                #expect(try await Self.verdict(&client) == .fail)
            }
            // Another revision of the same record is a correction, and contradicts nothing.
            try await Self.importJSON(record(maker, "2", built: "2026-01-01"), collector)
            try await collector.settle()
            #expect(try await collector.store.device(device.identity.id)?.standing?.verdict == .pass)
            #expect(try await Self.rules(collector).isEmpty)
            // A record under another name, which says the same, agrees; one that says otherwise does not.
            try await Self.importJSON(record("", "2", built: "2026-01-01"), collector)
            try await collector.settle()
            #expect(try await Self.rules(collector).isEmpty)
            try await Self.importJSON(record("", "1", built: "2026-03-01"), collector)
            try await Self.importJSON(record(maker, "2", built: "2026-01-02"), collector)
            try await collector.settle()
            #expect(try await collector.store.device(device.identity.id)?.standing?.verdict == .undetermined)
            let stored = try await collector.store.findings(FindingQuery(), after: nil, limit: 9).findings
            #expect(stored.map(\.rule) == ["record/contradicting-record"])
            let finding = try CanonicalJSON.decode(Finding.self, from: try #require(stored.first).content)
            let (chosen, other) = (
                try await collector.operations.document(.record, "Maker/Edge/S7"),
                try await collector.operations.document(.record, "S7")
            )
            let expected = try #require(finding.expected)
            #expect(
                expected.contains("held against record Maker/Edge/S7 revision 3 (\(chosen.digest), built 2026-01-02"))
            let observed = try #require(finding.observed)
            #expect(observed.contains("record S7 revision 2 (\(other.digest), built 2026-03-01, imported "))
            #expect(observed.hasSuffix("in builtAt, components"))
        }
    }

    @Test("a supplier graph has the records that name its companies judged through their owners, and a plan shows it")
    func supplierGraphs() async throws {
        try await TestCollector.run { collector in
            try await Self.importJSON(
                #"{"schema":"assay/as-built/v1",\#(Self.unit),"components":"#
                    + #"[{"class":"memory","location":"dimm/A","serial":"1","supplier":"acme"}]}"#, collector)
            let device = try await collector.enrol(serial: "S7")
            let part = Component(
                .memory, at: "dimm/A", evidence: Evidence(probe: "smbios/tables", path: "/sys"), serial: "1")
            let (descriptors, objects) = try device.sections([part])
            try await collector.connect(as: device) { client in
                try await Self.deliver(collector, try device.report(1, descriptors), objects, &client)
            }
            #expect(try await Self.rules(collector).isEmpty)
            func graph(_ share: Int) -> [UInt8] {
                Array(
                    (#"{"schema":"assay/supplier-graph/v1","id":"g","suppliers":[{"id":"acme","name":"Acme","owners":"#
                        + #"[{"id":"hw","share":\#(share)}]},{"id":"hw","name":"Huawei Technologies"}]}"#).utf8)
            }
            let candidate = try collector.operations.supplierDocument(graph(51), by: TestCollector.actor)
            let plan = try await Planner(store: collector.store).plan([candidate])
            #expect(Set(plan.changes.flatMap { $0.opened.map(\.rule) }) == ["supplier/restricted"])
            #expect(try await Self.rules(collector).isEmpty)
            for (share, confidence) in [(51, Finding.Confidence.a), (10, .c)] {
                _ = try await collector.operations.importSuppliers(graph(share), by: TestCollector.actor)
                try await collector.settle()
                let stored = try await collector.store.findings(FindingQuery(), after: nil, limit: 9).findings
                let findings = try stored.map { try CanonicalJSON.decode(Finding.self, from: $0.content) }
                let finding = try #require(findings.first { $0.restriction?.list == "ndaa-889" })
                #expect(finding.confidence == confidence)
                #expect(
                    finding.basis
                        == "recorded supplier acme: Acme, owned by Huawei Technologies (\(share) %)")
            }
        }
    }

    @Test("a use that no list knows is refused at the import of a profile or policy, by its name and with those known")
    func unknownUses() async throws {
        try await TestCollector.run { collector in
            let profile = #"{"schema":"assay/profile/v1","id":"p","version":"1","intendedUse":["eu","us-fedral"]}"#
            let policy = #"{"schema":"assay/policy/v1","id":"p","intendedUse":["us-fedral"]}"#
            let refusals = [
                await #expect(throws: CollectorFailure.self) {
                    try await collector.operations.importProfile(Array(profile.utf8), by: TestCollector.actor)
                },
                await #expect(throws: CollectorFailure.self) {
                    try await PolicyLibrary(store: collector.store).importPolicy(
                        Array(policy.utf8), vouchedBy: .reviewer("somebody"), by: TestCollector.actor)
                },
            ].map { $0?.description ?? "" }
            for words in refusals {
                #expect(words.contains("intendedUse: no list of suppliers knows the use 'us-fedral'; known are "))
                #expect(words.contains("us-federal"))
            }
            #expect(try await collector.store.documents(.profile, after: nil, limit: 9).isEmpty)
            let good = profile.replacing("fedral", with: "federal")
            _ = try await collector.operations.importProfile(Array(good.utf8), by: TestCollector.actor)
        }
    }

    @Test("all documents of a file are imported, or none; a changed record is a new revision")
    func importIsAllOrNothing() async throws {
        try await TestCollector.run { collector in
            let good = "unit serial,class,serial\nA,memory,1\nB,memory,2\n"
            #expect(try await collector.operations.importRecords(Array(good.utf8), by: TestCollector.actor).count == 2)
            let faulty = "unit serial,class,serial,qty\nC,memory,3,1\nD,memory,4,none\n"
            await #expect(throws: CollectorFailure(.data, "")) {
                try await collector.operations.importRecords(Array(faulty.utf8), by: TestCollector.actor)
            }
            #expect(try await collector.store.documents(.record, after: nil, limit: 9).map(\.id) == ["A", "B"])
            let changed = good.replacing("memory,1", with: "memory,9")
            _ = try await collector.operations.importRecords(Array(changed.utf8), by: TestCollector.actor)
            #expect(try await collector.store.revisions(.record, id: "A").map(\.revision) == [1, 2])
            #expect(try await collector.store.revisions(.record, id: "B").map(\.revision) == [1])
            #expect(try await collector.operations.chain("A").base.components.first?.part.serial == "9")
            await #expect(throws: CollectorFailure(.noInput, "")) {
                try await collector.operations.revision(.record, "A", 3)
            }
            // Two changes of one day, neither with a number of its own, are two.
            for serial in ["7", "8"] {
                let delta = "unit serial,changedAt,status,class,serial\nA,2026-02-01,added,memory,\(serial)\n"
                _ = try await collector.operations.importRecords(Array(delta.utf8), by: TestCollector.actor)
            }
            let parts = try await collector.operations.chain("A").resolution.effective.components
            #expect(parts.map(\.part.serial) == ["9", "7", "8"])
        }
    }
}

import AssayCollector
import AssayModel
import AssayReport
import AssayStore
import NIOHTTP1
import Testing

/// Equal content is judged once, and no unit gets the verdict of another.
struct SharedEvaluationTests {
    private static func parts(_ number: Int) -> [Component] {
        (0..<3).map { slot in
            Component(
                .memory, at: "dimm/\(slot)",
                evidence: Evidence(probe: "smbios/tables", path: "/sys", access: .reported),
                manufacturer: "Maker", partNumber: "M4", serial: "SN-\(number)-\(slot)")
        }
    }

    private static func deliver(
        _ collector: TestCollector, _ number: Int, _ parts: [Component], _ sections: Set<SectionName> = []
    ) async throws -> TestDevice {
        let device = try await collector.enrol(serial: "unit-\(number)")
        try await collector.connect(as: device) { client in
            var (descriptors, objects) = try device.sections(parts)
            if sections.contains(.files) {
                let file = FileEntry(
                    path: "/bin/x", kind: .executable, size: 1, mode: "0755", uid: 0, digest: .sha256(of: [1]))
                let line = try CanonicalJSON.encode(file) + [0x0a]
                descriptors["files"] = SectionDescriptor(digest: .sha256(of: line), lines: 1, size: line.count)
                objects.append(line)
            }
            let report = try device.report(1, descriptors)
            _ = try await client.send(.POST, "/v1/reports", report.envelope)
            let done = try await client.send(
                .POST, "/v1/reports/\(report.digest)/content", try TestDevice.frames(objects))
            #expect(done.status == 200, "\(done.text)")
        }
        try await collector.settle()
        return device
    }

    private static func importRecord(_ collector: TestCollector, _ number: Int, _ parts: [Component]) async throws {
        let unit = AsBuiltRecord.Unit(serial: "unit-\(number)", manufacturer: "Maker", model: "Edge")
        let record = AsBuiltRecord(
            device: unit,
            components: parts.map {
                BuiltComponent(
                    $0.componentClass, at: $0.location,
                    part: PartDescription(manufacturer: $0.manufacturer, partNumber: $0.partNumber, serial: $0.serial))
            })
        _ = try await collector.operations.importRecords(try CanonicalJSON.encode(record), by: TestCollector.actor)
    }

    private static func evaluations(_ collector: TestCollector, _ kind: String) async throws -> Int {
        let page = try await collector.connect { client in
            try await client.get("/metrics", token: collector.operatorToken).text
        }
        let prefix = "assay_evaluations_total{kind=\"\(kind)\"} "
        return page.split(separator: "\n").first { $0.hasPrefix(prefix) }.flatMap { Int($0.dropFirst(prefix.count)) }
            ?? 0
    }

    private static func findings(_ collector: TestCollector, _ device: TestDevice) async throws -> [Finding] {
        try await collector.store.findings(FindingQuery(deviceID: device.identity.id), after: nil, limit: 99)
            .findings.map { try CanonicalJSON.decode(Finding.self, from: $0.content) }
            .filter { $0.rule.hasPrefix("trace/") }
    }

    @Test("units that differ in their serial numbers are judged once; one swapped serial is told apart")
    func judgedOnce() async throws {
        try await TestCollector.run { collector in
            for number in 1...4 { try await Self.importRecord(collector, number, Self.parts(number)) }
            for number in 1...3 {
                let device = try await Self.deliver(collector, number, Self.parts(number))
                #expect(try await collector.store.device(device.identity.id)?.standing?.verdict == .pass)
                #expect(try await Self.evaluations(collector, "new") == 1)
            }
            var swapped = Self.parts(4)
            swapped[1].serial = "SN-9-9"
            let device = try await Self.deliver(collector, 4, swapped)
            #expect(try await collector.store.device(device.identity.id)?.standing?.verdict == .fail)
            #expect(try await Self.evaluations(collector, "new") == 2)
            let finding = try #require(try await Self.findings(collector, device).first)
            #expect(finding.rule == "trace/mismatched-component")
            #expect(finding.location == "dimm/1")
            #expect(finding.fields.map(\.expected) == ["SN-4-1"])
            #expect(finding.fields.map(\.observed) == ["SN-9-9"])
        }
    }

    @Test("a part or a record that differs is no ground to share a verdict")
    func differencesAreToldApart() async throws {
        try await TestCollector.run { collector in
            for number in 1...3 { try await Self.importRecord(collector, number, Self.parts(number == 3 ? 9 : number)) }
            var other = Self.parts(2)
            other[2].partNumber = "M5"
            var devices: [TestDevice] = []
            for (number, parts) in [(1, Self.parts(1)), (2, other), (3, Self.parts(3))] {
                devices.append(try await Self.deliver(collector, number, parts))
            }
            var verdicts: [DeviceVerdict?] = []
            for device in devices {
                verdicts.append(try await collector.store.device(device.identity.id)?.standing?.verdict)
            }
            #expect(verdicts == [.pass, .fail, .fail])
            #expect(try await Self.findings(collector, devices[1]).map(\.location) == ["dimm/2"])
            #expect(try await Self.findings(collector, devices[2]).count == 3)
        }
    }

    @Test("two units with one cause have one cause and two findings, each with its own serial number")
    func causesAreShared() async throws {
        try await TestCollector.run { collector in
            for number in 1...2 { try await Self.importRecord(collector, number, Self.parts(number)) }
            var found: [Finding] = []
            for number in 1...2 {
                var parts = Self.parts(number)
                parts[0].serial = "OTHER-\(number)"
                let device = try await Self.deliver(collector, number, parts)
                found += try await Self.findings(collector, device)
            }
            #expect(try await Self.evaluations(collector, "new") == 1)
            #expect(found.map { $0.fields.map(\.observed) } == [["OTHER-1"], ["OTHER-2"]])
            #expect(Set(found.map(\.cause)).count == 1)
            #expect(Set(found.map(\.id)).count == 2)
            #expect(found.allSatisfy { $0.name == nil })
        }
    }

    @Test("a report without files leaves a policy on files open", arguments: [true, false])
    func reportsWithoutFiles(_ hasFiles: Bool) async throws {
        try await TestCollector.run { collector in
            var profile = HardwareProfile(id: "edge", version: "1")
            profile.appliesTo.models = ["Edge"]
            profile.files = FilePolicy(unknown: .fail, allowedPaths: ["/bin/*"])
            profile.classes[HardwareProfile.anyClass] = ClassPolicy(unexpected: .ignore)
            _ = try await collector.operations.importProfile(
                try CanonicalJSON.encode(profile), by: TestCollector.actor)
            let device = try await Self.deliver(collector, 1, Self.parts(1), hasFiles ? [.files] : [])
            #expect(
                try await collector.store.device(device.identity.id)?.standing?.verdict
                    == (hasFiles ? .pass : .undetermined))
        }
    }
}

import AssayModel
import AssayReport
import AssayStore
import Testing

extension StoreConformance {
    private static func evaluate(
        _ device: String, _ verdict: DeviceVerdict, model: String? = nil, findings: [StoredFinding] = [],
        at time: Timestamp = now, in store: some Store
    ) async throws {
        var facts = DeviceFacts()
        facts.model = model
        try await store.finish(
            DeviceEvaluation(
                deviceID: digest(device), generation: 1,
                standing: Standing(
                    report: digest("report"), verdict: verdict, findings: FindingCounts(), outcomes: [:],
                    profileID: nil, recordID: nil, evaluatedAt: time), facts: facts, findings: findings))
    }

    private static func openFinding(_ id: String, severity: String, of device: String) -> StoredFinding {
        StoredFinding(
            id: id, deviceID: digest(device), cause: id, rule: "rule", severity: severity, title: id, content: [],
            firstSeen: now, lastSeen: now, firstReport: digest("report"), lastReport: digest("report"))
    }

    static func theFleetIsCounted(_ store: some Store) async throws {
        for name in ["a", "b", "c"] { _ = try await withDevice(store, name) }
        #expect(try await store.statistics().verdicts == ["pending": 3])
        try await evaluate(
            "a", .fail, model: "Edge", findings: [openFinding("f1", severity: "high", of: "a")], in: store)
        try await evaluate("b", .pass, model: "Edge", in: store)
        #expect(try await store.assignSite("lab", to: digest("a"), by: actor))
        let figures = try await store.statistics()
        #expect(figures.devices == 3)
        #expect(figures.verdicts == ["fail": 1, "pass": 1, "pending": 1])
        #expect(figures.openFindings == ["high": 1])
        #expect(
            try await store.deviceGroups(by: .model, limit: 9) == [
                DeviceGroup(name: "edge", devices: 2, verdicts: ["fail": 1, "pass": 1]),
                DeviceGroup(name: "", devices: 1, verdicts: ["pending": 1]),
            ])
        #expect(try await store.deviceGroups(by: .site, limit: 1).map(\.devices) == [2])
        // What a device says of itself may change with every report: what it no longer says is gone.
        try await evaluate("a", .pass, model: "Other", in: store)
        #expect(try await store.statistics().openFindings == [:])
        #expect(try await store.deviceGroups(by: .model, limit: 9).map(\.name).sorted() == ["", "edge", "other"])
        try await evaluate("a", .pass, model: "Edge", in: store)
        #expect(try await store.deviceGroups(by: .model, limit: 9).map(\.name).sorted() == ["", "edge"])
    }

    static func changesOfADayAreCounted(_ store: some Store) async throws {
        _ = try await withDevice(store, "a")
        let later = now.adding(.seconds(60))
        try await evaluate("a", .pass, in: store)
        #expect(try await store.fleetChanges(since: now) == FleetChanges(enrolled: 1))
        try await evaluate(
            "a", .fail, findings: [openFinding("f1", severity: "high", of: "a")], at: later, in: store)
        try await evaluate("a", .fail, at: later, in: store)
        let changes = try await store.fleetChanges(since: now)
        #expect(changes == FleetChanges(enrolled: 1, verdicts: 1, opened: 1, resolved: 1))
        let verdicts = try await store.verdictChanges(since: now, limit: 5)
        #expect(verdicts.map(\.before) == [.pass])
        #expect(verdicts.map(\.after) == [.fail])
        #expect(verdicts.map(\.at) == [later])
        #expect(try await store.fleetChanges(since: later.adding(.seconds(1))) == FleetChanges())
        #expect(try await store.audit(of: ["device/enrol"], since: now, limit: 5).map(\.action) == ["device/enrol"])
        #expect(try await store.audit(of: AuditEntry.imports, since: now, limit: 5).isEmpty)
    }

    static func daysAreWrittenOnce(_ store: some Store) async throws {
        _ = try await withDevice(store, "a")
        try await store.noteDay(of: now)
        try await evaluate("a", .pass, in: store)
        try await store.noteDay(of: now.adding(.seconds(60)))
        try await store.noteDay(of: now.adding(.seconds(86_400)))
        let days = try await store.fleetDays(limit: 5)
        #expect(days.map(\.day) == ["2027-01-15", "2027-01-16"])
        #expect(days.map(\.verdicts) == [["pass": 1], ["pass": 1]])
        #expect(try await store.fleetDays(limit: 1).map(\.day) == ["2027-01-16"])
    }

    static func silenceIsNoticed(_ store: some Store) async throws {
        for name in ["a", "b"] { _ = try await withDevice(store, name) }
        #expect(try await store.silentDevices(since: now, limit: 5).count == 0)
        let silent = try await store.silentDevices(since: now.adding(.seconds(1)), limit: 1)
        #expect(silent.count == 2)
        #expect(silent.devices.count == 1)
        #expect(try await store.revokeDevice(digest("a"), by: actor))
        let trusted = try await store.silentDevices(since: now.adding(.seconds(1)), limit: 5)
        #expect(trusted.devices.map(\.id) == [digest("b")])
    }
}

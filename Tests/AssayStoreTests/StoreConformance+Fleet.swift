import AssayModel
import AssayReport
import AssayStore
import Testing

extension StoreConformance {
    static func part(_ serial: String, at location: String = "nvme/0") -> FleetIdentity {
        FleetIdentity(
            .part, value: "storage maker model \(serial)", componentClass: .storage, serial: serial,
            label: "storage \(serial)", location: location)
    }

    static func later(_ minutes: Int64) -> Timestamp { now.adding(.seconds(60 * minutes)) }

    /// Evaluates everything that is out of date, without findings.
    static func settle(_ store: some Store) async throws {
        for dirty in try await store.dirtyDevices(limit: 999) {
            let report = try #require(dirty.device.head?.report)
            try await store.finish(evaluation(dirty, report, []))
        }
    }

    static func dirtyNames(_ store: some Store, of names: [String]) async throws -> [String] {
        let dirty = Set(try await store.dirtyDevices(limit: 999).map(\.device.id))
        return names.filter { dirty.contains(digest($0)) }
    }

    static func identitiesMeetInTheFleet(_ store: some Store) async throws {
        for name in ["a", "b", "c"] { _ = try await withDevice(store, name) }
        try await settle(store)
        try await store.noteIdentities([part("s1"), part("s2")], of: digest("a"), at: now)
        try await store.noteIdentities([part("s3")], of: digest("c"), at: now)
        #expect(try await store.fleetMatches(of: digest("a")).isEmpty)
        #expect(try await dirtyNames(store, of: ["a", "b", "c"]) == [])
        try await store.noteIdentities([part("s2", at: "nvme/1")], of: digest("b"), at: later(1))
        #expect(try await dirtyNames(store, of: ["a", "b", "c"]) == ["a"])
        let match = try #require(try await store.fleetMatches(of: digest("b")).first)
        #expect(match.identity.serial == "s2")
        #expect(match.holders == 2)
        #expect(match.own == FleetStay(device: digest("b"), location: "nvme/1", firstSeen: later(1)))
        #expect(match.others == [FleetStay(device: digest("a"), location: "nvme/0", firstSeen: now)])
        try await settle(store)
        // Equal sets change nothing, not even the time of a stay.
        try await store.noteIdentities([part("s2"), part("s1")], of: digest("a"), at: later(2))
        #expect(try await dirtyNames(store, of: ["a", "b"]) == [])
        try await store.noteIdentities([part("s1")], of: digest("a"), at: later(3))
        #expect(try await dirtyNames(store, of: ["a", "b"]) == ["b"])
        let moved = try #require(try await store.fleetMatches(of: digest("b")).first)
        #expect(moved.holders == 1)
        #expect(moved.others.map(\.leftAt) == [later(3)])
        #expect(try await store.stays(serial: "s2", limit: 9).map(\.stay.device) == [digest("b"), digest("a")])
        #expect(try await store.stays(serial: "s2", limit: 1).count == 1)
    }

    static func revokedDevicesHoldNothing(_ store: some Store) async throws {
        for name in ["a", "b"] {
            _ = try await withDevice(store, name)
            try await store.noteIdentities([part("s1")], of: digest(name), at: now)
        }
        try await settle(store)
        #expect(try await store.revokeDevice(digest("a"), by: actor))
        #expect(try await dirtyNames(store, of: ["b"]) == ["b"])
        #expect(try await store.fleetMatches(of: digest("b")).first?.holders == 1)
        try await store.noteIdentities([part("s1")], of: digest("a"), at: now)
        #expect(try await store.fleetMatches(of: digest("b")).first?.holders == 1)
    }

    static func aCrowdIsReadAndTouchedWithinBounds(_ store: some Store) async throws {
        let names = (0..<30).map { "d\($0)" }
        for name in names { _ = try await withDevice(store, name) }
        for name in names {
            try await settle(store)
            try await store.noteIdentities([part("0001")], of: digest(name), at: now)
            #expect(try await dirtyNames(store, of: names).count <= FleetLimits.others)
        }
        let match = try #require(try await store.fleetMatches(of: digest("d7")).first)
        #expect(match.holders == 30)
        #expect(match.others.count == FleetLimits.others)
        try await settle(store)
        // The last two learn of each other's going, however many there were.
        for name in names.dropLast() { try await store.noteIdentities([], of: digest(name), at: later(1)) }
        #expect(try await dirtyNames(store, of: ["d29"]) == ["d29"])
        #expect(try await store.fleetMatches(of: digest("d29")).first?.others.count == FleetLimits.others)
    }

    static func partsAreMarked(_ store: some Store) async throws {
        _ = try await withDevice(store)
        try await store.noteIdentities([part("s1"), part("s2")], of: digest("a"), at: now)
        try await settle(store)
        func mark(_ status: PartMark.Status, _ componentClass: ComponentClass? = nil) -> PartMark {
            PartMark(
                status, serial: "s1", componentClass: componentClass, reason: "report 7", actor: "test", at: now)
        }
        try await store.markPart(mark(.stolen, .memory), by: actor)
        #expect(try await store.fleetMatches(of: digest("a")).isEmpty)
        #expect(try await dirtyNames(store, of: ["a"]) == [])
        try await store.markPart(mark(.stolen), by: actor)
        #expect(try await dirtyNames(store, of: ["a"]) == ["a"])
        let match = try #require(try await store.fleetMatches(of: digest("a")).first)
        #expect(match.mark == mark(.stolen))
        #expect(match.identity.serial == "s1")
        #expect(try await store.partMarks() == [mark(.stolen), mark(.stolen, .memory)])
        #expect(try await store.audit(limit: 1).first?.action == "part/stolen")
        try await store.markPart(mark(.cleared), by: actor)
        #expect(try await store.fleetMatches(of: digest("a")).isEmpty)
        #expect(try await store.partMarks() == [mark(.stolen, .memory)])
    }

    static func bootIDsDoNotReturn(_ store: some Store) async throws {
        var last = try await withDevice(store)
        for (sequence, boot) in [(2, "boot"), (3, "other"), (4, "other"), (5, "boot")] {
            var next = report("a", Int64(sequence), previous: last.digest)
            next.bootID = boot
            _ = try await store.accept(next, content: nil)
            last = next
            let expected: [ChainAnomaly.Kind] = sequence == 5 ? [.bootReturned] : []
            #expect(try await store.openAnomalies(of: digest("a")).map(\.anomaly.kind) == expected)
        }
    }
}

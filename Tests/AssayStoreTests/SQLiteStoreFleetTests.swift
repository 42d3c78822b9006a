import AssayModel
import AssayStore
import GRDB
import Synchronization
import Testing

@testable import AssayStoreSQLite

/// What a report costs beside a small fleet and beside a large one.
struct SQLiteStoreFleetTests {
    /// Statements that run while `body` does, in order.
    private static func statements(
        of store: SQLiteStore, _ body: () async throws -> Void
    ) async throws -> [String] {
        let seen = Mutex<[String]>([])
        try await store.database.write { db in
            db.trace { event in
                if case .statement(let statement) = event { seen.withLock { $0.append(statement.expandedSQL) } }
            }
        }
        try await body()
        try await store.database.write { db in db.trace() }
        return seen.withLock { $0 }
    }

    /// A fleet in which every device has twenty parts of its own and shares one with all others.
    private static func fleet(of size: Int) async throws -> SQLiteStore {
        let store = try SQLiteStore.inMemory()
        for number in 0..<size {
            let name = "d\(number)"
            _ = try await StoreConformance.withDevice(store, name)
            try await store.noteIdentities(parts(name), of: StoreConformance.digest(name), at: StoreConformance.now)
        }
        return store
    }

    private static func parts(_ name: String) -> [FleetIdentity] {
        [StoreConformance.part("0001")] + (0..<20).map { StoreConformance.part("\(name) \($0)") }
    }

    @Test("a report costs the same beside ten devices and beside three hundred")
    func costIsIndependentOfTheFleet() async throws {
        var counts: [Int] = []
        for size in [10, 300] {
            let store = try await Self.fleet(of: size)
            _ = try await StoreConformance.withDevice(store, "new")
            let device = StoreConformance.digest("new")
            let statements = try await Self.statements(of: store) {
                try await store.noteIdentities(Self.parts("new"), of: device, at: StoreConformance.now)
                let matches = try await store.fleetMatches(of: device)
                #expect(matches.map(\.holders) == [size + 1])
                #expect(matches.first?.others.count == FleetLimits.others)
            }
            counts.append(statements.count)
            for statement in statements where ["SELECT", "UPDATE"].contains(statement.prefix(6)) {
                let plan = try await store.database.read { db in
                    try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + statement).map { $0["detail"] as String }
                }
                let scans = plan.filter {
                    $0.contains("SCAN") && !$0.contains("CONSTANT") && !$0.hasPrefix("SCAN part_marks")
                }
                #expect(scans.isEmpty, "\(statement): \(plan)")
            }
            let again = try await Self.statements(of: store) {
                try await store.noteIdentities(Self.parts("new"), of: device, at: StoreConformance.now)
            }
            #expect(again.count { ["INSERT", "UPDATE", "DELETE"].contains($0.prefix(6)) } == 0, "\(again)")
        }
        #expect(counts.first == counts.last)
    }
}

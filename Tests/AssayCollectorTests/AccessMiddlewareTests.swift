import AssayModel
import AssayReport
import AssayStore
import GRDB
import NIOHTTP1
import Testing

@testable import AssayStoreSQLite

/// What a client hears when something below the routes fails.
struct AccessMiddlewareTests {
    private static func database(_ collector: TestCollector) throws -> any DatabaseWriter {
        try #require(collector.store as? SQLiteStore).database
    }

    @Test("no space is 503 and nothing is accepted; with space the same request succeeds")
    func fullDatabase() async throws {
        try await TestCollector.run { collector in
            let database = try Self.database(collector)
            let device = try await collector.enrol()
            var part = Component(.storage, at: "storage/sda", evidence: Evidence(probe: "p", path: "/p"))
            part.properties = ["noise": (0..<20_000).map { _ in String(UInt8.random(in: 0...255)) }.joined()]
            let (descriptors, objects) = try device.sections([part])
            let report = try device.report(1, descriptors)
            let path = "/v1/reports/\(report.digest)/content"
            try await collector.connect(as: device) { client in
                #expect(try await client.send(.POST, "/v1/reports", report.envelope).status == 202)
                // SQLite takes the present size where the limit is below it.
                try await database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1") }
                let refused = try await client.send(.POST, path, try TestDevice.frames(objects))
                #expect(refused.status == 503)
                #expect(refused.problem == "unavailable")
                #expect(refused.headers.first(name: "retry-after") == "30")
                #expect(refused.headers.first(name: "content-type") == "application/problem+json")
                #expect(try await client.get("/v1/device").decoded(DeviceStatus.self).report == nil)
                try await database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 100000") }
                let taken = try await client.send(.POST, path, try TestDevice.frames(objects))
                #expect(taken.status == 200, "\(taken.text)")
            }
        }
    }

    @Test("a store that does not hold what it should is 500, without a word about its inside")
    func damagedDatabase() async throws {
        try await TestCollector.run { collector in
            let database = try Self.database(collector)
            _ = try await collector.enrol()
            try await database.write { db in
                try db.execute(sql: "UPDATE devices SET facts = x'00'")
                try db.execute(sql: "DROP TABLE findings")
            }
            try await collector.connect { client in
                for path in ["/api/v1/devices", "/api/v1/findings"] {
                    let answer = try await client.get(path, token: collector.operatorToken)
                    #expect(answer.status == 500, "\(path)")
                    #expect(answer.problem == "internal")
                    #expect(!answer.text.contains("findings") && !answer.text.contains("SQL"), "\(answer.text)")
                }
                #expect(try await client.get("/healthz").status == 200, "the collector serves on")
            }
        }
    }
}

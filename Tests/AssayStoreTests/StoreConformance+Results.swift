import AssayModel
import AssayStore
import Testing

/// Results of verifications: kept once, listed, and counted by station.
extension StoreConformance {
    static func result(
        _ unit: String, _ verdict: Verdict, station: String? = "L1", signer: String = "a", minute: Int64 = 0,
        name: String = ""
    ) -> UnitResult {
        UnitResult(
            digest: digest("\(unit) \(verdict) \(station ?? "-") \(minute) \(name)"), signer: digest(signer),
            unit: unit,
            model: "Edge", station: station, operator: "4711", verdict: verdict,
            takenAt: now.adding(.seconds(minute * 60)), receivedAt: now, envelope: Array(unit.utf8))
    }

    static func resultsAreKeptOnce(_ store: some Store) async throws {
        let first = result("u1", .pass)
        #expect(try await store.keepResult(first) == .unknownDevice)
        _ = try await withDevice(store)
        #expect(try await store.keepResult(first) == .kept(isNew: true))
        #expect(try await store.keepResult(first) == .kept(isNew: false))
        let (results, next) = try await store.results(ResultQuery(), after: nil, limit: 10)
        #expect(results == [first])
        #expect(next == nil)
        let audit = try await store.audit(limit: 100).filter { $0.action == "result/keep" }
        #expect(audit.map(\.subject) == [first.digest.description])
        #expect(audit.first?.actor == "device:\(digest("a"))")
        for count in [1, 7, 64] {
            #expect(try await store.results(withPrefix: String(first.digest.hex.prefix(count)).uppercased()) == [first])
        }
        #expect(try await store.results(withPrefix: String(digest("u2").hex.prefix(12))).isEmpty)
        #expect(try await store.results(withPrefix: first.digest.hex + "0").isEmpty)
        #expect(try await store.revokeDevice(digest("a"), by: actor))
        #expect(try await store.keepResult(result("u2", .pass)) == .revoked)
    }

    static func resultsAreListedInPages(_ store: some Store) async throws {
        _ = try await withDevice(store)
        for minute in 0..<5 as Range<Int64> {
            _ = try await store.keepResult(
                result("u\(minute)", minute == 2 ? .fail : .pass, station: minute < 3 ? "L1" : "L2", minute: minute))
        }
        let (page, next) = try await store.results(ResultQuery(), after: nil, limit: 2)
        #expect(page.map(\.unit) == ["u4", "u3"])
        #expect(next != nil)
        let (rest, _) = try await store.results(ResultQuery(), after: next, limit: 10)
        #expect(rest.map(\.unit) == ["u2", "u1", "u0"])
        func units(_ query: ResultQuery) async throws -> [String] {
            try await store.results(query, after: nil, limit: 10).results.map(\.unit)
        }
        #expect(try await units(ResultQuery(station: "L1")) == ["u2", "u1", "u0"])
        #expect(try await units(ResultQuery(verdict: .fail)) == ["u2"])
        #expect(try await units(ResultQuery(unit: "u3")) == ["u3"])
        #expect(try await units(ResultQuery(since: now.adding(.seconds(180)))) == ["u4", "u3"])
    }

    static func yieldsCountFirstResults(_ store: some Store) async throws {
        _ = try await withDevice(store)
        let results = [
            result("u1", .pass), result("u2", .fail), result("u2", .pass, minute: 1),
            // Arrived after the retry that it preceded.
            result("u3", .pass, minute: 9), result("u3", .undetermined, minute: 3),
            result("u1", .pass, station: "L2"), result("u9", .pass, station: nil),
        ]
        for result in results { _ = try await store.keepResult(result) }
        #expect(
            try await store.yields(ResultQuery(verdict: .pass)) == [
                StationYield(station: "L1", results: 5, passed: 3, failed: 1, units: 3, firstPassed: 1),
                StationYield(station: "L2", results: 1, passed: 1, failed: 0, units: 1, firstPassed: 1),
                StationYield(station: nil, results: 1, passed: 1, failed: 0, units: 1, firstPassed: 1),
            ])
        #expect(try await store.yields(ResultQuery(station: "none")).isEmpty)
    }
}

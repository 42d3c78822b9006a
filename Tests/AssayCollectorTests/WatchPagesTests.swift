import AssayAccounts
import AssayModel
import AssayStore
import NIOCore
import NIOHTTP1
import Testing

@testable import AssayCollector

/// The overview, the line and the health of the collector, as browsers and programs see them.
struct WatchPagesTests {
    private static func cookie(_ collector: TestCollector) async throws -> String {
        let secret = SessionSecret()
        let account = Account(id: "ada", name: "ada", role: .viewer, createdAt: .now)
        #expect(try await collector.store.createAccount(account, by: TestCollector.actor))
        let session = Session(
            secretHash: secret.hash, account: "ada", createdAt: .now, usedAt: .now,
            expiresAt: Timestamp.now.adding(.seconds(3600)), origin: "test")
        #expect(try await collector.store.beginSession(session, oneTimeStep: nil, by: TestCollector.actor))
        return "\(SessionSecret.cookieName)=\(secret.text)"
    }

    @Test func pagesAreForPeopleWhoAreSignedIn() async throws {
        try await TestCollector.run { collector in
            let cookie = try await Self.cookie(collector)
            try await collector.connect { client in
                for path in ["/", "/line", "/line?station=L3", "/search?q=edge", "/settings/health"] {
                    #expect(try await client.get(path).status == 303, "\(path)")
                    let page = try await client.send(.GET, path, headers: ["cookie": cookie])
                    #expect(page.status == 200, "\(path)")
                }
                let first = try await client.send(.GET, "/", headers: ["cookie": cookie])
                #expect(first.text.contains("No device has enrolled yet"))
                let wrong = try await client.send(.GET, "/line?stations=3", headers: ["cookie": cookie])
                #expect(wrong.status == 400)
                let stream = try await client.get("/events/line")
                #expect(stream.status == 401)
            }
        }
    }

    @Test func aStreamTellsOfAChangeAndEnds() async throws {
        try await TestCollector.run { collector in
            let cookie = try await Self.cookie(collector)
            try await collector.connect { client in
                let stream = try await client.send(.GET, "/events/line?seen=1", headers: ["cookie": cookie])
                #expect(stream.status == 200)
                #expect(stream.headers["content-type"] == ["text/event-stream; charset=utf-8"])
                #expect(stream.text.contains("event: change\n"))
                let wrong = try await client.send(.GET, "/events/line?seen=x", headers: ["cookie": cookie])
                #expect(wrong.status == 400)
            }
        }
    }

    @Test("a stream that waits ends with the collector, even when its reader is gone")
    func streamsEndWithTheCollector() async throws {
        try await TestCollector.run { collector in
            let cookie = try await Self.cookie(collector)
            try await collector.connect { client in
                var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/events/fleet")
                head.headers.add(name: "host", value: "localhost")
                head.headers.add(name: "cookie", value: cookie)
                try await client.outbound.write(.head(head))
                try await client.outbound.write(.end(nil))
                guard case .head(let answer) = try await client.answers.next() else {
                    Issue.record("the stream did not begin")
                    return
                }
                #expect(answer.status == .ok)
            }
        }
    }

    @Test func programsSeeTheSame() async throws {
        try await TestCollector.run { collector in
            _ = try await collector.enrol(serial: "S1")
            try await collector.connect { client in
                let overview = try await client.get("/api/v1/overview", token: collector.operatorToken)
                #expect(try overview.decoded(FleetOverview.self).verdicts == ["pending": 1])
                let line = try await client.get("/api/v1/line", token: collector.operatorToken)
                #expect(try line.decoded(LineView.self).last == nil)
                let health = try await client.get("/api/v1/health", token: collector.operatorToken)
                let view = try health.decoded(CollectorHealth.self)
                #expect(view.devices == 1)
                #expect(view.databaseSize > 0)
                #expect(view.freeSpace ?? 0 > 0)
                #expect(view.backedUpAt == nil)
                #expect(!view.lists.isEmpty)
            }
        }
    }

    @Test func streamsHaveALimit() async throws {
        let feed = ChangeFeed()
        var mine: [ChangeFeed.Subscription] = []
        while let next = feed.subscribe(.line, person: "ada", seen: nil) { mine.append(next) }
        #expect(mine.count == ChangeFeed.personLimit)
        #expect(feed.subscribe(.line, person: "bob", seen: nil) != nil)
        // Who lets go of a stream makes room, whether it was ever written or not.
        mine.removeFirst()
        let seen = feed.version(of: .line)
        feed.announce(.line)
        // What happened between the page and its stream is not missed.
        var late = feed.subscribe(.line, person: "ada", seen: seen)
        let missed = try #require(late?.events)
        #expect(feed.subscribe(.line, person: "ada", seen: nil) == nil)
        late = nil
        var events: [ChangeFeed.Event] = []
        for await event in missed { events.append(event) }
        #expect(events == [.change])
        let heardBy = mine[0].events
        mine = []
        var heard: [ChangeFeed.Event] = []
        for await event in heardBy { heard.append(event) }
        #expect(heard == [.change])
    }
}

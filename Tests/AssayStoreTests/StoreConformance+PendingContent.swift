import AssayModel
import AssayStore
import Testing

/// Content on its way: whose it is, how much there may be, and how long it stays.
extension StoreConformance {
    static func pending(
        _ device: String, _ report: ReportArrival, _ objects: [(ContentDigest, [UInt8])], limit: Int = 1 << 20,
        at: Timestamp = now
    ) -> PendingContent {
        PendingContent(
            deviceID: digest(device), report: report.digest, objects: objects.map { (digest: $0.0, content: $0.1) },
            limit: limit, at: at)
    }

    static func contentIsKeptOnce(_ store: some Store) async throws {
        let first = try await withDevice(store)
        let long = Array(String(repeating: "{\"a\":1}\n", count: 5000).utf8)
        let objects = [(digest("x"), Array("short".utf8)), (digest("y"), long), (digest("e"), [])]
        let asked = [digest("x"), digest("z"), digest("y")]
        #expect(try await store.missing(asked, for: digest("a")) == asked)
        let next = report("a", 2, root: "other", previous: first.digest)
        #expect(try await store.putPending(pending("a", next, objects)))
        #expect(try await store.putPending(pending("a", next, objects)))
        #expect(try await store.missing(asked, for: digest("a")) == [digest("z")])
        #expect(try await store.content(digest("y")) == nil, "no accepted report is made of it yet")
        #expect(try await store.content(digest("y"), for: digest("a")) == long)

        let incomplete = try await store.accept(next, content: asked)
        guard case .contentUnknown = incomplete else { return #expect(Bool(false), "z is not here") }
        _ = try await store.accept(next, content: [digest("x"), digest("y"), digest("e")])
        #expect(try await store.content(digest("y")) == long)
        #expect(try await store.content(digest("x")) == Array("short".utf8))
        #expect(try await store.content(digest("e")) == [])
        #expect(try await store.content(digest("z")) == nil)
        #expect(try await store.missing(asked, for: digest("nobody")) == [digest("z")], "now it is everybody's")
    }

    static func contentWaitsWithItsDevice(_ store: some Store) async throws {
        let first = try await withDevice(store)
        _ = try await withDevice(store, "b")
        let next = report("a", 2, root: "other", previous: first.digest)
        #expect(try await store.putPending(pending("a", next, [(digest("x"), [1, 2, 3]), (digest("w"), [4])])))
        #expect(try await store.content(digest("x"), for: digest("b")) == nil, "another device does not see it")
        #expect(try await store.missing([digest("x")], for: digest("b")) == [digest("x")])
        let other = report("b", 2, root: "other")
        guard case .contentUnknown = try await store.accept(other, content: [digest("x")]) else {
            return #expect(Bool(false), "a report was completed with what another device has waiting")
        }
        _ = try await store.accept(next, content: [digest("x")])
        #expect(try await store.content(digest("x"), for: digest("b")) == [1, 2, 3])
        #expect(try await store.content(digest("w"), for: digest("a")) == nil, "what no report is made of has gone")
    }

    static func waitingContentHasALimit(_ store: some Store) async throws {
        let first = try await withDevice(store)
        let one = report("a", 2, root: "one", previous: first.digest)
        let two = report("a", 3, root: "two", previous: one.digest)
        func bytes(_ count: Int) -> [UInt8] { Array(repeating: 7, count: count) }
        #expect(try await store.putPending(pending("a", one, [(digest("x"), bytes(600))], limit: 1000)))
        #expect(try await !store.putPending(pending("a", one, [(digest("y"), bytes(401))], limit: 1000)))
        #expect(try await store.missing([digest("x"), digest("y")], for: digest("a")) == [digest("y")])
        #expect(try await store.putPending(pending("a", one, [(digest("x"), bytes(600))], limit: 1000)), "it is here")
        #expect(try await store.putPending(pending("a", one, [(digest("y"), bytes(400))], limit: 1000)))
        #expect(try await !store.putPending(pending("a", two, [(digest("z"), bytes(1001))], limit: 1000)))
        #expect(try await store.missing([digest("x")], for: digest("a")).isEmpty, "a refusal drops nothing")
        #expect(try await store.putPending(pending("a", two, [(digest("z"), bytes(1000))], limit: 1000)))
        let gone = [digest("x"), digest("y")]
        #expect(try await store.missing(gone, for: digest("a")) == gone, "what came for another report gives way")
    }

    static func whatWaitsTooLongIsDropped(_ store: some Store) async throws {
        let first = try await withDevice(store)
        let next = report("a", 2, root: "other", previous: first.digest)
        try await store.keepPending(next)
        let later = now.adding(.seconds(60))
        #expect(try await store.putPending(pending("a", next, [(digest("x"), [1])])))
        #expect(try await store.putPending(pending("a", next, [(digest("y"), [2])], at: later)))
        #expect(try await store.dropPending(before: now) == 0)
        #expect(try await store.dropPending(before: later) == 1)
        #expect(try await store.missing([digest("x"), digest("y")], for: digest("a")) == [digest("x")])
        #expect(try await store.pendingReport(next.digest, of: digest("a")) == nil)
        #expect(try await store.report(of: digest("a"), sequence: 1) != nil, "accepted reports stay")
    }

    static func pendingReportsWait(_ store: some Store) async throws {
        let first = try await withDevice(store)
        let waiting = report("a", 2, root: "other", previous: first.digest)
        try await store.keepPending(waiting)
        #expect(try await store.pendingReport(waiting.digest, of: digest("a"))?.envelope == waiting.envelope)
        #expect(try await store.pendingReport(waiting.digest, of: digest("b")) == nil)
        let later = report("a", 3, root: "third", previous: waiting.digest)
        try await store.keepPending(later)
        #expect(try await store.pendingReport(waiting.digest, of: digest("a")) == nil)
        _ = try await store.accept(later, content: [])
        #expect(try await store.pendingReport(later.digest, of: digest("a")) == nil)
    }
}

internal import AssayStore
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import ServiceLifecycle

/// Server-sent events (HTML, 9.2) that say when a page is out of date.
///
/// A stream carries one `change` and ends: the page is loaded again and opens the next. Comments between keep proxies from
/// taking it for dead, and show when the reader is gone. It ends with the session and with the collector.
struct EventStream: Sendable {
    /// Time between two comments.
    private static let interval = Duration.seconds(20)

    let changes: ChangeFeed
    let topic: ChangeFeed.Topic
    let server: ConsoleServer

    /// Answers a request with a stream.
    func response(to request: Request, for visit: ConsoleVisit) throws -> Response {
        let seen = try request.query("seen").map { text in
            guard let seen = Int64(text) else { throw Problem.malformed("seen must be a number") }
            return seen
        }
        guard let subscription = changes.subscribe(topic, person: visit.account.id, seen: seen) else {
            throw Problem(
                "streams-exhausted", .serviceUnavailable, "Too many pages wait for news", "close some of them",
                headers: [.retryAfter: "60"])
        }
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: "retry: 5000\n\n"))
                try await run(subscription, session: visit.secret, into: &writer)
                try await writer.finish(nil)
            })
    }

    private func run(
        _ subscription: ChangeFeed.Subscription, session: SessionSecret, into writer: inout any ResponseBodyWriter
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await Self.beat(subscription) }
            try await follow(subscription, session: session, into: &writer)
            group.cancelAll()
        }
    }

    private func follow(
        _ subscription: ChangeFeed.Subscription, session: SessionSecret, into writer: inout any ResponseBodyWriter
    ) async throws {
        var isStale = false
        // Many devices are evaluated in a row; who watches a fleet wants to read between two of its changes.
        let waitsForBeat = topic == .fleet
        for await event in subscription.events {
            isStale = isStale || event == .change
            if isStale, event == .beat || !waitsForBeat {
                let text = "event: change\ndata: \(changes.version(of: topic))\n\n"
                return try await writer.write(ByteBuffer(string: text))
            }
            guard event == .beat else { continue }
            guard try await server.isOpen(session) else { return }
            try await writer.write(ByteBuffer(string: ": here\n\n"))
        }
    }

    /// Beats until it is cancelled, and ends the stream with the collector.
    private static func beat(_ subscription: ChangeFeed.Subscription) async {
        await withGracefulShutdownHandler {
            while (try? await Task.sleep(for: interval)) != nil { subscription.continuation.yield(.beat) }
        } onGracefulShutdown: {
            subscription.continuation.finish()
        }
    }
}

internal import AssayModel
internal import Synchronization

/// Tells those who look at a page that what it shows has changed.
final class ChangeFeed: Sendable {
    /// What can change.
    enum Topic: String, Sendable, Hashable, CaseIterable {
        /// Results of verifications.
        case line
        /// Verdicts and findings of devices.
        case fleet
    }

    /// What a stream hears.
    enum Event: Sendable {
        case change
        /// Time has passed.
        case beat
    }

    /// Somebody who waits, for as long as anybody holds it: an answer whose body is never written ends it too.
    final class Subscription: Sendable {
        private let id: UInt64
        private let feed: ChangeFeed
        /// What happens, until the end of the subscription or of the collector.
        let events: AsyncStream<Event>
        /// Where a clock puts its beats.
        let continuation: AsyncStream<Event>.Continuation

        fileprivate init(
            id: UInt64, feed: ChangeFeed, events: AsyncStream<Event>, continuation: AsyncStream<Event>.Continuation
        ) {
            self.id = id
            self.feed = feed
            self.events = events
            self.continuation = continuation
        }

        deinit {
            feed.forget(id)
            continuation.finish()
        }
    }

    /// Most streams at a time, and most of one person.
    static let limit = 256
    static let personLimit = 16

    private struct Waiting {
        var topic: Topic
        var person: String
        var continuation: AsyncStream<Event>.Continuation
    }

    private struct State {
        var next: UInt64 = 0
        var waiting: [UInt64: Waiting] = [:]
        var versions: [Topic: Int64]
    }

    // Numbers of an earlier run must not look like those of this one.
    private let state = Mutex(
        State(versions: Dictionary(uniqueKeysWithValues: Topic.allCases.map { ($0, Timestamp.now.milliseconds) })))

    /// The number of the last change; a page carries the one that it was made after.
    func version(of topic: Topic) -> Int64 { state.withLock { $0.versions[topic] ?? 0 } }

    /// Says that something changed.
    func announce(_ topic: Topic) {
        let waiting = state.withLock { state in
            state.versions[topic, default: 0] &+= 1
            return state.waiting.values.filter { $0.topic == topic }
        }
        for each in waiting { each.continuation.yield(.change) }
    }

    /// Begins to wait; nil when too many do.
    ///
    /// A change after `seen` is heard at once.
    func subscribe(_ topic: Topic, person: String, seen: Int64?) -> Subscription? {
        // A change and a beat that nobody has taken yet say all that there is to say.
        let (events, continuation) = AsyncStream<Event>.makeStream(bufferingPolicy: .bufferingOldest(2))
        let subscription: Subscription? = state.withLock { state in
            guard state.waiting.count < Self.limit,
                state.waiting.values.count(where: { $0.person == person }) < Self.personLimit
            else { return nil }
            state.next &+= 1
            state.waiting[state.next] = Waiting(topic: topic, person: person, continuation: continuation)
            if let seen, seen != state.versions[topic] { continuation.yield(.change) }
            return Subscription(id: state.next, feed: self, events: events, continuation: continuation)
        }
        return subscription
    }

    private func forget(_ id: UInt64) { state.withLock { _ = $0.waiting.removeValue(forKey: id) } }
}

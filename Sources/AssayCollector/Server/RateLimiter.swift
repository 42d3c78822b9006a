internal import Synchronization

/// A token bucket for each name: so many requests a minute, of which some may come at once.
final class RateLimiter<Name: Hashable & Sendable>: Sendable {
    private struct Bucket {
        var tokens: Double
        var refilledAt: ContinuousClock.Instant
    }

    private let buckets = Mutex<[Name: Bucket]>([:])
    private let perSecond: Double
    private let capacity: Double
    private let sizeLimit: Int

    /// Allows `perMinute` requests a minute, a third of them in a burst; remembers at most `sizeLimit` names.
    init(perMinute: Int, sizeLimit: Int = 200_000) {
        perSecond = Double(perMinute) / 60
        capacity = max(1, Double(perMinute) / 3)
        self.sizeLimit = sizeLimit
    }

    /// Takes a token; returns the seconds to wait when there is none.
    func secondsToWait(for name: Name, at now: ContinuousClock.Instant = .now) -> Int? {
        buckets.withLock { buckets in
            // A full bucket is the same as none, so forgetting it loses nothing.
            if buckets.count >= sizeLimit { buckets = buckets.filter { refilled($0.value, at: now).tokens < capacity } }
            var bucket = refilled(buckets[name] ?? Bucket(tokens: capacity, refilledAt: now), at: now)
            defer { buckets[name] = bucket }
            guard bucket.tokens < 1 else {
                bucket.tokens -= 1
                return nil
            }
            return max(1, Int(((1 - bucket.tokens) / perSecond).rounded(.up)))
        }
    }

    private func refilled(_ bucket: Bucket, at now: ContinuousClock.Instant) -> Bucket {
        let elapsed = (now - bucket.refilledAt) / .seconds(1)
        return Bucket(tokens: min(capacity, bucket.tokens + max(0, elapsed) * perSecond), refilledAt: now)
    }
}

/// A length of time as people write it on a command line: `90s`, `15m`, `24h`, `7d`, `2w`.
package enum TimeSpan {
    /// Reads what must be one.
    package static func required(_ text: String) throws -> Duration {
        guard let span = parse(text) else {
            throw CollectorFailure(.usage, "\(text) is not a length of time", nextStep: "write 30m, 24h or 7d")
        }
        return span
    }

    /// Reads it; nil for anything else.
    package static func parse(_ text: String) -> Duration? {
        guard let unit = text.last, let number = Int64(text.dropLast()), number > 0, number <= 1_000_000 else {
            return nil
        }
        switch unit {
        case "s": return .seconds(number)
        case "m": return .seconds(number * 60)
        case "h": return .seconds(number * 3600)
        case "d": return .seconds(number * 86_400)
        case "w": return .seconds(number * 604_800)
        default: return nil
        }
    }
}

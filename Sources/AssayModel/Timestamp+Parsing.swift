extension Timestamp {
    /// Reads RFC 3339 text with any offset; nil for anything else.
    ///
    /// Fractions beyond a millisecond are cut.
    public init?(_ text: String) {
        var reader = DigitReader(rest: Array(text.utf8)[...])
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), reader.take("T") || reader.take("t"), let hour = reader.number(2),
            reader.take(":"), let minute = reader.number(2), reader.take(":"), let second = reader.number(2),
            let fraction = reader.fraction(), let offset = reader.offset(), reader.rest.isEmpty,
            let moment = Timestamp(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        self.init(milliseconds: moment.milliseconds + Int64(fraction) - Int64(offset) * 60_000)
        guard (Self.first...Self.last).contains(seconds) else { return nil }
    }

    /// Whether `text` is `YYYY-MM-DDThh:mm:ssZ` and a real moment: the one form that the contract uses.
    public static func isCanonical(_ text: String) -> Bool {
        // A leap second is a moment, though it is written back as the second after it.
        text.utf8.count == 20 && text.utf8.last == UInt8(ascii: "Z") && !text.utf8.contains(UInt8(ascii: "t"))
            && Timestamp(text) != nil
    }

    /// The fields of RFC 3339, section 5.6, one after the other.
    private struct DigitReader {
        var rest: ArraySlice<UInt8>

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest.removeFirst()
            return true
        }

        mutating func number(_ count: Int) -> Int? {
            guard rest.count >= count else { return nil }
            var value = 0
            for byte in rest.prefix(count) {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            rest = rest.dropFirst(count)
            return value
        }

        /// Milliseconds of `time-secfrac`; 0 where there is none.
        mutating func fraction() -> Int? {
            guard take(".") else { return 0 }
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            guard !digits.isEmpty else { return nil }
            rest = rest[digits.endIndex...]
            let padded = Array(digits.prefix(3)) + [0x30, 0x30]
            return padded.prefix(3).reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }

        /// Minutes of `time-offset`.
        mutating func offset() -> Int? {
            if take("Z") || take("z") { return 0 }
            let isWest = take("-")
            guard isWest || take("+"), let hours = number(2), take(":"), let minutes = number(2), hours < 24,
                minutes < 60
            else { return nil }
            return (isWest ? -1 : 1) * (hours * 60 + minutes)
        }
    }
}

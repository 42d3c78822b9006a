/// Orders version texts of firmware and hardware.
///
/// A version is cut into runs of digits and runs of letters; everything else separates. Runs of digits compare as
/// numbers of any length, runs of letters without case. Where one version ends first, zeros that are left do not count,
/// a pre-release word (`alpha`, `beta`, `rc`, `pre`, `dev`, `test`) makes the longer one lower, anything else makes it
/// higher. A leading `v` does not count. `0x` starts a hexadecimal number, which compares with hexadecimal numbers
/// only. A number against a word has no order, and neither have texts without any digit that differ: the answer is nil.
package enum VersionOrder {
    /// How two versions stand to each other.
    package enum Result: Sendable, Hashable {
        case lower
        case same
        case higher
    }

    private enum Segment: Equatable {
        case number([UInt8])
        case hexadecimal([UInt8])
        case word(String)
    }

    private static let preRelease: Set<String> = ["alpha", "beta", "rc", "pre", "dev", "test", "preview"]

    /// How `left` stands to `right`, or nil when they have no common order.
    package static func compare(_ left: String, _ right: String) -> Result? {
        if left == right { return .same }
        let first = segments(left)
        let second = segments(right)
        if first == second { return first.isEmpty ? nil : .same }
        for (one, other) in zip(first, second) where one != other { return compare(one, other) }
        return first.count < second.count
            ? inverse(tail(second.dropFirst(first.count))) : tail(first.dropFirst(second.count))
    }

    /// How a version with `rest` appended stands to the one without.
    private static func tail(_ rest: ArraySlice<Segment>) -> Result {
        for segment in rest {
            switch segment {
            case .number(let digits) where digits.isEmpty: continue
            case .hexadecimal(let digits) where digits.isEmpty: continue
            case .word(let word) where preRelease.contains(word): return .lower
            default: return .higher
            }
        }
        return .same
    }

    private static func inverse(_ result: Result) -> Result {
        switch result {
        case .lower: .higher
        case .same: .same
        case .higher: .lower
        }
    }

    private static func compare(_ one: Segment, _ other: Segment) -> Result? {
        switch (one, other) {
        case (.number(let left), .number(let right)), (.hexadecimal(let left), .hexadecimal(let right)):
            if left.count != right.count { return left.count < right.count ? .lower : .higher }
            return left.lexicographicallyPrecedes(right) ? .lower : .higher
        case (.word(let left), .word(let right)):
            if preRelease.contains(left) != preRelease.contains(right) {
                return preRelease.contains(left) ? .lower : .higher
            }
            return left < right ? .lower : .higher
        default: return nil
        }
    }

    private static func segments(_ text: String) -> [Segment] {
        var bytes = Array(text.utf8.prefix(256))[...]
        if let first = bytes.first, first | 0x20 == 0x76, let next = bytes.dropFirst().first, isDigit(next) {
            bytes.removeFirst()
        }
        var result: [Segment] = []
        while let byte = bytes.first {
            if isHexadecimalStart(bytes) {
                let digits = bytes.dropFirst(2).prefix(while: isHexadecimalDigit)
                bytes = bytes.dropFirst(2 + digits.count)
                result.append(.hexadecimal(digits.map { $0 | 0x20 }.dropLeadingZeros()))
            } else if isDigit(byte) {
                let digits = bytes.prefix(while: isDigit)
                bytes = bytes.dropFirst(digits.count)
                result.append(.number(Array(digits).dropLeadingZeros()))
            } else if isLetter(byte) {
                let letters = bytes.prefix(while: isLetter)
                bytes = bytes.dropFirst(letters.count)
                result.append(.word(String(decoding: letters.map { $0 < 0x80 ? $0 | 0x20 : $0 }, as: UTF8.self)))
            } else {
                bytes = bytes.dropFirst()
            }
        }
        return result
    }

    private static func isHexadecimalStart(_ bytes: ArraySlice<UInt8>) -> Bool {
        let start = Array(bytes.prefix(3))
        return start.count == 3 && start[0] == 0x30 && start[1] | 0x20 == 0x78 && isHexadecimalDigit(start[2])
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isHexadecimalDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x61...0x66).contains(byte | 0x20)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || (0x61...0x7a).contains(byte | 0x20) }
}

extension [UInt8] {
    fileprivate func dropLeadingZeros() -> [UInt8] { Array(drop { $0 == 0x30 }) }
}

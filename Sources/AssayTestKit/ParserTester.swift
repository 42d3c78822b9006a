/// Feeds a parser what a hostile device could: the input cut at every byte, and deterministic mutations of it.
package enum ParserTester {
    /// Calls `parse` with every prefix of `input`.
    package static func truncations(of input: [UInt8], _ parse: (RawSpan) -> Void) {
        for count in 0...input.count { parse(Array(input.prefix(count)).span.bytes) }
    }

    /// Calls `parse` with `count` mutations of `input`: bytes flipped, extreme values, pieces cut or doubled.
    ///
    /// The same seed gives the same mutations.
    package static func mutations(of input: [UInt8], count: Int = 2000, seed: UInt64 = 1, _ parse: (RawSpan) -> Void) {
        var random = SplitMix64(state: seed)
        for _ in 0..<count {
            var mutant = input
            for _ in 0...Int(random.next() % 4) { mutate(&mutant, &random) }
            parse(mutant.span.bytes)
        }
    }

    private static func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        guard !bytes.isEmpty else { return bytes.append(UInt8(truncatingIfNeeded: random.next())) }
        let position = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 5 {
        case 0: bytes[position] ^= 1 << (random.next() % 8)
        case 1: bytes[position] = [0, 1, 0x7f, 0x80, 0xff][Int(random.next() % 5)]
        case 2: bytes[position] = UInt8(truncatingIfNeeded: random.next())
        case 3: bytes.removeSubrange(position..<min(bytes.count, position + 1 + Int(random.next() % 8)))
        default: bytes.insert(contentsOf: bytes[position..<min(bytes.count, position + 8)], at: position)
        }
    }
}

/// A small generator with a fixed sequence for a given seed (Steele, Lea, Flood 2014).
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Starts the sequence of `state`.
    package init(state: UInt64) { self.state = state }

    /// The next value.
    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

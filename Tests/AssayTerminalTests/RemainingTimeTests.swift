import Testing

@testable import AssayTerminal

@Suite struct RemainingTimeTests {
    private static func steady(_ seconds: Int) -> (RemainingTime, Int?) {
        var remaining = RemainingTime()
        var last: Int?
        for second in 1...seconds {
            last = remaining.seconds(done: second * 100, of: 2000, at: Double(second))
        }
        return (remaining, last)
    }

    @Test func saysNothingAtFirst() {
        #expect(Self.steady(4).1 == nil)
        #expect(Self.steady(6).1 == 14)
    }

    @Test("one long step hides the estimate") func hidesDuringALongStep() {
        var (remaining, _) = Self.steady(8)
        #expect(remaining.seconds(done: 800, of: 2000, at: 9) != nil)
        #expect(remaining.seconds(done: 800, of: 2000, at: 10.5) == nil)
        #expect(remaining.seconds(done: 900, of: 2000, at: 11) != nil)
    }

    @Test("the estimate follows the pace of the last seconds") func followsThePace() {
        var (remaining, _) = Self.steady(10)
        var last: Int?
        for second in 11...60 {
            last = remaining.seconds(done: 1000 + (second - 10) * 10, of: 2000, at: Double(second))
        }
        #expect((40...60).contains(last ?? 0))
    }

    @Test func needsSomethingToExpect() {
        var (remaining, _) = Self.steady(10)
        #expect(remaining.seconds(done: 2001, of: 2000, at: 11) == nil)
        #expect(remaining.seconds(done: 2001, of: .max, at: 11) == nil)
    }
}

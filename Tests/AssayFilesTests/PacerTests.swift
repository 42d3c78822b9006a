import Testing

@testable import AssayFiles

@Suite struct PacerTests {
    private let start = ContinuousClock.now

    @Test func spreadsReadsOverTime() throws {
        let pacer = try #require(Pacer(bytesPerSecond: 1000, start: start))
        #expect(pacer.reserve(500, now: start) == .zero)
        #expect(pacer.reserve(500, now: start) == .milliseconds(500))
        #expect(pacer.reserve(1000, now: start + .milliseconds(600)) == .milliseconds(400))
    }

    @Test func aPauseEarnsNoBurst() throws {
        let pacer = try #require(Pacer(bytesPerSecond: 1000, start: start))
        #expect(pacer.reserve(100, now: start + .seconds(60)) == .zero)
        #expect(pacer.reserve(100, now: start + .seconds(60)) == .milliseconds(100))
    }

    @Test func noLimitMeansNoPacer() { #expect(Pacer(bytesPerSecond: nil) == nil) }
}

import Testing

@testable import AssayModel

@Suite struct GapTallyTests {
    private func gap(_ path: String, _ kind: Gap.Kind = .malformed, probe: String = "p/x") -> Gap {
        Gap(probe: probe, path: path, kind: kind, detail: "d")
    }

    @Test("the first of each probe and kind stay, the others are counted where they are") func counts() {
        var tally = GapTally(limit: 2)
        let floods = (0..<10).map { gap("/sys/a/\($0)/id") }
        for gap in floods { tally.add(gap) }
        tally.add(gap("/proc/x", .denied))
        tally.add(gap("/proc/y", probe: "q/x"))
        #expect(
            tally.all == [
                floods[0], floods[1], gap("/proc/x", .denied), gap("/proc/y", probe: "q/x"),
                Gap(probe: "p/x", path: "/sys/a", kind: .malformed, detail: "8 more of this kind"),
            ])
    }

    @Test("the limit itself is not over the limit", arguments: [(0, 0), (31, 31), (32, 32), (33, 33), (5000, 33)])
    func limits(_ count: Int, _ listed: Int) {
        var tally = GapTally()
        for number in 0..<count { tally.add(gap("/d/\(number)")) }
        #expect(tally.all.count == listed)
        #expect(tally.all.last?.detail == (count > 32 ? "\(count - 32) more of this kind" : count > 0 ? "d" : nil))
    }

    @Test("one gap more keeps its whole path, unlike paths share the root") func paths() {
        var tally = GapTally(limit: 0)
        tally.add(gap("/a/b/c"))
        #expect(tally.all.map(\.path) == ["/a/b/c"])
        tally.add(gap("/a/b/d"))
        #expect(tally.all.map(\.path) == ["/a/b"])
        tally.add(gap("/z"))
        #expect(tally.all.map(\.path) == ["/"])
        #expect(GapTally(limit: -1).all.isEmpty)
    }
}

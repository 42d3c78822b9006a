import AssayModel
import Testing

@testable import AssayConsole

/// Times as people read them.
struct MomentViewTests {
    @Test(
        "how long ago",
        arguments: [
            (0, "just now"), (59, "just now"), (60, "1 min ago"), (3599, "59 min ago"), (3600, "1 h ago"),
            (86_399, "23 h ago"), (86_400, "1 day ago"), (172_800, "2 days ago"), (2_678_400, "2023-10-14"),
            (-30, "in a moment"), (-7200, "in 2 h"), (-2_678_400, "2023-12-15"),
        ] as [(Int64, String)]) func words(_ age: Int64, _ words: String)
    {
        let now = Timestamp(seconds: 1_700_000_000)
        let view = MomentView(Timestamp(seconds: now.seconds - age), at: now)
        #expect(view.relative == words)
        #expect(view.exact == Timestamp(seconds: now.seconds - age).description)
    }

    @Test func endsOfTimeAreNoTrap() {
        #expect(MomentView(Timestamp(milliseconds: .max), at: Timestamp(milliseconds: .min)).exact.hasPrefix("9999"))
        #expect(MomentView(Timestamp?.none, at: .now) == nil)
    }
}

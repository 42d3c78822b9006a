import AssayConsole
import AssayModel
import Testing

/// The overview with what devices may say of themselves.
struct OverviewPageTests {
    private static let now = Timestamp(milliseconds: 1_800_000_000_000)
    private static let hostile = "<script>alert(1)</script>\u{202e}" + String(repeating: "x", count: 1 << 20)

    private static func render(_ page: some ConsolePage) -> String {
        ConsoleRenderer().render(page, for: .init(name: "ada", formToken: "t"), at: now)
    }

    private static func fleet(_ name: String) -> OverviewPage {
        let moment = MomentView(now, at: now)
        let id = ContentDigest.sha256(of: [1])
        let groups = [(name: name, path: "/devices?model=x" as String?, verdicts: ["pass": 2, "fail": 1])]
        return OverviewPage(
            OverviewPage.Fleet(
                devices: 4, waiting: 0, verdicts: [OverviewPage.Tile(1, "fail", style: "fail", path: "/devices")],
                findings: [], models: GroupChart(groups, total: ["pass": 3, "fail": 1]),
                sites: GroupChart([], total: [:]),
                trend: TrendChart([(day: "2027-01-15", verdicts: ["pass": 3, "fail": 1], findings: 7)]),
                silentCount: 1,
                silent: [OverviewPage.Silent(name: name, id: id, site: name, last: moment, hasReported: false)],
                newest: [OverviewPage.Item(title: name, id: "f", severity: "high", since: moment)],
                today: [],
                changes: [OverviewPage.Change(name: name, id: id, before: "pass", after: "fail", at: moment)],
                imports: [OverviewPage.Import(kind: "profile", id: name, at: moment)], version: 9))
    }

    @Test func hostileNamesAreHarmless() {
        let html = Self.render(Self.fleet(Self.hostile))
        #expect(!html.contains("<script>alert"))
        #expect(html.contains("&lt;script&gt;alert"))
        #expect(!html.unicodeScalars.contains("\u{202e}"))
        #expect(html.utf8.count < 200_000)
    }

    @Test func theFleetIsShown() {
        let html = Self.render(Self.fleet("acme / edge"))
        #expect(html.contains("data-events=\"/events/fleet?seen=9\""))
        #expect(html.contains("aria-label=\"2 pass, 1 fail\""))
        #expect(html.contains("all others"))
        #expect(html.contains("never reported"))
        #expect(html.contains("2027-01-15: 3 pass"))
        #expect(!html.contains("style=\""))
    }

    @Test func anEmptyFleetSaysWhatToDo() {
        let html = Self.render(
            OverviewPage(OverviewPage.Beginning(address: "https://host:8443", mayRegister: true)))
        #expect(html.contains("assay-agent enroll --collector https://host:8443 --token TOKEN"))
        #expect(html.contains("/devices/join"))
        let other = Self.render(OverviewPage(OverviewPage.Beginning(address: "x", mayRegister: false)))
        #expect(!other.contains("/devices/join"))
    }

    @Test("a chart of no, one and many days", arguments: [0, 1, 40]) func charts(_ count: Int) {
        let days = (0..<count).map { (day: "d\($0)", verdicts: ["pass": $0 + 1], findings: 0) }
        #expect((TrendChart(days) == nil) == (count == 0))
    }

    @Test func groupsLeaveARest() {
        let chart = GroupChart([("a", nil, ["pass": 5])], total: ["pass": 3, "fail": 2])
        // More in a group than in all: counts were read one after the other.
        #expect(chart == GroupChart([("a", nil, ["pass": 5])], total: ["pass": 5, "fail": 2]))
    }
}

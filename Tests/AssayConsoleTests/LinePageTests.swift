import AssayConsole
import AssayModel
import Testing

/// The line and the search with what devices may say of themselves.
struct LinePageTests {
    private static let now = Timestamp(milliseconds: 1_800_000_000_000)
    private static let hostile = "<img src=x onerror=alert(1)>\u{2066}"

    private static func render(_ page: some ConsolePage) -> String {
        ConsoleRenderer().render(page, for: .init(name: "ada", formToken: "t"), at: now)
    }

    @Test(arguments: [("pass", "PASS"), ("fail", "FAIL"), ("undetermined", "UNDECIDED"), ("unverified", "NO RECORD")])
    func oneVerdictIsLarge(_ verdict: String, _ word: String) {
        let moment = MomentView(Self.now, at: Self.now)
        let page = LinePage(
            station: nil,
            last: LinePage.Last(
                verdict: verdict, unit: Self.hostile, model: Self.hostile, station: "L3", person: Self.hostile,
                at: moment, reasons: (1...9).map { "\(Self.hostile) \($0)" }, path: "/"),
            units: [LinePage.Unit(verdict: "pass", unit: Self.hostile, model: nil, station: "L3", at: moment)],
            stations: [
                LinePage.Station(
                    name: Self.hostile, path: "/line?station=x", isThis: false, units: 3, results: 4, failed: 1,
                    firstPass: 66.7)
            ], version: 4)
        let html = Self.render(page)
        #expect(html.contains("<strong>\(word)</strong>"))
        #expect(!html.contains("<img"))
        #expect(!html.unicodeScalars.contains("\u{2066}"))
        #expect(html.contains("and 4 more"))
        #expect(html.contains("66.7 %"))
        #expect(html.contains("data-events=\"/events/line?seen=4\""))
    }

    @Test func anEmptyLineSaysWhatToDo() {
        let html = Self.render(LinePage(station: "S3", last: nil, units: [], stations: [], version: 1))
        #expect(html.contains("No unit has been verified at this station."))
    }

    @Test func aSearchIsShownHarmless() {
        let id = ContentDigest.sha256(of: [1])
        let match = SearchPage.Match(
            kind: "part", key: Self.hostile, label: Self.hostile, devices: 1000, hasMore: true, path: "/search?q=x")
        let device = SearchPage.Device(
            name: Self.hostile, id: id, verdict: "pass", site: Self.hostile, last: nil, place: Self.hostile)
        let answer = SearchPage.Answer(
            devices: [], findings: [], matches: [match], isCut: false, selected: match, holders: [device],
            next: "/search?q=x&after=1.1.1", former: [], back: nil)
        let html = Self.render(SearchPage(query: Self.hostile, answer: answer))
        #expect(!html.contains("<img"))
        #expect(html.contains("more than 1000 devices hold"))
        #expect(html.contains("rel=\"next\""))
    }

    @Test func nothingFoundSaysWhereItWasLookedFor() {
        let answer = SearchPage.Answer(
            devices: [], findings: [], matches: [], isCut: false, selected: nil, holders: [], next: nil, former: [],
            back: nil)
        #expect(Self.render(SearchPage(query: "zz", answer: answer)).contains("No device holds “zz”"))
        #expect(Self.render(SearchPage(query: "")).contains("What can be looked for"))
    }
}

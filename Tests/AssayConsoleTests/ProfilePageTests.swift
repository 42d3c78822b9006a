import AssayConsole
import AssayModel
import Testing

/// Pages of what is expected, with text of anybody in them.
struct ProfilePageTests {
    static let now = Timestamp(seconds: 1_700_000_000)
    static let hostile = "<script>alert(1)</script>\u{202e}\""

    static func html(_ page: some ConsolePage) -> String {
        ConsoleRenderer().render(page, for: .init(name: "a", formToken: "token"), at: now)
    }

    static func expectHarmless(_ html: String) {
        #expect(!html.contains("<script>alert"))
        #expect(!html.contains("\u{202e}"))
        #expect(html.utf8.count < 500_000)
    }

    private static func page(_ profile: HardwareProfile, revision: Int = 1, of count: Int = 1) -> ProfilePage {
        let moment = MomentView(now, at: now)
        return ProfilePage(
            profile, revision: revision, imported: moment, path: "/expected/profiles/p", json: "/api/v1/profiles/p",
            revisions: (1...count).map {
                DocumentRevision($0, digest: .sha256(of: []), imported: moment, isShown: $0 == revision, path: "/p")
            }, mayRegister: false)
    }

    @Test func aProfileIsShownWithoutItsMarkup() {
        var profile = HardwareProfile(id: "p", version: Self.hostile)
        profile.title = Self.hostile
        let part = PartDescription(
            manufacturer: Self.hostile, model: String(repeating: "m", count: 1_000_000), ids: ["vendor": "8086"])
        profile.components = [
            ExpectedComponent(
                "memory", slot: "dimm/*", quantity: 2, optional: true, part: part,
                alternates: [.init(name: Self.hostile, part: PartDescription(partNumber: "ALT-7"))])
        ]
        profile.firmware = [FirmwareRequirement(location: "fw/bios", version: VersionRequirement(minimum: "1.4"))]
        profile.classes = ["usb": ClassPolicy(fields: ["serial": .ignore], unexpected: .notice, reason: Self.hostile)]
        profile.approvedSuppliers = [Self.hostile]
        let html = Self.html(Self.page(profile))
        Self.expectHarmless(html)
        for words in [
            "ALT-7", "vendor 8086", "1.4 or later", "serial: ignore", "unexpected: notice", "dimm/*", "optional",
        ] {
            #expect(html.contains(words), "\(words)")
        }
        #expect(!html.contains("Plan a change</a></div>"))
    }

    @Test("a slot without a name does not borrow the profile's") func namesAreNotBorrowed() {
        var profile = HardwareProfile(id: "p", version: "1")
        profile.title = "The profile's own name"
        profile.components = [ExpectedComponent("memory")]
        profile.firmware = [FirmwareRequirement(location: "fw/bios")]
        // In the title of the tab and in the heading, and nowhere else.
        #expect(Self.html(Self.page(profile)).components(of: "The profile&#39;s own name") == 2)
    }

    @Test func revisionsLeadToWhatChanged() {
        let html = Self.html(Self.page(HardwareProfile(id: "p", version: "1"), revision: 1, of: 2))
        #expect(html.contains("/p/compare?from=1&amp;to=2"))
        #expect(html.contains("This is an older revision"))
    }

    @Test func comparisonsAndPlansAreHarmless() {
        let difference = ComparisonPage.Difference(place: Self.hostile, before: Self.hostile, after: nil)
        Self.expectHarmless(
            Self.html(
                ComparisonPage(
                    id: Self.hostile, noun: "profile", path: "/p", from: 1, to: 2, count: 2, differences: [difference],
                    omitted: 3)))
        let change = PlanPage.Change(
            device: "aa", path: "/devices/aa", from: VerdictBadge("pass"), to: VerdictBadge("fail"),
            come: [Self.hostile], go: [], reweighed: [])
        let effect = PlanPage.Effect(
            changed: 7, unchanged: 1, undecided: 0,
            turns: [.init(from: VerdictBadge("pass"), to: VerdictBadge("fail"), devices: 7)], changes: [change])
        let html = Self.html(
            PlanPage(
                id: "x", author: Self.hostile, made: MomentView(Self.now, at: Self.now),
                documents: [.init(noun: "profile", id: Self.hostile, isNew: true)], state: .planned(effect),
                mayApply: true, formToken: "token"))
        Self.expectHarmless(html)
        #expect(html.contains("And 6 more devices."))
        #expect(html.contains("/expected/plans/x/apply"))
    }

    @Test("faults stand by row and column where a file has them")
    func faults() {
        let html = Self.html(
            ImportPage(
                faults: [
                    ImportFault(RecordFailure(.invalid, field: "row 3, column built", detail: Self.hostile)),
                    ImportFault(RecordFailure(.invalid, field: "components[2].class", detail: "is no class")),
                ], forms: ["csv"], form: "csv", map: Self.hostile, formToken: "token"))
        Self.expectHarmless(html)
        #expect(
            html.contains("<td data-label=\"Row\">3</td><td data-label=\"Column or place\" class=\"mono\">built</td>"))
        #expect(html.contains("class=\"mono\">components[2].class</td>"))
        #expect(html.contains("<option value=\"csv\" selected>"))
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(of text: String) -> Int {
        var count = 0
        var rest = self[...]
        while let range = rest.firstRange(of: text) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}

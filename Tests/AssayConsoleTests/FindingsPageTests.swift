import AssayModel
import Testing

@testable import AssayConsole

/// Findings and settings as HTML, whatever devices and people call themselves.
struct FindingsPageTests {
    private static let now = Timestamp(milliseconds: 1_800_000_000_000)
    private static let moment = MomentView(now, at: now)
    private static let visitor = ConsoleRenderer.Visitor(name: "<visitor>", formToken: "token")

    static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'; alert(1) //", "\u{202e}gpj.exe",
        "{{title}}",
        "{{{body}}}", "\u{0}\u{1b}]0;x\u{7}", String(repeating: "<a>", count: 350_000),
    ]

    private static func filter(_ text: String) -> FindingsPage.Filter {
        let choices = ChoiceView.list([("", "any"), (text, text)], chosen: text)
        return FindingsPage.Filter(
            severities: choices, states: choices, rules: choices, model: text, site: text, device: text, text: text,
            cause: text, isSet: true)
    }

    private static func isHarmless(_ html: String) -> Bool {
        !html.contains("<script>") && !html.contains("<img") && !html.contains("<a><a>") && !html.contains("\u{202e}")
            && !html.contains("\u{0}") && !html.contains("\u{1b}") && html.utf8.count < 1_000_000
    }

    @Test("what devices say is shown and does nothing", arguments: hostile) func lists(_ text: String) {
        let device = DeviceNameView(id: "sha256:00", serial: text, model: text)
        let row = FindingsPage.Row(
            id: text, severity: text, state: text, title: text, rule: text, device: device, last: Self.moment)
        let cause = FindingsPage.CauseRow(
            cause: text, severity: text, title: text, rule: text, devices: text, link: text, example: text,
            first: Self.moment, last: Self.moment)
        let links = FindingsPage.Links(grouped: "/g", list: "/l", export: "/e", next: text, first: text)
        let action = FindingsPage.Action(formToken: "token", filter: [.init(text, text)], back: text)
        for content in [FindingsPage.Content.causes([cause]), .findings([row])] {
            let page = FindingsPage(
                content, filter: Self.filter(text), links: links, action: action, problem: text, result: text)
            let html = ConsoleRenderer().render(page, for: Self.visitor, search: text, done: text, at: Self.now)
            #expect(Self.isHarmless(html))
            #expect(html.contains("type=\"checkbox\" name=\""))
        }
    }

    @Test("a finding is shown and does nothing", arguments: hostile) func finding(_ text: String) {
        let device = DeviceNameView(id: text, serial: text, model: text)
        let judgement = FindingPage.Judgement(
            expected: text, observed: text, differences: [.init(name: text, expected: text, observed: nil)],
            facts: [FindingPage.Fact(text, text, isCode: true)].compactMap(\.self), terms: [.init(text, text)],
            notes: [text], matters: text, advice: text)
        let actions = FindingPage.Actions(
            formToken: "token", acknowledges: true, waives: true, unwaives: true, settles: true,
            scopes: [ChoiceView(text, text, isChosen: true)], owner: text, days: 1, mostDays: 2)
        let page = FindingPage(
            .init(id: text, heading: text, severity: text, state: text, device: device), judgement: judgement,
            others: [.init(finding: text, device: device, state: "open")], othersCount: text, othersLink: text,
            events: [.init(at: Self.moment, what: text, who: text, why: text)],
            waiver: .init(owner: text, reason: text, scope: text, ends: Self.moment, by: text), actions: actions,
            problem: text)
        let html = ConsoleRenderer().render(page, for: Self.visitor, at: Self.now)
        #expect(Self.isHarmless(html))
        #expect(html.components(of: "name=\"form-token\"") == 5)
    }

    @Test("an empty list says what to do next") func empty() {
        let links = FindingsPage.Links(grouped: "/g", list: "/l", export: "/e", next: nil, first: nil)
        let action = FindingsPage.Action(formToken: "token", filter: [], back: "")
        let page = FindingsPage(.causes([]), filter: Self.filter("x"), links: links, action: action)
        let html = ConsoleRenderer().render(page, for: Self.visitor, at: Self.now)
        #expect(html.contains("Nothing fits this filter") && html.contains("Show all findings"))
        #expect(!html.contains("/findings/judge"))
    }

    @Test("names of people, tokens and lists are shown and do nothing", arguments: hostile) func settings(
        _ text: String
    ) {
        let places = SettingsPlaces(people: true, audit: true)
        let choices = [ChoiceView(text, text, isChosen: true)]
        let person = PeoplePage.Row(
            id: text, name: text, role: text, roles: choices, state: text, hasFactor: true, ends: Self.moment,
            seen: nil, isSelf: true)
        let pages: [any ConsolePage] = [
            PeoplePage(
                places: places, formToken: "t", people: [person], roles: choices, problem: text, link: text,
                linkFor: text),
            TokensPage(
                places: places, formToken: "t",
                join: [
                    .init(id: text, state: "active", uses: text, profile: text, made: Self.moment, ends: Self.moment)
                ],
                mayRegister: true,
                programs: [.init(id: text, name: text, state: "active", may: text, made: Self.moment, ends: nil)],
                permissions: choices, problem: text, secret: text, secretFor: text),
            AuditPage(
                places: places, actor: text, action: text, subject: text,
                rows: [.init(at: Self.moment, who: text, actor: text, action: text, subject: text, detail: text)],
                next: text),
            SettingsPage(
                places: places,
                policies: [
                    .init(id: text, link: text, name: text, group: text, revision: text, imported: Self.moment)
                ],
                lists: [
                    .init(id: text, name: text, date: text, age: text, isOutdated: true, entries: text, origin: text)
                ]),
            PolicyPage(
                places: places, id: text, name: text, revision: text, imported: Self.moment, vouchedBy: text,
                group: text, uses: text, waivers: text, rules: [.init(rule: text, effect: text, reason: text)],
                json: text),
        ]
        for page in pages {
            #expect(
                Self.isHarmless(ConsoleRenderer().render(page, for: Self.visitor, at: Self.now)),
                "\(page.title.prefix(20))")
        }
    }

    @Test("style and script stay small") func size() {
        #expect(ConsoleFiles.style.bytes.count + ConsoleFiles.script.bytes.count <= 60 << 10)
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}

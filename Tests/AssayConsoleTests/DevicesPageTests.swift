import AssayModel
import Testing

@testable import AssayConsole

/// Pages about devices whose every text is hostile.
struct DevicesPageTests {
    private static let hostile = "<script>alert(1)</script>\u{202e}\u{7}\"'" + String(repeating: "A", count: 1 << 20)
    private static let now = Timestamp(milliseconds: 1_800_000_000_000)
    private static let visitor = ConsoleRenderer.Visitor(name: "n", formToken: "t")

    private static func head() -> DeviceHead {
        var facts = DeviceHead.Facts()
        facts.model = hostile
        facts.serial = hostile
        facts.host = hostile
        facts.system = hostile
        facts.site = hostile
        let moment = MomentView(now, at: now)
        return DeviceHead(
            id: "ab", name: hostile, facts: facts, enrolled: moment, certificate: moment, part: .inventory)
    }

    private static func outcome(_ kind: Outcome.Kind) -> Outcome {
        Outcome(
            kind, "pci", at: hostile, expected: hostile, observed: hostile,
            fields: [FieldDifference(name: hostile, expected: hostile, observed: nil, note: hostile)], rule: "r",
            source: hostile, notes: [hostile])
    }

    private static func expectHarmless(_ page: some ConsolePage) -> String {
        let html = ConsoleRenderer().render(page, for: visitor, at: now)
        #expect(!html.contains("<script>alert"))
        #expect(!html.unicodeScalars.contains("\u{202e}"))
        #expect(!html.unicodeScalars.contains("\u{7}"))
        #expect(html.utf8.count < 400_000)
        #expect(!html.contains(" style=\"") && !html.contains("onclick"))
        return html
    }

    @Test func list() {
        let row = DevicesPage.Row(
            id: "ab", name: Self.hostile, model: Self.hostile, serial: Self.hostile, site: Self.hostile,
            verdict: BadgeView(verdict: "fail"), isOutOfDate: true, isRevoked: true, isSilent: true,
            findings: [BadgeView(2, severity: "high")], seen: nil)
        let filter = DevicesPage.Filter(
            text: Self.hostile, model: Self.hostile, site: Self.hostile, isSilent: true, silence: "3 h",
            verdicts: [ChoiceView("fail", "fail", isChosen: true)], orders: [], models: [Self.hostile], sites: [])
        func page(_ rows: [DevicesPage.Row], mayRegister: Bool) -> DevicesPage {
            DevicesPage(
                filter: filter, rows: rows, isFiltered: true, isCut: false,
                links: DevicesPage.Links(here: "/devices", first: nil, next: "?after=1.2", table: "/devices.csv"),
                mayRegister: mayRegister, mayAdminister: false, formToken: "t")
        }
        let html = Self.expectHarmless(page([row], mayRegister: true))
        #expect(html.contains("href=\"?after=1.2\""))
        #expect(html.contains("name=\"action\" value=\"site\""))
        #expect(!html.contains("value=\"revoke\""))
        #expect(!Self.expectHarmless(page([row], mayRegister: false)).contains("name=\"device\""))
        #expect(Self.expectHarmless(page([], mayRegister: true)).contains("No device matches"))
    }

    @Test func device() {
        let parts = [Outcome.Kind.mismatched, .missing, .matched].map {
            PartRow(Self.outcome($0)) { _, text in text }
        }
        let gap = Gap(probe: Self.hostile, path: Self.hostile, kind: .denied, detail: Self.hostile)
        let inventory = DevicePage.Inventory(
            parts: parts, partCount: 9, showsAll: true, reasons: [Self.hostile], isJudged: true,
            isOlderJudgement: false, firmware: [], boot: BootState(), kernel: KernelState(), modules: 0, gaps: [gap],
            gapCount: 4, damage: [])
        func page(_ inventory: DevicePage.Inventory?) -> DevicePage {
            DevicePage(
                head: Self.head(), inventory: inventory, findings: [], moreFindings: false, profiles: [], sites: [],
                mayRegister: false, mayRevoke: false, formToken: "t")
        }
        let html = Self.expectHarmless(page(inventory))
        #expect(html.contains("<tr class=\"fail\">"))
        #expect(html.contains("6 more are not shown"))
        #expect(html.contains("3 more are in the report"))
        #expect(html.contains("not shown, should be <ins>"), "a field without a value is not that of the row around it")
        #expect(Self.expectHarmless(page(nil)).contains("has not reported yet"))
    }

    @Test func placesAreOrderedByTheirNumbers() {
        let rows = ["usb/1-10", "dimm/10", "dimm/9", "fw/bios"].map { location in
            PartRow(Component("x", at: location, evidence: Evidence(probe: "p", path: "/")), text: "t")
        }
        #expect(rows.sorted(by: PartRow.precedes).map(\.location) == ["dimm/9", "dimm/10", "fw/bios", "usb/1-10"])
    }

    @Test func comparison() {
        let change = DeviceComparePage.Change(
            kind: "changed", name: Self.hostile, fields: [.init(name: Self.hostile, before: Self.hostile, after: nil)])
        let moment = MomentView(Self.now, at: Self.now)
        let page = DeviceComparePage(
            head: Self.head(), from: 1, to: 2, before: moment, after: moment,
            sections: [
                .init(name: "files", changes: [change], more: 3, isWhole: false),
                .init(name: "boot", changes: [], more: 0, isWhole: true),
            ])
        let html = Self.expectHarmless(page)
        #expect(html.contains("3 further lines"))
        #expect(html.contains("Unchanged: boot."))
    }
}

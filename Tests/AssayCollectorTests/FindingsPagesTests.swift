import AssayAccounts
import AssayModel
import AssayReport
import AssayStore
import NIOHTTP1
import Testing

@testable import AssayCollector

/// Findings on pages, over the real routes.
struct FindingsPagesTests {
    private static func location(_ answer: LoopbackClient.Response) -> String? {
        answer.headers.first(name: "location")
    }

    @Test("an operator finds a cause, opens its finding, waives it and takes the waiver back") func walk() async throws
    {
        try await FindingLifeTests.withUnexpectedPart { collector, device, view in
            let person = try await ConsoleVisitor.make(.operator, in: collector)
            let id = view.finding.id
            try await collector.connect { client in
                let causes = try await person.get("/findings?severity=high", &client)
                #expect(
                    causes.status == 200
                        && causes.text.contains("/findings?severity=high&amp;cause=\(view.finding.cause)"))
                let list = try await person.get("/findings?cause=\(view.finding.cause)", &client)
                #expect(list.text.contains("href=\"/findings/\(id)\"") && list.text.contains(">S1</a>"))
                let page = try await person.get("/findings/\(id)", &client)
                for words in [
                    "Why it matters", "/sys/block/sda", "profile edge", "No other device", "opened", "a report",
                ] {
                    #expect(page.text.contains(words), "\(words)")
                }
                let bad = try await person.post("/findings/\(id)/waive", [("scope", "site"), ("days", "3")], &client)
                #expect(bad.status == 200 && bad.text.contains("role=\"alert\""))
                let waived = try await person.post(
                    "/findings/\(id)/waive",
                    [("scope", "model"), ("owner", "quality"), ("days", "30"), ("reason", "second source")], &client)
                #expect(Self.location(waived) == "/findings/\(id)?done=waived")
            }
            try await collector.settle()
            try await collector.connect { client in
                let page = try await person.get("/findings/\(id)", &client)
                for words in ["second source", "the model maker / edge", "Take the waiver back", ">operator<"] {
                    #expect(page.text.contains(words), "\(words)")
                }
                let back = try await person.post("/findings/\(id)/unwaive", [("reason", "found better")], &client)
                #expect(Self.location(back) == "/findings/\(id)?done=unwaived")
                let settled = try await person.post("/findings/\(id)/settle", [("reason", "r")], &client)
                #expect(settled.text.contains("settled by evidence alone"))
            }
            #expect(try await collector.store.device(device.identity.id) != nil)
        }
    }

    @Test("causes and findings are judged together, within the filter") func bulk() async throws {
        try await FindingLifeTests.withUnexpectedPart { collector, _, view in
            let person = try await ConsoleVisitor.make(.operator, in: collector)
            let cause = ("chosen", view.finding.cause)
            try await collector.connect { client in
                let none = try await person.post("/findings/judge", [("do", "acknowledge")], &client)
                #expect(none.text.contains("Nothing is chosen"))
                let elsewhere = try await person.post(
                    "/findings/judge", [("do", "acknowledge"), cause, ("site", "nowhere")], &client)
                #expect(elsewhere.text.contains("Acknowledged: 0."))
                let done = try await person.post(
                    "/findings/judge", [("do", "acknowledge"), cause, ("note", "known")], &client)
                #expect(done.text.contains("Acknowledged: 1."))
                let waived = try await person.post(
                    "/findings/judge",
                    [
                        ("do", "waive"), ("finding", view.finding.id), ("back", "list"), ("scope", "unit"),
                        ("owner", "q"), ("reason", "r"), ("days", "7"),
                    ], &client)
                #expect(waived.text.contains("Waivers made: 1."))
                let foreign = try await ConsoleVisitor.post(
                    "/findings/judge", [("do", "acknowledge"), cause], cookie: person.cookie, &client)
                #expect(foreign.status == 403)
            }
            let history = try await collector.store.findingHistory(view.finding.id)
            #expect(history.contains { $0.event == .acknowledged && $0.detail == "known" })
        }
    }

    @Test("who may not judge is offered no form, and gets nothing done") func viewers() async throws {
        try await FindingLifeTests.withUnexpectedPart { collector, _, view in
            let person = try await ConsoleVisitor.make(.viewer, in: collector)
            try await collector.connect { client in
                for path in ["/findings", "/findings?view=list", "/findings/\(view.finding.id)"] {
                    let page = try await person.get(path, &client)
                    #expect(page.status == 200 && !page.text.contains("action=\"/findings/"), "\(path)")
                    #expect(!page.text.contains("type=\"checkbox\""))
                }
                let path = "/findings/\(view.finding.id)/acknowledge"
                #expect(try await person.post(path, [], &client).status == 403)
            }
            #expect(try await collector.store.findings(withPrefix: view.finding.id).first?.state == .open)
        }
    }

    @Test(
        "an address that means nothing is a page that says so",
        arguments: [
            ("/findings/ffff", 404), ("/findings?severity=grave", 400), ("/findings?state=x", 400),
            ("/findings?sverity=high", 400), ("/findings?after=x", 400), ("/findings?view=list&after=x", 400),
            ("/findings?device=zz", 400), ("/findings.csv?view=list", 400), ("/findings?text=nothing+like+it", 200),
        ]) func oddAddresses(_ path: String, _ status: Int) async throws
    {
        try await TestCollector.run { collector in
            let person = try await ConsoleVisitor.make(.viewer, in: collector)
            let page = try await collector.connect { try await person.get(path, &$0) }
            #expect(page.status == status)
            #expect(page.text.hasPrefix("<!doctype html>"))
        }
    }

    @Test("an export has every finding, and no cell that is a formula") func export() async throws {
        try await FindingLifeTests.withUnexpectedPart { collector, device, view in
            let person = try await ConsoleVisitor.make(.viewer, in: collector)
            let file = try await collector.connect { try await person.get("/findings.csv?severity=high", &$0) }
            let lines = file.text.split(separator: "\r\n")
            #expect(file.headers.first(name: "content-type")?.hasPrefix("text/csv") == true)
            #expect(lines.first?.hasPrefix("\"id\",\"severity\"") == true)
            #expect(lines.contains { $0.contains(view.finding.id) && $0.contains(device.identity.id.description) })
        }
    }

    @Test(
        "numbers are grouped",
        arguments: [(0, "0"), (999, "999"), (1000, "1\u{202f}000"), (-1_234_567, "-1\u{202f}234\u{202f}567")])
    func numbers(_ number: Int, _ text: String) { #expect(number.grouped == text) }
}

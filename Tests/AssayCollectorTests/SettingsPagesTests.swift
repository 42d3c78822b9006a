import AssayAccounts
import AssayModel
import AssayReport
import AssayStore
import NIOHTTP1
import Testing

@testable import AssayCollector

/// People, tokens, policies and the audit trail on pages, over the real routes.
struct SettingsPagesTests {
    @Test("an admin invites, changes and closes an account, and the trail says so") func people() async throws {
        try await TestCollector.run { collector in
            let boss = try await ConsoleVisitor.make(.admin, in: collector)
            try await collector.connect { client in
                let path = "/settings/people"
                let odd = try await boss.post(path, [("name", "<i>"), ("role", "viewer")], &client)
                #expect(odd.status == 200 && odd.text.contains("role=\"alert\""))
                let endless = try await boss.post(path, [("name", "eve"), ("role", "auditor")], &client)
                #expect(endless.text.contains("must end"))
                let made = try await boss.post(path, [("name", "eve"), ("role", "auditor"), ("days", "9")], &client)
                let link = try #require(made.text.firstMatch(of: #/https:\/\/[^<]*(\/setup\/[^<]+)/#))
                #expect(try await client.get(String(link.1)).text.contains("Choose a password"))
                #expect(try await boss.get(path, &client).text.contains("/setup/") == false)
                let eve = try #require(try await collector.store.account(named: "eve"))
                #expect(try await boss.post("\(path)/\(eve.id)/role", [("role", "viewer")], &client).status == 303)
                #expect(try await boss.post("\(path)/\(eve.id)/close", [], &client).status == 303)
                #expect(try await collector.store.account(eve.id)?.closedAt != nil)
                #expect(try await boss.post("\(path)/\(eve.id)/reopen", [], &client).status == 303)
                let gone = try await boss.post("\(path)/nobody/close", [], &client)
                #expect(gone.text.contains("no account nobody"))
                let trail = try await boss.get("/settings/audit?subject=\(eve.id)", &client)
                for action in ["account/create", "account/invite", "account/role", "account/close", "account/reopen"] {
                    #expect(trail.text.contains(action), "\(action)")
                }
                #expect(trail.text.contains("<span>admin<br>"))
            }
        }
    }

    @Test("tokens are shown once, and revoked") func tokens() async throws {
        try await TestCollector.run { collector in
            let boss = try await ConsoleVisitor.make(.admin, in: collector)
            let person = try await ConsoleVisitor.make(.operator, in: collector)
            try await collector.connect { client in
                let join = try await person.post("/settings/join-tokens", [("uses", "3"), ("hours", "1")], &client)
                let text = try #require(join.text.firstMatch(of: #/secret">([^<]+)</#)).1
                #expect(try JoinToken(parsing: String(text)).authority == collector.authority.fingerprint)
                let id = try #require(try await collector.store.tokens().first).id
                #expect(try await person.post("/settings/join-tokens/\(id)/revoke", [], &client).status == 303)
                let again = try await person.post("/settings/join-tokens/\(id)/revoke", [], &client)
                #expect(again.text.contains("revoked already"))
                #expect(try await person.get("/settings/tokens", &client).text.contains("Operator tokens") == false)
                let form = [("name", "=ci"), ("days", "30"), ("may", "view"), ("may", "triage")]
                let made = try await boss.post("/settings/operator-tokens", form, &client)
                let bearer = String(try #require(made.text.firstMatch(of: #/secret">([^<]+)</#)).1)
                #expect(try await client.get("/api/v1/devices", token: bearer).status == 200)
                #expect(try await client.get("/api/v1/people", token: bearer).problem == "not-permitted")
                let token = try #require(OperatorCredential(parsing: bearer)).id
                #expect(try await boss.post("/settings/operator-tokens/\(token)/revoke", [], &client).status == 303)
                #expect(try await client.get("/api/v1/devices", token: bearer).status == 401)
            }
        }
    }

    @Test("policies are shown with their effect, lists with their age") func policies() async throws {
        try await TestCollector.run { collector in
            var policy = DevicePolicy(id: "edge/lab")
            policy.title = "<b>Lab</b>"
            policy.group.models = ["Edge *"]
            policy.severities = ["change/package-changed": .info]
            policy.ignored = [DevicePolicy.IgnoredRule(rule: "boot/secure-boot-off", reason: "unsigned kernels")]
            _ = try await PolicyLibrary(store: collector.store).importPolicy(
                try CanonicalJSON.encode(policy), vouchedBy: .reviewer("robin"), by: TestCollector.actor)
            let person = try await ConsoleVisitor.make(.viewer, in: collector)
            try await collector.connect { client in
                let page = try await person.get("/settings", &client)
                #expect(page.text.contains("/settings/policies?id=edge/lab") && page.text.contains("model Edge *"))
                #expect(page.text.contains("restricted-suppliers/") && page.text.contains("built in"))
                #expect(!page.text.contains("<b>") && !page.text.contains("/settings/people"))
                let one = try await person.get("/settings/policies?id=edge/lab", &client)
                for words in ["review by robin", "unsigned kernels", "a note that decides nothing", "left out"] {
                    #expect(one.text.contains(words), "\(words)")
                }
                #expect(try await person.get("/settings/policies?id=none", &client).status == 404)
                let lists = try await client.send(.GET, "/api/v1/lists", headers: ["cookie": person.cookie])
                #expect(try lists.decoded(PageView<ListView>.self).items.isEmpty == false)
            }
        }
    }
}

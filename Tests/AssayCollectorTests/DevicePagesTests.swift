import AssayAccounts
import AssayModel
import AssayReport
import AssayStore
import NIOHTTP1
import Testing

@testable import AssayCollector

/// The pages about devices, through a live collector.
struct DevicePagesTests {
    /// Somebody's browser.
    private struct Browser {
        let secret = SessionSecret()

        var headers: [String: String] { ["cookie": "\(SessionSecret.cookieName)=\(secret.text)"] }

        func get(_ path: String, _ client: inout LoopbackClient.Exchange) async throws -> LoopbackClient.Response {
            try await client.send(.GET, path, headers: headers)
        }

        func post(
            _ path: String, _ fields: [(String, String)], token: Bool = true, _ client: inout LoopbackClient.Exchange
        ) async throws -> LoopbackClient.Response {
            let all = fields + (token ? [(FormBody.tokenField, secret.formToken)] : [])
            let body = all.map { "\($0)=\(ConsoleServer.escaped($1))" }.joined(separator: "&")
            var headers = headers
            headers["content-type"] = "application/x-www-form-urlencoded"
            return try await client.send(.POST, path, Array(body.utf8), headers: headers)
        }
    }

    private static func browser(_ role: Role, _ collector: TestCollector) async throws -> Browser {
        let (browser, now) = (Browser(), Timestamp.now)
        let account = Account(id: role.rawValue, name: role.rawValue, role: role, createdAt: now)
        _ = try await collector.store.createAccount(account, by: TestCollector.actor)
        let session = Session(
            secretHash: browser.secret.hash, account: account.id, createdAt: now, usedAt: now,
            expiresAt: now.adding(.seconds(3600)), origin: "test")
        _ = try await collector.store.beginSession(session, oneTimeStep: nil, by: TestCollector.actor)
        return browser
    }

    /// A device with two reports that differ in one part.
    private static func device(_ collector: TestCollector, serial: String = "S1") async throws -> TestDevice {
        let device = try await collector.enrol(serial: serial)
        try await collector.connect(as: device) { client in
            let (first, _) = try await ReportRoutesTests.deliverFirst(device, &client)
            let (descriptors, objects) = try device.sections(ReportRoutesTests.components(serial: "<b>D2</b>"))
            let second = try device.report(2, descriptors, previous: first.digest)
            _ = try await client.send(.POST, "/v1/reports", second.envelope)
            _ = try await client.send(
                .POST, "/v1/reports/\(second.digest)/content", try TestDevice.frames(objects))
        }
        try await collector.settle()
        return device
    }

    @Test func everyPageOfADevice() async throws {
        try await TestCollector.run { collector in
            let device = try await Self.device(collector)
            let viewer = try await Self.browser(.viewer, collector)
            let path = "/devices/\(device.identity.id.hex)"
            try await collector.connect { client in
                #expect(try await client.get(path).status == 303)
                let list = try await viewer.get("/devices?q=s1&verdict=unverified", &client)
                #expect(list.status == 200)
                #expect(list.text.contains(path))
                #expect(!list.text.contains("/devices/join"), "what may not be done is not offered")
                #expect(try await viewer.get("/devices?verdict=good", &client).status == 400)
                #expect(try await viewer.get("/devices?after=x", &client).status == 400)
                let page = try await viewer.get(path, &client)
                #expect(page.status == 200)
                #expect(page.text.contains("nvme/0"))
                #expect(page.text.contains("&lt;b&gt;D2&lt;/b&gt;") && !page.text.contains("<b>D2"))
                #expect(!page.text.contains("method=\"post\" action=\"\(path)"))
                for part in ["packages", "files", "reports", "files?q=x&after=0.0"] {
                    #expect(try await viewer.get("\(path)/\(part)", &client).status == 200, "\(part)")
                }
                let compared = try await viewer.get("\(path)/compare?from=1&to=2", &client)
                #expect(compared.text.contains("storage at nvme/0"))
                #expect(compared.text.contains("<del>D1</del>"))
                #expect(try await viewer.get("\(path)/compare?from=1&to=7", &client).status == 404)
                #expect(try await viewer.get("/devices/00ff", &client).status == 404)
                #expect(try await viewer.get("/devices/join", &client).status == 403)
            }
        }
    }

    @Test func formsNeedTokensPermissionsAndCertainty() async throws {
        try await TestCollector.run { collector in
            let device = try await Self.device(collector)
            let (viewer, admin) = (
                try await Self.browser(.viewer, collector), try await Self.browser(.admin, collector)
            )
            let id = device.identity.id.hex
            try await collector.connect { client in
                let site = [("site", "Plant 7")]
                #expect(try await viewer.post("/devices/\(id)/site", site, &client).status == 403)
                #expect(try await admin.post("/devices/\(id)/site", site, token: false, &client).status == 403)
                #expect(try await admin.post("/devices/\(id)/site", site, &client).status == 303)
                #expect(try await collector.store.device(device.identity.id)?.site == "Plant 7")
                let unknown = try await admin.post("/devices/\(id)/profile", [("profile", "none")], &client)
                #expect(unknown.status == 404)
                #expect(try await admin.post("/devices/\(id)/revoke", [], &client).status == 400)
                #expect(try await collector.store.device(device.identity.id)?.revokedAt == nil)
                let all = [("device", id), ("action", "site"), ("site", ""), ("next", "//elsewhere")]
                let answer = try await admin.post("/devices/bulk", all, &client)
                #expect(answer.headers.first(name: "location") == "/devices?done=saved")
                #expect(try await collector.store.device(device.identity.id)?.site == nil)
                let revoke = [("device", id), ("action", "revoke"), ("sure", "yes")]
                #expect(try await viewer.post("/devices/bulk", revoke, &client).status == 403)
                #expect(try await admin.post("/devices/bulk", revoke, &client).status == 303)
                #expect(try await collector.store.device(device.identity.id)?.revokedAt != nil)
            }
        }
    }

    @Test func tokensAreShownOnce() async throws {
        try await TestCollector.run { collector in
            let admin = try await Self.browser(.admin, collector)
            try await collector.connect { client in
                let wrong = try await admin.post("/devices/join", [("uses", "many"), ("hours", "1")], &client)
                #expect(wrong.text.contains("role=\"alert\""))
                #expect(try await collector.store.tokens().isEmpty)
                let made = try await admin.post("/devices/join", [("uses", "2"), ("hours", "1")], &client)
                #expect(made.text.contains("assay-agent enroll --collector https://"))
                #expect(try await collector.store.tokens().first?.uses == 2)
                #expect(try await !admin.get("/devices/join", &client).text.contains("assay1."))
            }
        }
    }

    @Test func tablesHoldNoFormulas() async throws {
        try await TestCollector.run { collector in
            _ = try await Self.device(collector, serial: "=1+1,\"x\"")
            let viewer = try await Self.browser(.viewer, collector)
            try await collector.connect { client in
                let table = try await viewer.get("/devices.csv", &client)
                #expect(table.headers.first(name: "content-type") == "text/csv; charset=utf-8")
                let rows = table.text.split(separator: "\r\n")
                #expect(rows.count == 2)
                #expect(rows.last?.contains(",\"'=1+1,\"\"x\"\"\",") ?? false)
            }
        }
    }

    @Test func theAPIShowsTheSame() async throws {
        try await TestCollector.run { collector in
            let device = try await Self.device(collector)
            _ = try await collector.enrol(serial: "S2")
            let token = collector.operatorToken
            let path = "/api/v1/devices/\(device.identity.id.hex)"
            try await collector.connect { client in
                func devices(_ query: String) async throws -> PageView<DeviceView> {
                    try await client.get("/api/v1/devices?\(query)", token: token).decoded(PageView<DeviceView>.self)
                }
                #expect(try await devices("q=S2").items.map(\.device.serial) == ["S2"])
                #expect(try await devices("verdict=unverified").items.map(\.id) == [device.identity.id])
                let first = try await devices("limit=1&sort=model")
                let after = ConsoleServer.escaped(try #require(first.next))
                let next = try await devices("limit=1&sort=model&after=\(after)")
                #expect(Set((first.items + next.items).map(\.device.serial)) == ["S1", "S2"])
                let inventory = try await client.get(path + "/inventory", token: token).decoded(InventoryView.self)
                #expect(inventory.components.count == 2)
                #expect(inventory.outcomes != nil)
                let reports = try await client.get(path + "/reports?limit=1", token: token)
                    .decoded(PageView<ReportView>.self)
                #expect(reports.items.map(\.sequence) == [2])
                #expect(reports.next == "2")
                let changes = try await client.get(path + "/compare?from=1&to=2", token: token)
                    .decoded(ComparisonView.self).sections.first { $0.section == "components" }
                #expect(changes?.changes.map(\.kind) == [.changed])
                #expect(changes?.changes.first?.fields.map(\.name) == ["serial"])
                #expect(try await client.get(path + "/compare?from=1", token: token).problem == "malformed")
                #expect(try await client.get(path + "/files?after=x", token: token).problem == "malformed")
            }
        }
    }
}

import AssayCollector
import AssayModel
import AssayReport
import AssayStore
import NIOHTTP1
import Testing

/// The operator API: nothing without a token, everything with it.
struct OperatorRoutesTests {
    static let guarded: [(HTTPMethod, String)] = [
        (.GET, "/metrics"), (.GET, "/api/v1/devices"), (.GET, "/api/v1/devices/aa"),
        (.POST, "/api/v1/devices/aa/revoke"), (.POST, "/api/v1/devices/aa/profile"), (.GET, "/api/v1/findings"),
        (.GET, "/api/v1/findings/aa"), (.POST, "/api/v1/findings/aa/settle"), (.GET, "/api/v1/tokens"),
        (.POST, "/api/v1/tokens"), (.POST, "/api/v1/tokens/aa/revoke"), (.GET, "/api/v1/audit"),
        (.GET, "/api/v1/profiles"), (.GET, "/api/v1/profiles/aa"), (.POST, "/api/v1/profiles"),
        (.POST, "/api/v1/profiles/learn"), (.GET, "/api/v1/records"), (.GET, "/api/v1/records/aa"),
        (.POST, "/api/v1/records"), (.GET, "/api/v1/results"), (.GET, "/api/v1/results/aa"),
        (.POST, "/api/v1/devices/aa/site"), (.GET, "/api/v1/causes"), (.GET, "/api/v1/findings/aa/history"),
        (.POST, "/api/v1/findings/aa/acknowledge"), (.POST, "/api/v1/findings/aa/waive"),
        (.POST, "/api/v1/findings/aa/unwaive"), (.GET, "/api/v1/waivers"), (.GET, "/api/v1/parts"),
        (.GET, "/api/v1/parts/aa"), (.POST, "/api/v1/parts/aa/retire"), (.POST, "/api/v1/parts/aa/stolen"),
        (.POST, "/api/v1/parts/aa/clear"), (.GET, "/api/v1/suppliers"), (.GET, "/api/v1/suppliers/aa"),
        (.POST, "/api/v1/suppliers"), (.GET, "/api/v1/deltas"), (.GET, "/api/v1/deltas/aa"),
        (.GET, "/api/v1/policies"), (.GET, "/api/v1/policies/aa"), (.POST, "/api/v1/policies"),
        (.POST, "/api/v1/plans"), (.GET, "/api/v1/plans/aa"), (.POST, "/api/v1/plans/aa/apply"),
        (.GET, "/api/v1/profiles/aa/revisions"), (.GET, "/api/v1/records/aa/compare"),
        (.GET, "/api/v1/records/aa/chain"),
        (.GET, "/api/v1/suppliers/aa/standing"),
    ]
    static let devices: [(HTTPMethod, String)] = [
        (.POST, "/v1/reports"), (.POST, "/v1/reports/x/content"), (.GET, "/v1/device"), (.POST, "/v1/renew"),
        (.POST, "/v1/results"), (.GET, "/v1/device/findings"),
    ]

    @Test func nothingIsOpenWithoutCredentials() async throws {
        try await TestCollector.run { collector in
            try await collector.connect { client in
                for (method, path) in Self.guarded {
                    let wrong = "assayop1.AAAAAAAAAAAA.\(String(repeating: "A", count: 32))"
                    for headers in [[:], ["authorization": "Bearer \(wrong)"], ["authorization": "Basic eDp5"]] {
                        let answer = try await client.send(method, path, headers: headers)
                        #expect(answer.status == 401, "\(method) \(path)")
                        #expect(answer.problem == "operator-required")
                    }
                }
                for (method, path) in Self.devices {
                    let answer = try await client.send(
                        method, path, headers: ["authorization": "Bearer \(collector.operatorToken)"])
                    #expect(answer.status == 401, "\(method) \(path)")
                    #expect(answer.problem == "certificate-required")
                }
                #expect(try await client.get("/healthz").status == 200)
                #expect(try await client.get("/readyz").status == 200)
                #expect(try await client.send(.GET, "/v1/reports").status == 405)
                #expect(try await client.send(.GET, "/v1/reports").headers.first(name: "allow") == "POST")
                #expect(try await client.get("/nothing").problem == "not-found")
            }
        }
    }

    @Test(
        "a filter that is not understood is refused by name",
        arguments: [
            ("/api/v1/findings?state=nonsense", "state must be one of open, acknowledged, waived, resolved, all"),
            ("/api/v1/findings?stat=all", "unknown parameter stat; the route knows limit, after, device, state"),
            ("/api/v1/findings?state=all&after=x", "after must be"), ("/api/v1/findings?limit=501", "limit must be"),
            (
                "/api/v1/devices?state=all",
                "unknown parameter state; the route knows verdict, model, site, silent, q, sort, limit, after"
            ),
            ("/api/v1/devices?after=12", "after must be"), ("/api/v1/tokens?limit=3", "the route knows none"),
            ("/api/v1/audit?since=3", "the route knows limit, after, actor"),
            ("/api/v1/audit?after=x", "after must be"),
            ("/api/v1/causes?after=1.2", "after must be"), ("/api/v1/profiles?id=x", "unknown parameter id"),
            ("/api/v1/records?serail=x", "unknown parameter serail"),
        ]) func oddQueries(_ path: String, _ words: String) async throws
    {
        try await TestCollector.run { collector in
            try await collector.connect { client in
                let answer = try await client.get(path, token: collector.operatorToken)
                #expect(answer.status == 400)
                #expect(answer.problem == "malformed")
                #expect(answer.text.contains(words), "\(answer.text)")
                #expect(try await client.get(path).problem == "operator-required")
                let known = try await client.get("/api/v1/findings?state=open&limit=5", token: collector.operatorToken)
                #expect(known.status == 200)
            }
        }
    }

    @Test(
        "a method that a path does not know is told to operators alone",
        arguments: [
            (HTTPMethod.DELETE, "/api/v1/devices", "GET, HEAD"), (.POST, "/metrics", "GET, HEAD"),
            (.GET, "/api/v1/devices/aa/revoke", "POST"), (.HEAD, "/api/v1/findings/aa/settle", "POST"),
            (.PUT, "/api/v1/profiles", "GET, HEAD, POST"), (.OPTIONS, "/api/v1/tokens", "GET, HEAD, POST"),
            (.PATCH, "/api/v1/records/aa", "GET, HEAD"),
        ]) func wrongMethods(_ method: HTTPMethod, _ path: String, _ allowed: String) async throws
    {
        try await TestCollector.run { collector in
            try await collector.connect { client in
                let headers = ["authorization": "Bearer \(collector.operatorToken)"]
                let answer = try await client.send(method, path, headers: headers)
                #expect(answer.status == 405)
                #expect(answer.headers.first(name: "allow") == allowed)
                let stranger = try await client.send(method, path)
                #expect(stranger.status == 401)
                #expect(stranger.headers.first(name: "allow") == nil)
            }
        }
    }

    @Test("HEAD is GET without the body, and no way around the token") func headRequests() async throws {
        try await TestCollector.run { collector in
            try await collector.connect { client in
                let headers = ["authorization": "Bearer \(collector.operatorToken)"]
                for path in ["/healthz", "/readyz", "/api/v1/devices", "/metrics"] {
                    let whole = try await client.send(.GET, path, headers: headers)
                    let head = try await client.send(.HEAD, path, headers: headers)
                    #expect(head.status == 200, "\(path)")
                    #expect(head.body.isEmpty && !whole.body.isEmpty)
                    #expect(head.headers.first(name: "content-type") == whole.headers.first(name: "content-type"))
                }
                // A body after such an answer would be read as the next answer.
                for (path, status) in [("/api/v1/devices", 401), ("/v1/device", 401), ("/nothing", 404)] {
                    let refused = try await client.send(.HEAD, path)
                    #expect(refused.status == status && refused.body.isEmpty, "\(path)")
                    #expect(refused.headers.first(name: "content-type") == "application/problem+json")
                }
                #expect(try await client.get("/healthz").text == "ok\n")
            }
        }
    }

    @Test func operatorsSeeAndChange() async throws {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            try await collector.connect(as: device) { client in
                _ = try await ReportRoutesTests.deliverFirst(device, &client)
            }
            try await collector.settle()
            let token = collector.operatorToken
            let headers = ["authorization": "Bearer \(token)"]
            try await collector.connect { client in
                let page = try await client.get("/api/v1/devices", token: token).decoded(PageView<DeviceView>.self)
                #expect(page.items.map(\.id) == [device.identity.id])
                let short = String(device.identity.id.hex.prefix(8))
                let one = try await client.get("/api/v1/devices/\(short)", token: token)
                #expect(try one.decoded(DeviceView.self).device.serial == "S1")
                #expect(try await client.get("/api/v1/devices/00zz", token: token).problem == "malformed")
                let made = try await client.send(
                    .POST, "/api/v1/tokens", Array(#"{"uses":3,"expiresIn":60}"#.utf8), headers: headers)
                #expect(made.status == 201)
                let text = try made.decoded(NewTokenView.self).token
                #expect(try JoinToken(parsing: text).authority == collector.authority.fingerprint)
                let learn = Array(#"{"device":"\#(short)","id":"edge"}"#.utf8)
                let learned = try await client.send(.POST, "/api/v1/profiles/learn", learn, headers: headers)
                #expect(learned.status == 201, "\(learned.text)")
                let profile = try await client.get("/api/v1/profiles/edge", token: token)
                let again = try await client.send(.POST, "/api/v1/profiles", profile.body, headers: headers)
                #expect(try again.decoded(DocumentView.self).revision == 1)
                let bad = try await client.send(.POST, "/api/v1/profiles", Array("{}".utf8), headers: headers)
                #expect(bad.status == 400)
                let record = #"{"schema":"assay/as-built/v1","device":{"serial":"S1"},"components":[]}"#
                let built = try await client.send(.POST, "/api/v1/records", Array(record.utf8), headers: headers)
                #expect(built.status == 201, "\(built.text)")
                try await collector.settle()
                let metrics = try await client.get("/metrics", token: token).text
                #expect(metrics.contains("assay_devices 1\n"))
                #expect(metrics.contains("assay_reports_total{result=\"accepted\"} 1\n"))
                #expect(try await client.get("/api/v1/findings?limit=0", token: token).problem == "malformed")
                let actions = try await collector.store.audit(limit: 20).map(\.action)
                #expect(actions.contains("profile/import") && actions.contains("record/import"))
                #expect(actions.contains("token/create") && actions.contains("device/enrol"))
            }
        }
    }
}

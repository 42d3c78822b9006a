import AssayAccounts
import AssayModel
import AssayStore
import NIOHTTP1
import Testing

@testable import AssayCollector

/// Pages of what is expected, in a real collector.
struct ExpectedPagesTests {
    /// Somebody with a role, signed in.
    private struct Visitor {
        let secret = SessionSecret()

        static func signIn(_ role: Role, to collector: TestCollector) async throws -> Visitor {
            let visitor = Visitor()
            let now = Timestamp.now
            let account = Account(
                id: "id-\(role.rawValue)", name: "\(role.rawValue)@example.org", role: role, createdAt: now)
            #expect(try await collector.store.createAccount(account, by: TestCollector.actor))
            let session = Session(
                secretHash: visitor.secret.hash, account: account.id, createdAt: now, usedAt: now,
                expiresAt: now.adding(.seconds(3600)), origin: "test")
            #expect(try await collector.store.beginSession(session, oneTimeStep: nil, by: TestCollector.actor))
            return visitor
        }

        private var cookie: String { "\(SessionSecret.cookieName)=\(secret.text)" }

        func get(_ path: String, _ client: inout LoopbackClient.Exchange) async throws -> LoopbackClient.Response {
            try await client.send(.GET, path, headers: ["cookie": cookie, "accept": "text/html"])
        }

        /// Sends a form with a file, as browsers do.
        func send(
            _ path: String, _ fields: [String: String], file: String = "", token: String? = nil,
            _ client: inout LoopbackClient.Exchange
        ) async throws -> LoopbackClient.Response {
            var body = ""
            for (name, text) in fields.merging(["form-token": token ?? secret.formToken], uniquingKeysWith: { $1 }) {
                body += "--x\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(text)\r\n"
            }
            body += "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n\(file)\r\n--x--\r\n"
            return try await client.send(
                .POST, path, Array(body.utf8),
                headers: ["cookie": cookie, "content-type": "multipart/form-data; boundary=x", "accept": "text/html"])
        }
    }

    private static let table = """
        unit serial,unit model,class,slot,maker,serial
        U-1,Edge,memory,dimm/A1,<b>Maker</b>,S1
        U-2,Edge,memory,dimm/A1,Maker,S2
        """

    @Test("records are checked, imported all or none, found and shown")
    func records() async throws {
        try await TestCollector.run { collector in
            let visitor = try await Visitor.signIn(.operator, to: collector)
            try await collector.connect { client in
                let wrong = Self.table + "\nU-2,Other,memory,dimm/A2,Maker,S3\nU-3,Edge,memry,dimm/A1,Maker,S4"
                let refused = try await visitor.send("/expected/import", ["do": "import"], file: wrong, &client)
                #expect(refused.text.contains("Nothing was imported; the file has 2 faults."))
                #expect(refused.text.contains("<td data-label=\"Row\">4</td>"))
                #expect(refused.text.contains("contradicts row 3"))
                #expect(refused.text.contains("memry is no class of a scan"))
                let checked = try await visitor.send("/expected/import", ["do": "check"], file: Self.table, &client)
                #expect(checked.text.contains("The file can be imported."))
                #expect(try await collector.store.documents(.record, after: nil, limit: 9).isEmpty)
                let done = try await visitor.send("/expected/import", ["do": "import"], file: Self.table, &client)
                #expect(done.status == 303)
                let found = try await visitor.get("/expected/records?serial=u-2", &client)
                #expect(found.text.contains(">U-2</a>"))
                #expect(!found.text.contains(">U-1</a>"))
                let shown = try await visitor.get("/expected/records/Edge%2FU-1", &client)
                #expect(shown.status == 200, "\(shown.text)")
                #expect(shown.text.contains("&lt;b&gt;Maker&lt;/b&gt;"))
                #expect(try await visitor.get("/expected/records/Edge%2FU-9", &client).status == 404)
            }
        }
    }

    @Test("a change is planned, seen and applied, unless another one came first")
    func plans() async throws {
        try await TestCollector.run { collector in
            let visitor = try await Visitor.signIn(.operator, to: collector)
            func profile(_ version: String) -> String {
                #"{"schema":"assay/profile/v1","id":"p","version":"\#(version)"}"#
            }
            try await collector.connect { client in
                let bad = try await visitor.send(
                    "/expected/plan", [:], file: #"{"schema":"assay/profile/v1"}"#, &client)
                #expect(
                    bad.text.contains("the profile cannot be used") || bad.text.contains("The profile cannot be used"))
                var paths: [String] = []
                for version in ["1", "2"] {
                    let made = try await visitor.send("/expected/plan", ["text": profile(version)], &client)
                    #expect(made.status == 303, "\(made.text)")
                    let path = try #require(made.headers.first(name: "location"))
                    while try await visitor.get(path, &client).text.contains("data-reload") {}
                    paths.append(path)
                }
                #expect(try await visitor.get(paths[0], &client).text.contains("No stored verdict"))
                #expect(try await visitor.send(paths[0] + "/apply", [:], token: "x", &client).status == 403)
                #expect(try await visitor.send(paths[0] + "/apply", [:], &client).status == 303)
                let late = try await visitor.send(paths[1] + "/apply", [:], &client)
                #expect(late.status == 409)
                #expect(late.text.contains("The plan is out of date"))
                #expect(try await collector.operations.profile("p").revision == 1)
                #expect(try await visitor.get("/expected/profiles/p", &client).text.contains("version 1, revision 1"))
                #expect(try await visitor.get("/expected/plans/none", &client).status == 404)
            }
        }
    }

    @Test("who may only look is offered nothing, and can do nothing")
    func viewers() async throws {
        try await TestCollector.run { collector in
            let visitor = try await Visitor.signIn(.viewer, to: collector)
            try await collector.connect { client in
                for path in ["/expected", "/expected/records", "/suppliers"] {
                    let page = try await visitor.get(path, &client)
                    #expect(page.status == 200, "\(path)")
                    #expect(!page.text.contains("<form method=\"post\" action=\"\(path)"), "\(path)")
                }
                for path in ["/expected/import", "/expected/plan", "/expected/plans/x"] {
                    #expect(try await visitor.get(path, &client).status == 403, "\(path)")
                }
                for path in ["/expected/import", "/expected/plan", "/expected/learn", "/suppliers/import"] {
                    #expect(try await visitor.send(path, ["text": "{}"], &client).status == 403, "\(path)")
                }
            }
        }
    }

    @Test("a supplier graph is imported and drawn, a circle refused with its place")
    func suppliers() async throws {
        try await TestCollector.run { collector in
            let visitor = try await Visitor.signIn(.operator, to: collector)
            let graph = #"""
                {"schema":"assay/supplier-graph/v1","id":"g/1","suppliers":[
                {"id":"a","name":"<i>One</i>","tier":1,"suppliedBy":["b"]},{"id":"b","name":"Huawei Technologies","tier":2}]}
                """#
            try await collector.connect { client in
                let circle = graph.replacing(#""tier":2"#, with: #""tier":2,"suppliedBy":["a"]"#)
                let refused = try await visitor.send("/suppliers/import", [:], file: circle, &client)
                #expect(refused.text.contains("closes the circle"))
                #expect(refused.text.contains("suppliers[1].suppliedBy"))
                let made = try await visitor.send("/suppliers/import", [:], file: graph, &client)
                #expect(made.headers.first(name: "location") == "/suppliers/g%2F1?done=imported")
                let page = try await visitor.get("/suppliers/g%2F1", &client)
                #expect(page.text.contains("<svg"))
                #expect(page.text.contains("&lt;i&gt;One&lt;/i&gt;"))
                #expect(!page.text.contains("<i>"))
                let company = try await visitor.get("/suppliers/g%2F1/b", &client)
                #expect(company.text.contains("stands on"))
                #expect(company.text.contains("buys from it"))
            }
        }
    }
}

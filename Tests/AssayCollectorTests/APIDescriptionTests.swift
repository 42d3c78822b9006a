import AssayAccounts
import AssayModel
import AssayStoreSQLite
import AssayTestKit
import Logging
import NIOHTTP1
import Testing

@testable import AssayCollector

/// The description of the operator API says what the routes are.
struct APIDescriptionTests {
    private struct Description: Decodable {
        struct Operation: Decodable {
            struct Parameter: Decodable {
                var name: String?
                var place: String?
                private enum CodingKeys: String, CodingKey {
                    case name
                    case place = "in"
                }
            }
            struct Anything: Decodable {}
            var permission: String
            var parameters: [Parameter]?
            var requestBody: Anything?
            var responses: [String: Anything]
            private enum CodingKeys: String, CodingKey {
                case parameters, requestBody, responses
                case permission = "x-assay-permission"
            }

            func names(_ place: String) -> [String] {
                (parameters ?? []).filter { $0.place == place }.compactMap(\.name).sorted()
            }
        }
        var openapi: String
        var paths: [String: [String: Operation]]
    }

    @Test("every route of the API is described with its permission and its parameters, and nothing else is")
    func routes() async throws {
        try await TestCollector.run { collector in
            let answer = try await collector.connect { try await $0.get("/api/v1/openapi.json") }
            #expect(answer.status == 200)
            let description = try answer.decoded(Description.self)
            #expect(description.openapi.hasPrefix("3.1."))
            var described: [String: String] = [:]
            var parameters: [String: [String]] = [:]
            for (path, operations) in description.paths {
                for (method, operation) in operations {
                    let route = "\(method.uppercased()) \(path)"
                    described[route] = operation.permission
                    parameters[route] = operation.names("query")
                    let inPath = path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
                        String($0.dropFirst().dropLast())
                    }
                    #expect(operation.names("path") == inPath.sorted(), "\(route)")
                    for status in ["400", "401", "403", "503"] {
                        #expect(operation.responses[status] != nil, "\(route)")
                    }
                    #expect((operation.responses["304"] != nil) == (method == "get"), "\(route)")
                }
            }
            let routes = try Self.routes(collector)
            let api = routes.api.filter { $0.key.contains(" /api/") }
            #expect(described == api.mapValues(\.rawValue))
            #expect(parameters == routes.parameters.filter { api[$0.key] != nil }.mapValues { $0.sorted() })
        }
    }

    @Test("what a program has already is not sent again")
    func entityTags() async throws {
        try await TestCollector.run { collector in
            let headers = ["authorization": "Bearer \(collector.operatorToken)"]
            try await collector.connect { client in
                let first = try await client.send(.GET, "/api/v1/devices", headers: headers)
                let tag = try #require(first.headers.first(name: "etag"))
                #expect(tag == "\"\(ContentDigest.sha256(of: first.body).hex)\"")
                for known in [tag, "\"x\", W/\(tag)", "*"] {
                    let again = try await client.send(
                        .GET, "/api/v1/devices", headers: headers.merging(["if-none-match": known]) { $1 })
                    #expect(again.status == 304, "\(known)")
                    #expect(again.body.isEmpty)
                    #expect(again.headers.first(name: "etag") == tag)
                }
                let other = try await client.send(
                    .GET, "/api/v1/devices", headers: headers.merging(["if-none-match": "\"x\""]) { $1 })
                #expect(other.status == 200)
                #expect(other.body == first.body)
                // Nobody learns by a tag what is behind a permission.
                #expect(try await client.send(.GET, "/api/v1/devices", headers: ["if-none-match": tag]).status == 401)
            }
        }
    }

    private static func routes(_ collector: TestCollector) throws -> Collector.Routes {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return Collector(
            configuration: TestCollector.settings(), authority: collector.authority, store: collector.store,
            logger: logger
        ).routes(
            nonces: NonceMaker(secret: []), plans: PlanDesk(operations: collector.operations, logger: logger),
            wakeEvaluation: {})
    }
}

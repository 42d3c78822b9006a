import AssayStore
import NIOHTTP1
import Testing

@testable import AssayCollector

/// What every operator route has from the table that it stands in.
struct OperatorRouteTableTests {
    @Test("no route takes a parameter that it does not know, and none is done before that is said")
    func unknownParameters() async throws {
        try await TestCollector.run { collector in
            let headers = ["authorization": "Bearer \(collector.operatorToken)"]
            try await collector.connect { client in
                for (method, path) in OperatorRoutesTests.guarded {
                    let answer = try await client.send(method, path + "?reviewd=x", headers: headers)
                    #expect(answer.status == 400, "\(method) \(path)")
                    #expect(answer.text.contains("unknown parameter reviewd"), "\(method) \(path): \(answer.text)")
                    #expect(try await client.send(method, path + "?reviewd=x").problem == "operator-required")
                }
                let form = try await client.send(.POST, "/api/v1/records?form=papyrus", [0x7b], headers: headers)
                #expect(form.text.contains("papyrus is no form of a record"))
            }
        }
    }

    @Test("every path refuses the methods that it does not know, with those that it does")
    func otherMethods() async throws {
        try await TestCollector.run { collector in
            let headers = ["authorization": "Bearer \(collector.operatorToken)"]
            try await collector.connect { client in
                for (_, path) in OperatorRoutesTests.guarded {
                    let answer = try await client.send(.PATCH, path, headers: headers)
                    #expect(answer.status == 405, "\(path)")
                    #expect(answer.headers.first(name: "allow") != nil, "\(path)")
                }
            }
        }
    }
}

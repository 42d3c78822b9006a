internal import AssayAccounts
internal import AssayModel
internal import Foundation
internal import HTTPTypes
internal import Hummingbird

/// Single parts of the fleet in the operator API.
struct PartRoutes: Sendable {
    let register: PartRegister
    let wakeEvaluation: @Sendable () -> Void

    /// Adds the routes.
    func add(to routes: OperatorRouteTable) {
        routes.get("api/v1/parts") { _, _ in
            try JSONBody.response(PageView(items: try await register.marks(), next: nil))
        }
        routes.get("api/v1/parts/{serial}") { _, context in
            try JSONBody.response(try await named { try await register.history(of: serial(context)) })
        }
        routes.post("api/v1/parts/{serial}/retire", for: .triage) { try await mark(.retired, $0, $1) }
        routes.post("api/v1/parts/{serial}/stolen", for: .triage) { try await mark(.stolen, $0, $1) }
        routes.post("api/v1/parts/{serial}/clear", for: .triage) { try await mark(.cleared, $0, $1) }
    }

    private func mark(
        _ status: PartMark.Status, _ request: Request, _ context: CollectorContext
    ) async throws -> Response {
        struct Body: Decodable {
            var componentClass: String?
            var reason: String
            enum CodingKeys: String, CodingKey {
                case componentClass = "class"
                case reason
            }
        }
        let body = try await JSONBody.decode(Body.self, of: request, limit: 4096)
        let mark = try await named {
            try await register.mark(
                status, serial: serial(context),
                componentClass: body.componentClass.map(ComponentClass.init(rawValue:)), reason: body.reason,
                by: context.actor)
        }
        wakeEvaluation()
        return try JSONBody.response(mark)
    }

    private func serial(_ context: CollectorContext) -> String {
        let text = context.parameters.get("serial") ?? ""
        return text.removingPercentEncoding ?? text
    }
}

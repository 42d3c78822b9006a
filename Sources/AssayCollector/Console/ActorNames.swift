internal import AssayStore

/// What people call those who stand in the audit trail.
struct ActorNames: Sendable {
    private let names: [String: String]

    /// Reads the names of people and of operators' tokens.
    init(store: any Store) async throws {
        let people = try await store.accounts().map { ("person:\($0.id)", $0.name) }
        let programs = try await store.operatorTokens().map { ("operator:\($0.id)", "token \($0.name)") }
        names = Dictionary(people + programs) { first, _ in first }
    }

    /// The name of an actor; what has none stays as it is.
    func name(_ actor: String) -> String {
        if let name = names[actor] { return name }
        switch actor {
        case "evidence": return "a report"
        case "collector": return "the collector"
        default: return actor.hasPrefix("local:") ? "command line, user \(actor.dropFirst("local:".count))" : actor
        }
    }
}

import AssayAccounts
import AssayModel
import AssayStore
import AssayStoreSQLite
import Testing

@testable import AssayCollector

/// What people call those who stand in the audit trail.
struct ActorNamesTests {
    @Test func knownActorsHaveNamesAndOthersStay() async throws {
        let store = try SQLiteStore.inMemory()
        let actor = Actor("test", at: .now)
        let account = Account(id: "A1", name: "robin", role: .admin, createdAt: actor.at)
        #expect(try await store.createAccount(account, by: actor))
        try await store.createOperatorToken(
            OperatorToken(id: "T1", secretHash: [1], name: "mes", createdAt: actor.at), by: actor)
        let names = try await ActorNames(store: store)
        for (actor, name) in [
            ("person:A1", "robin"), ("operator:T1", "token mes"), ("person:gone", "person:gone"),
            ("evidence", "a report"), ("local:0", "command line, user 0"), ("<b>", "<b>"),
        ] {
            #expect(names.name(actor) == name)
        }
    }
}

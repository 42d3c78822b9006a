package import AssayAccounts
internal import AssayModel
package import AssayStore

/// Tokens with which programs use the operator API.
package struct OperatorTokens: Sendable {
    private static let longest = Duration.seconds(5 * 366 * 86_400)

    private let store: any Store

    /// Works on a store.
    package init(store: any Store) { self.store = store }

    /// Makes a token and returns its text, which is not kept; nobody gives more than they have.
    package func create(
        _ name: String, permissions: Set<Permission>, validFor: Duration?, holding own: Set<Permission>,
        by actor: Actor
    ) async throws -> (text: String, token: OperatorToken) {
        guard (1...128).contains(name.utf8.count) else {
            throw CollectorFailure(.usage, "the name of an operator token has 1 to 128 bytes")
        }
        guard !permissions.isEmpty else { throw CollectorFailure(.usage, "a token that may do nothing is of no use") }
        guard permissions.isSubset(of: own) else {
            let missing = permissions.subtracting(own).sorted().map(\.rawValue).joined(separator: ", ")
            throw CollectorFailure(.usage, "nobody gives what they do not have: \(missing)")
        }
        if let validFor {
            guard validFor > .zero, validFor <= Self.longest else {
                throw CollectorFailure(.usage, "a token is valid for more than no time and at most five years")
            }
        }
        let credential = OperatorCredential()
        let token = OperatorToken(
            id: credential.id, secretHash: Secret.hash(credential.secret), name: name, permissions: permissions,
            createdAt: actor.at, expiresAt: validFor.map { actor.at.adding($0) })
        try await store.createOperatorToken(token, by: actor)
        return (credential.text, token)
    }
}

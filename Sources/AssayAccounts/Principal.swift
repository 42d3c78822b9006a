/// Somebody who is signed in, or a program with a token: who they are in the audit trail, and what they may do.
package struct Principal: Sendable, Hashable {
    /// How a principal proved who they are.
    package enum Proof: Sendable, Hashable {
        /// A bearer token, by its public part.
        case token(String)
        /// A session of a person, by the account's id.
        case session(account: String)
    }

    /// How they proved it.
    package let proof: Proof
    /// Name for people.
    package let name: String
    /// What they may do.
    package let permissions: Set<Permission>

    /// Describes somebody.
    package init(_ proof: Proof, name: String, permissions: Set<Permission>) {
        self.proof = proof
        self.name = name
        self.permissions = permissions
    }

    /// Who they are in the audit trail: `operator:<token id>` or `person:<account id>`.
    package var actorName: String {
        switch proof {
        case .token(let id): "operator:\(id)"
        case .session(let account): "person:\(account)"
        }
    }

    /// Whether they may do something.
    package func may(_ permission: Permission) -> Bool { permissions.contains(permission) }
}

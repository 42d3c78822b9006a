package import AssayAccounts
package import AssayModel

/// A join token without its secret, of which only a hash is kept.
package struct IssuedToken: Sendable, Hashable {
    /// Public part of the token.
    package var id: String
    /// SHA-256 of the secret part.
    package var secretHash: [UInt8]
    /// When it was made.
    package var createdAt: Timestamp
    /// When it stops working.
    package var expiresAt: Timestamp
    /// How many devices may use it.
    package var uses: Int
    /// How many have.
    package var used: Int
    /// Id of the hardware profile that devices get with it.
    package var profileID: String?
    /// When an operator withdrew it.
    package var revokedAt: Timestamp?

    /// Describes a token.
    package init(
        id: String, secretHash: [UInt8], createdAt: Timestamp, expiresAt: Timestamp, uses: Int, used: Int = 0,
        profileID: String? = nil, revokedAt: Timestamp? = nil
    ) {
        self.id = id
        self.secretHash = secretHash
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.uses = uses
        self.used = used
        self.profileID = profileID
        self.revokedAt = revokedAt
    }

    /// `active`, `expired`, `used` or `revoked`.
    package func state(at now: Timestamp) -> String {
        if revokedAt != nil { return "revoked" }
        if expiresAt <= now { return "expired" }
        return used >= uses ? "used" : "active"
    }
}

/// An operator's bearer token without its secret.
package struct OperatorToken: Sendable, Hashable {
    /// Public part of the token.
    package var id: String
    /// SHA-256 of the secret part.
    package var secretHash: [UInt8]
    /// What it is for, in the operator's words.
    package var name: String
    /// What may be done with it.
    package var permissions: Set<Permission>
    /// When it was made.
    package var createdAt: Timestamp
    /// When it stops working; nil for one that does not end by itself.
    package var expiresAt: Timestamp?
    /// When it was withdrawn.
    package var revokedAt: Timestamp?

    /// Describes a token.
    package init(
        id: String, secretHash: [UInt8], name: String, permissions: Set<Permission> = Role.admin.permissions,
        createdAt: Timestamp, expiresAt: Timestamp? = nil, revokedAt: Timestamp? = nil
    ) {
        self.id = id
        self.secretHash = secretHash
        self.name = name
        self.permissions = permissions
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }

    /// `active`, `expired` or `revoked`.
    package func state(at now: Timestamp) -> String {
        if revokedAt != nil { return "revoked" }
        return expiresAt.map { $0 <= now } ?? false ? "expired" : "active"
    }
}

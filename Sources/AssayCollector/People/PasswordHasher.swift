internal import AssayAccounts

/// Hashes passwords one at a time, away from the threads that serve requests: each takes a quarter of a second and 32 MiB.
actor PasswordHasher {
    private let executor = QueueExecutor(label: "assay.passwords")
    private let cost: PasswordHash.Cost
    private var decoy: PasswordHash?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Hashes at `cost`; tests choose a low one.
    init(cost: PasswordHash.Cost = .standard) { self.cost = cost }

    /// The form of a password that is kept.
    func hash(_ password: String) throws -> String { try PasswordHash(password, cost: cost).description }

    /// Whether a password is the one that is kept, and whether it should be kept in a new form; with nothing kept it takes as
    /// long and is wrong.
    func check(_ password: String, against kept: String?) throws -> (matches: Bool, isOutdated: Bool) {
        guard let kept else {
            let hash = try decoy ?? PasswordHash("nobody's password", cost: cost)
            decoy = hash
            _ = try hash.matches(password)
            return (false, false)
        }
        let hash = try PasswordHash(parsing: kept)
        return (try hash.matches(password), hash.isOutdated)
    }
}

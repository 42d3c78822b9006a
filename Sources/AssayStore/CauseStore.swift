/// Findings by their causes over the whole fleet.
package protocol CauseStore: Sendable {
    /// Causes that devices show, the gravest and most frequent first, those after `cursor`.
    ///
    /// A device counts once a cause, or once for each state and severity in which it shows it where the query asks for
    /// some of them.
    func causes(_ query: FindingQuery, after cursor: CauseCursor?, limit: Int) async throws -> (
        causes: [CauseCount], next: CauseCursor?
    )
    /// The models and sites whose devices show a cause, within a query, those with most devices first.
    func subjects(ofCause cause: String, _ query: FindingQuery, limit: Int) async throws -> [CauseSubject]
    /// Notes that somebody has looked at the open findings of a query, at most `limit`; returns how many those were.
    func acknowledgeFindings(_ query: FindingQuery, note: String, limit: Int, by actor: Actor) async throws -> Int
}

extension CauseStore {
    /// The first causes of a query.
    package func causes(_ query: FindingQuery, limit: Int) async throws -> [CauseCount] {
        try await causes(query, after: nil, limit: limit).causes
    }
}

/// Where a list of causes goes on.
package struct CauseCursor: Sendable, Hashable, CustomStringConvertible {
    /// Place of the severity, 0 for the gravest.
    package var rank: Int
    /// Devices that show the cause.
    package var devices: Int
    /// The cause.
    package var cause: String
    /// Its rule.
    package var rule: String

    /// The place behind a cause.
    package init(rank: Int, devices: Int, cause: String, rule: String) {
        self.rank = rank
        self.devices = devices
        self.cause = cause
        self.rule = rule
    }

    /// Reads what ``description`` wrote.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, let rank = Int(parts[0]), let devices = Int(parts[1]) else { return nil }
        self.init(rank: rank, devices: devices, cause: String(parts[2]), rule: String(parts[3]))
    }

    /// The form in which addresses carry it.
    package var description: String { "\(rank).\(devices).\(cause).\(rule)" }
}

/// Devices of one model at one site that show a cause.
package struct CauseSubject: Sendable, Hashable, Codable {
    /// Their model; nil for devices that state none.
    package var model: String?
    /// Their site; nil for devices that have none.
    package var site: String?
    /// How many there are.
    package var devices: Int

    /// Describes devices.
    package init(model: String?, site: String?, devices: Int) {
        self.model = model
        self.site = site
        self.devices = devices
    }
}

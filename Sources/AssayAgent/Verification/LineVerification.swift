package import AssayModel
internal import AssayReport
package import Logging

/// What a verification at a factory line does beyond the verdict: it names station and operator, asks the collector, signs,
/// spools and delivers.
package struct LineVerification {
    /// What the operator asked for.
    package struct Wishes: Sendable, Hashable {
        /// Station on the line.
        package var station: String?
        /// Who verifies.
        package var `operator`: String?
        /// Whether the result is signed and spooled.
        package var signs = false
        /// Whether the collector is asked, and given the results that wait.
        package var asksCollector = false
        /// Whether nothing can be decided without the collector.
        package var requiresCollector = false

        /// Nothing beyond the verdict.
        package init() {}

        /// Whether a state folder is needed.
        package var needsState: Bool { signs || asksCollector || requiresCollector }
    }

    /// Most waiting results that one verification delivers: the next unit waits.
    private static let deliveryLimit = 32

    private let wishes: Wishes
    private let state: AgentState?
    private let signer: ResultSigner?
    private let log: Logger
    private var session: CollectorSession?

    /// Gets ready before anything is scanned: without a key to sign with there is no point in scanning.
    package init(_ wishes: Wishes, state: AgentState?, log: Logger) throws(StateFailure) {
        self.wishes = wishes
        self.state = state
        self.log = log
        if wishes.signs, let state { signer = try ResultSigner(state: state) } else { signer = nil }
    }

    /// Completes the verdict; when this returns a result that was to be signed is in the spool.
    ///
    /// - Parameter isThisMachine: whether the unit is this machine, and not a recorded tree or a saved scan.
    package mutating func complete(
        _ result: VerifyResult, of inventory: InventorySnapshot, isThisMachine: Bool, against basis: ResultSigner.Basis,
        now: Timestamp
    ) throws -> VerifyResult {
        var result = result
        result.station = wishes.station
        result.operator = wishes.operator
        if wishes.asksCollector || wishes.requiresCollector, let state {
            let inquiry = FleetInquiry(
                about: inventory.device, isThisMachine: isThisMachine, isRequired: wishes.requiresCollector)
            do {
                let session = try Self.session(state, log, now: now.seconds)
                inquiry.enter(try session.fleetView(), into: &result)
                self.session = session
            } catch {
                inquiry.enter("\(error)", into: &result)
            }
        }
        try signer?.sign(result, of: inventory, against: basis, at: now)
        return result
    }

    /// Delivers results that wait, where the collector has just answered; nil where it has not.
    package func deliver() throws(StateFailure) -> ResultDelivery.Summary? {
        guard let session, let state else { return nil }
        return try ResultDelivery(state: state, client: session.client, log: log).run(limit: Self.deliveryLimit)
    }

    /// A connection that does not keep a line waiting.
    ///
    /// Where the daemon is at work the folder is left as it is; a certificate is then renewed another time.
    private static func session(_ state: AgentState, _ log: Logger, now: Int64) throws -> CollectorSession {
        var timeouts = HTTPClient.Timeouts()
        timeouts.connect = 3_000
        timeouts.stall = 5_000
        timeouts.total = 10_000
        let lock: StateLock?
        do { lock = try state.lock() } catch {
            guard error == StateFailure(.locked) else { throw error }
            lock = nil
        }
        let session = try CollectorSession(
            state: state, log: log, now: now, timeouts: timeouts, mayRenew: lock != nil)
        withExtendedLifetime(lock) {}
        return session
    }
}

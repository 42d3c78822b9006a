package import AssayModel
internal import AssayReport

/// The device's count of sealed reports and the chain between them.
///
/// A number is written down before it is used. When the machine stops between the two, that number is never used: the
/// collector sees it skipped while `previous` still names the last report that exists, which tells a skipped number
/// from a lost report.
package struct ReportLedger: Sendable, Hashable, Codable {
    /// Last number that was reserved; 0 before the first report.
    package private(set) var sequence: UInt64 = 0
    /// Digest of the last report that was put into the spool.
    package private(set) var previous: ContentDigest?
    /// Number of that report.
    package private(set) var sealed: UInt64 = 0
    /// The last nonce that the collector gave.
    package var nonce: String?

    /// A ledger without reports.
    package init() {}

    /// Takes the next number; to be stored before the number is used.
    package mutating func reserve() throws(StateFailure) -> UInt64 {
        guard sequence < UInt64(Int64.max) else { throw StateFailure(.damaged, "report numbers are used up") }
        sequence += 1
        return sequence
    }

    /// Notes that a report is in the spool.
    package mutating func note(sealed report: ContentDigest, sequence: UInt64) {
        guard sequence > sealed else { return }
        previous = report
        sealed = sequence
        self.sequence = max(self.sequence, sequence)
    }

    /// Moves on to numbers that the collector has not seen, after a rollback of the state folder.
    package mutating func skip(to sequence: UInt64) {
        guard sequence <= UInt64(Int64.max) else { return }
        self.sequence = max(self.sequence, sequence)
    }
}

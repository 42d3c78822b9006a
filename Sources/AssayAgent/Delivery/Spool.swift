package import AssayModel
package import AssayReport

/// Signed reports, or results of verifications, that wait for a collector's acknowledgement, one file each, in the manner
/// of a maildir.
///
/// A report is written and synchronised in `tmp`, renamed into `new`, and `new` is synchronised: whenever the machine
/// stops, it is there in full or not at all. It leaves `new` when a collector acknowledged it, or for `refused` when a
/// collector refused it for good. Nothing else removes a report: when the spool is full, no further report is made.
package struct Spool: Sendable {
    /// One waiting report.
    package struct Report: Sendable, Hashable {
        /// Its number; of a result the moment in milliseconds, which only orders.
        package var sequence: UInt64
        /// Its digest.
        package var digest: ContentDigest
        /// Name of its file.
        package var name: String
    }

    /// Most reports that wait; at one an hour this is half a year.
    package static let reportLimit = 4096
    /// Most results that wait; at one a minute in three shifts this is more than six weeks.
    package static let resultLimit = 65_536
    /// Most refused reports that are kept for the operator.
    package static let refusedLimit = 256

    private let directory: String
    private let files: any StateFiles
    private let limit: Int
    private let kind: String

    /// The spool in `directory`, which has the folders `tmp`, `new` and `refused`.
    ///
    /// - Parameter kind: what lies in it, for messages.
    package init(
        directory: String, files: any StateFiles, limit: Int = Self.reportLimit, kind: String = "report"
    ) {
        self.directory = directory
        self.files = files
        self.limit = limit
        self.kind = kind
    }

    /// The waiting reports, oldest first.
    package func reports() throws(StateFailure) -> [Report] {
        try files.list(directory + "/new").compactMap(Self.parse)
    }

    /// Fails when no further report may be made.
    package func checkRoom() throws(StateFailure) {
        let count = try reports().count
        guard count < limit else {
            throw StateFailure(
                .spoolFull, path: directory,
                "\(count) \(kind)s wait for the collector; no \(kind) is made until it took some of them")
        }
    }

    /// Adds a report; when this returns it survives a power cut.
    package func add(_ report: SealedReport) throws(StateFailure) {
        try add(report.envelope, Self.name(report.sequence, report.digest))
    }

    /// Adds a result; when this returns it survives a power cut.
    package func add(_ result: SealedResult) throws(StateFailure) {
        try add(result.envelope, Self.name(UInt64(clamping: result.takenAt.milliseconds), result.digest))
    }

    private func add(_ envelope: [UInt8], _ name: String) throws(StateFailure) {
        try files.write(envelope, to: "\(directory)/tmp/\(name)")
        try files.rename("\(directory)/tmp/\(name)", to: "\(directory)/new/\(name)")
        try files.synchronize(directory: directory + "/new")
    }

    /// The envelope of a waiting report; nil when it is gone.
    package func envelope(of report: Report) throws(StateFailure) -> [UInt8]? {
        try files.read("\(directory)/new/\(report.name)", limit: DSSEEnvelope.sizeLimit)
    }

    /// Removes a report that a collector acknowledged.
    package func acknowledge(_ report: Report) throws(StateFailure) {
        try files.remove("\(directory)/new/\(report.name)")
        // A removal that is lost in a power cut only sends the report again, and the collector knows it.
    }

    /// Sets a report aside that no collector will ever take.
    package func refuse(_ report: Report) throws(StateFailure) {
        // Of two that deliver at once the other may have been first.
        guard try files.size("\(directory)/new/\(report.name)") != nil else { return }
        try files.rename("\(directory)/new/\(report.name)", to: "\(directory)/refused/\(report.name)")
        try files.synchronize(directory: directory + "/new")
        let refused = try files.list(directory + "/refused")
        for name in refused.dropLast(Self.refusedLimit) { try files.remove("\(directory)/refused/\(name)") }
    }

    /// Moves a waiting file that cannot be read out of the way, into `unreadable`, and says where it is then.
    ///
    /// Nothing removes it from there: it may be read once the disk or its mode is mended.
    package func setAside(_ report: Report) throws(StateFailure) -> String {
        let path = "\(directory)/unreadable/\(report.name)"
        try files.makeDirectory(directory + "/unreadable")
        try files.rename("\(directory)/new/\(report.name)", to: path)
        try files.synchronize(directory: directory + "/new")
        return path
    }

    /// Removes what a stop in the middle of an addition left behind.
    package func sweep() throws(StateFailure) {
        for name in try files.list(directory + "/tmp") { try files.remove("\(directory)/tmp/\(name)") }
    }

    private static func name(_ number: UInt64, _ digest: ContentDigest) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 20 - digits.count)) + digits + "-" + digest.hex
    }

    private static func parse(_ name: String) -> Report? {
        let parts = name.split(separator: "-")
        guard parts.count == 2, parts[0].utf8.count == 20, let sequence = UInt64(parts[0]),
            let digest = ContentDigest("sha256:" + parts[1])
        else { return nil }
        return Report(sequence: sequence, digest: digest, name: name)
    }
}

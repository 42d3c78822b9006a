internal import AssayModel
internal import AssayReport
package import Logging

/// Hands the waiting reports to the collector, oldest first, each with the content that the collector lacks.
package struct Delivery {
    /// Most requests for one report.
    private static let roundLimit = 1024
    /// Bytes of content in one request, before compression: what a broken connection costs at most.
    package static let uploadSize = 16 << 20

    private let state: AgentState
    private let key: DeviceKey
    private let client: HTTPClient
    private let log: Logger
    private var uploadSize: Int
    private var summary: DeliverySummary

    /// A delivery over `client` from a state folder that the caller has locked.
    package init(
        state: AgentState, key: DeviceKey, client: HTTPClient, log: Logger, uploadSize: Int = Self.uploadSize
    ) {
        self.uploadSize = uploadSize
        self.state = state
        self.key = key
        self.client = client
        self.log = log
        summary = DeliverySummary(collector: client.address)
    }

    /// Delivers what can be delivered; a failure of the network or the collector stands in the summary.
    package mutating func run() throws(StateFailure) -> DeliverySummary {
        try state.spool.sweep()
        for report in try state.spool.reports() {
            do {
                try deliver(report)
            } catch let failure as DeliveryFailure {
                guard try goesOn(after: failure, report) else { break }
            } catch let failure as StateFailure {
                throw failure
            } catch {
                throw StateFailure(.damaged, path: report.name, "\(error)")
            }
        }
        summary.waiting = try state.spool.reports().count
        summary.sentBytes = client.sentBytes
        summary.receivedBytes = client.receivedBytes
        return summary
    }

    private mutating func deliver(_ report: Spool.Report) throws {
        guard let envelope = try state.spool.envelope(of: report) else {
            throw StateFailure(.damaged, path: report.name, "a report vanished from the spool")
        }
        // A damaged envelope goes out as it is: it is for the collector to refuse.
        let body = (try? ReceivedReport(parsing: envelope).compactForm) ?? envelope
        var request = HTTPRequest(
            post: "/v1/reports", .bytes(try GzipWriter.compress(body, level: 9)), isCompressed: true)
        var sent: Set<ContentDigest> = []
        var missing: [ContentDigest] = []
        var batch: [StoredContent] = []
        for _ in 0..<Self.roundLimit {
            let response = try client.send(request)
            let answer = CollectorAnswer(response, from: client.address)
            switch response.status {
            case 200:
                let acknowledgement = try answer.decode(ReportAcknowledgement.self)
                try check(acknowledgement.report, report)
                summary.objects += batch.count
                return try accept(acknowledgement, report, envelope)
            case 202:
                let incomplete = try answer.decode(MissingContent.self)
                try check(incomplete.report, report)
                missing = incomplete.missing
                sent.formUnion(batch.map(\.digest))
                summary.objects += batch.count
            case 413 where !batch.isEmpty && answer.isAboutSize: try shrink(batch, answer)
            default: throw answer.failure
            }
            batch = try nextBatch(of: missing, of: report, envelope, sent: sent)
            let upload = try ContentUpload(batch)
            request = HTTPRequest(
                post: "/v1/reports/\(report.digest)/content", .stream { try upload.next() },
                contentType: "application/octet-stream", isCompressed: true)
        }
        throw DeliveryFailure(.malformedAnswer, "\(client.address): asks for content again and again")
    }

    private func check(_ named: ContentDigest, _ report: Spool.Report) throws(DeliveryFailure) {
        guard named == report.digest else {
            throw DeliveryFailure(.malformedAnswer, "\(client.address): the answer is about another report")
        }
    }

    /// Makes the next upload at most half as large as one that the collector, or a proxy before it, found too large.
    private mutating func shrink(_ batch: [StoredContent], _ answer: CollectorAnswer) throws {
        let size = batch.reduce(0) { $0 + $1.size }
        guard batch.count > 1 else {
            throw DeliveryFailure(
                .contentTooLarge,
                "\(client.address): a single object of \(size) bytes is more than the collector or a proxy before it "
                    + "takes (\(answer.words)); raise the limit there, 8 MiB and a little is enough for any object")
        }
        uploadSize = max(1, size / 2)
        log.notice("content goes out in smaller pieces", metadata: ["bytes": "\(uploadSize)"])
    }

    /// What of the missing content goes into one upload.
    private mutating func nextBatch(
        of missing: [ContentDigest], of report: Spool.Report, _ envelope: [UInt8], sent: Set<ContentDigest>
    ) throws -> [StoredContent] {
        let wanted = Set(missing)
        guard !wanted.isEmpty, sent.isDisjoint(with: wanted) else {
            throw DeliveryFailure(.malformedAnswer, "\(client.address): asks again for content that was just sent")
        }
        let catalog = try state.sections.catalog(of: sections(in: envelope))
        let objects = wanted.sorted().compactMap { catalog[$0] }
        guard objects.count == wanted.count else {
            throw DeliveryFailure(
                .contentLost,
                "report \(report.sequence): \(wanted.count - objects.count) pieces that the collector lacks")
        }
        var size = 0
        return Array(
            objects.prefix { object in
                defer { size += object.size }
                return size == 0 || size + object.size <= uploadSize
            })
    }

    /// The sections that one of our own reports names; none when it is damaged or an earlier key signed it.
    private func sections(in envelope: [UInt8]) -> [String: SectionDescriptor] {
        let report = try? ReceivedReport(parsing: envelope).verified(by: key.identity)
        return report?.predicate.sections ?? [:]
    }

    private mutating func accept(
        _ answer: ReportAcknowledgement, _ report: Spool.Report, _ envelope: [UInt8]
    ) throws(StateFailure) {
        var ledger = try state.ledger()
        ledger.nonce = answer.nonce
        // The nonce and the number first: once the report has left the spool, nothing else remembers it.
        try state.store(ledger)
        try state.spool.acknowledge(report)
        try state.sections.note(known: Set(sections(in: envelope).values.map(\.digest)))
        summary.acknowledged.append(report)
        summary.last = answer
        summary.failure = nil
        log.info(
            "report acknowledged",
            metadata: ["sequence": "\(report.sequence)", "verdict": "\(answer.verdict.rawValue)"])
    }

    /// Deals with a failed report; whether the next one is worth a try.
    private mutating func goesOn(
        after failure: DeliveryFailure, _ report: Spool.Report
    ) throws(StateFailure) -> Bool {
        summary.failure = failure
        let words: Logger.Metadata = ["sequence": "\(report.sequence)", "reason": "\(failure)"]
        switch failure.code {
        case .replayed, .refused:
            log.error("report refused", metadata: words)
            var ledger = try state.ledger()
            if let accepted = failure.acceptedSequence { ledger.skip(to: accepted) }
            try state.store(ledger)
            try state.spool.refuse(report)
            summary.refused.append(report)
            return true
        case .contentLost, .contentUnreadable:
            // It stays in the spool; a later report can be complete and tells the collector of the same device.
            log.error("report cannot be completed", metadata: words)
            // The collector lacks what we thought it had: the next scan keeps everything.
            try state.sections.note(known: [])
            return true
        default:
            log.warning("delivery interrupted", metadata: words)
            return false
        }
    }
}

import AssayModel
import AssayReport
import Foundation
import Testing

@testable import AssayAgent

@Suite(.serialized, .enabled(if: LoopbackServer.isAvailable, "needs python3 and openssl"))
struct DeliveryTests {
    private let folder: StateFolder
    private let state: AgentState
    private let key: DeviceKey
    private let run: ReportRun

    init() throws {
        folder = try StateFolder()
        state = try folder.state()
        key = try DeviceKey.obtain(in: state)
        run = ReportRun(state: state, key: key, agent: .init(name: "assay-agent", version: "1"), log: silence)
    }

    private func content(files: Int = 3, salt: String = "") throws -> ReportRun.Content {
        let boot = try state.sections.begin(.boot)
        try boot.append(BootState(), key: "")
        let recording = try state.sections.begin(.files)
        for number in 0..<files {
            let path = "/bin/\(number)"
            try recording.append(line: Array("{\"path\":\"\(path)\",\"x\":\"\(salt)\"}".utf8), key: path.utf8)
        }
        return .init(sections: [try boot.finish(), try recording.finish()], gaps: [:], bootID: nil, takenAt: 0)
    }

    private func client(_ server: LoopbackServer) throws -> HTTPClient {
        try HTTPClient(
            CollectorAddress(server.address), authority: Array(TestCertificates.shared().text("ca.pem").utf8),
            credential: nil)
    }

    private func json(_ value: some Encodable, _ status: Int, headers: [String: String] = [:]) throws
        -> LoopbackServer.Answer
    {
        let type = status < 400 ? "application/json" : ProblemDetail.mediaType
        return .init(
            status: status, headers: headers.merging(["Content-Type": type]) { first, _ in first },
            body: String(decoding: try CanonicalJSON.encode(value), as: UTF8.self))
    }

    private func accepted(_ report: ContentDigest, nonce: String = "n1") throws -> LoopbackServer.Answer {
        try json(
            ReportAcknowledgement(
                report: report, verdict: .pass, findings: .init(low: 1), next: .init(after: 60, spread: 0), nonce: nonce
            ), 200)
    }

    private func missing(_ report: ContentDigest, _ digests: [ContentDigest]) throws -> LoopbackServer.Answer {
        try json(MissingContent(report: report, missing: digests), 202)
    }

    private func problem(
        _ code: String, _ status: Int, sequence: UInt64? = nil, headers: [String: String] = [:]
    ) throws -> LoopbackServer.Answer {
        try json(
            ProblemDetail(code: code, title: code, status: status, detail: nil, sequence: sequence), status,
            headers: headers)
    }

    private func objects(_ request: LoopbackServer.Request) throws -> [ContentObject] {
        var objects: [ContentObject] = []
        var frames = ContentFrameReader()
        try frames.read(try GzipReader.decompress(request.bytes, limits: .init(size: 1 << 24))) { objects.append($0) }
        try frames.finish()
        return objects
    }

    @Test("an unchanged report is one small message") func deliversInOneMessage() throws {
        let sealed = try run.seal(content())
        let server = try LoopbackServer([accepted(sealed.digest)])
        let summary = try run.deliver(through: client(server))
        #expect(summary.isComplete)
        #expect(summary.acknowledged.map(\.digest) == [sealed.digest])
        #expect(summary.last?.verdict == .pass)
        #expect(summary.sentBytes + summary.receivedBytes < 1500)
        #expect(try state.spool.reports().isEmpty)
        #expect(try state.ledger().nonce == "n1")
        #expect(folder.names("sections").allSatisfy { $0.hasSuffix(".known") }, "acknowledged content is let go")
        #expect(folder.names("sections").count == 2)
        let request = try #require(server.requests().first)
        let sent = try GzipReader.decompress(request.bytes, limits: .init(size: 1 << 16))
        #expect(try ReceivedReport(parsing: sent).envelope.encoded() == sealed.envelope)
        let next = try ReceivedReport(parsing: run.seal(content()).envelope).verified(by: key.identity)
        #expect(next.predicate.nonce == "n1")
        #expect(next.predicate.previous == sealed.digest)
    }

    @Test("only what is missing is sent: the index first, then the shards it names") func sendsMissingContent() throws {
        let content = try content(files: 1500)
        let sealed = try run.seal(content)
        let files = content.sections[1]
        let index = try SectionIndex(parsing: try #require(files.index), of: "files", as: files.descriptor)
        let shards = index.shards[3...5].map(\.digest)
        let server = try LoopbackServer([
            missing(sealed.digest, [files.descriptor.digest]), missing(sealed.digest, shards), accepted(sealed.digest),
        ])
        let summary = try run.deliver(through: client(server))
        #expect(summary.isComplete)
        #expect(summary.objects == 4)
        let requests = try server.requests()
        #expect(
            requests.map(\.path).dropFirst() == Array(repeating: "/v1/reports/\(sealed.digest)/content", count: 2)[...])
        #expect(try objects(requests[1]).map(\.bytes) == [files.index])
        #expect(Set(try objects(requests[2]).map(\.digest)) == Set(shards))
    }

    @Test("a section that the collector has is not kept again, until it turns out that it has it not")
    func keepsNoContentThatTheCollectorHas() throws {
        let first = try run.seal(content())
        let knowing = try LoopbackServer([accepted(first.digest)])
        #expect(try run.deliver(through: client(knowing)).isComplete)
        let same = try content()
        let sealed = try run.seal(same)
        #expect(folder.names("sections").allSatisfy { $0.hasSuffix(".known") })
        let digest = same.sections[1].descriptor.digest
        let forgetful = try LoopbackServer([missing(sealed.digest, [digest])])
        let summary = try run.deliver(through: client(forgetful))
        #expect(summary.failure?.code == .contentLost)
        #expect(summary.waiting == 1)
        #expect(folder.names("sections").isEmpty)
        let again = try run.seal(content())
        let server = try LoopbackServer([
            problem("sequence-replayed", 409, sequence: 2), missing(again.digest, [digest]), accepted(again.digest),
        ])
        #expect(try run.deliver(through: client(server)).acknowledged.map(\.digest) == [again.digest])
    }

    @Test("content that the collector lost is scanned once more in the same run") func scansAgainWhenContentIsLost()
        throws
    {
        let first = try run.seal(content())
        let knowing = try LoopbackServer([accepted(first.digest)])
        #expect(try run.deliver(through: client(knowing)).isComplete)
        var scans = 0
        var server: LoopbackServer?
        let summary = try run.report(
            recording: {
                scans += 1
                return try content()
            }, to: CollectorAddress("https://127.0.0.1:1"),
            connecting: {
                let waiting = try #require(try state.spool.reports().first)
                let digest = try #require(
                    try state.spool.envelope(of: waiting).map {
                        try ReceivedReport(parsing: $0).verified(by: key.identity)
                    }
                ).predicate.sections["files"]?.digest
                let forgetful = try LoopbackServer([
                    missing(waiting.digest, [try #require(digest)]), .init(status: 500),
                ])
                server = forgetful
                return try client(forgetful)
            })
        #expect(scans == 2)
        #expect(summary.failure == DeliveryFailure(.serverFault))
        #expect(try state.spool.reports().map(\.sequence) == [2, 3])
        #expect(folder.names("sections").contains { $0.hasSuffix(".jsonl") }, "the second scan keeps everything")
        #expect(try server?.requests().count == 2)
    }

    @Test("a report is sealed and spooled even when no session can be opened") func sealsWithoutSession() throws {
        let summary = try run.report(
            recording: { try content() }, to: CollectorAddress("https://127.0.0.1:1"),
            connecting: { throw DeliveryFailure(.certificateExpired) })
        #expect(summary.failure == DeliveryFailure(.certificateExpired))
        #expect(summary.waiting == 1)
        #expect(try state.spool.reports().map(\.sequence) == [1])
        #expect(folder.names("sections").contains { $0.hasSuffix(".jsonl") })
    }

    @Test("a damaged report in the spool does not hold the others up") func getsPastDamage() throws {
        let first = try run.seal(content(salt: "1"))
        let second = try run.seal(content(salt: "2"))
        let name = try #require(try state.spool.reports().first).name
        try state.files.write(Array(first.envelope.prefix(100)), to: state.path("spool/new/\(name)"))
        let server = try LoopbackServer([problem("malformed", 400), accepted(second.digest)])
        let summary = try run.deliver(through: client(server))
        #expect(summary.refused.map(\.sequence) == [1])
        #expect(summary.acknowledged.map(\.sequence) == [2])
    }

    @Test("much content goes out in several requests") func sendsContentInPieces() throws {
        let content = try content(files: 40)
        let sealed = try run.seal(content)
        let digests = content.sections.map(\.descriptor.digest).sorted()
        let server = try LoopbackServer([
            missing(sealed.digest, digests), missing(sealed.digest, [digests[1]]), accepted(sealed.digest),
        ])
        var delivery = try Delivery(state: state, key: key, client: client(server), log: silence, uploadSize: 1)
        #expect(try delivery.run().isComplete)
        let uploads = try server.requests().dropFirst().map { try objects($0).map(\.digest) }
        #expect(uploads == digests.map { [$0] })
    }

    @Test("an upload that is too large, for the collector or a proxy, is halved", arguments: [true, false])
    func halvesUploads(_ isNamed: Bool) throws {
        let content = try content(files: 40)
        let sealed = try run.seal(content)
        let digests = content.sections.map(\.descriptor.digest).sorted()
        let tooLarge = try isNamed ? problem("too-large", 413) : .init(status: 413, headers: [:], body: "<html>nginx")
        let server = try LoopbackServer([
            missing(sealed.digest, digests), tooLarge, missing(sealed.digest, [digests[1]]), accepted(sealed.digest),
        ])
        let summary = try run.deliver(through: client(server))
        #expect(summary.isComplete, "\(String(describing: summary.failure))")
        #expect(summary.objects == 2)
        let uploads = try server.requests().dropFirst().map { try objects($0).map(\.digest) }
        #expect(uploads == [digests, [digests[0]], [digests[1]]])
    }

    @Test("one object alone that is too large keeps the report here and says what to raise")
    func givesUpOnOneObject() throws {
        let content = try content(files: 40)
        let sealed = try run.seal(content)
        let section = content.sections[1].descriptor
        let server = try LoopbackServer([missing(sealed.digest, [section.digest]), .init(status: 413)])
        let summary = try run.deliver(through: client(server))
        #expect(summary.failure == DeliveryFailure(.contentTooLarge))
        let words = try #require(summary.failure?.detail)
        #expect(words.contains(server.address) && words.contains("\(section.size) bytes"), "\(words)")
        #expect(words.contains("raise the limit"))
        #expect(summary.waiting == 1)
        #expect(try server.requests().count == 2)
    }

    @Test("a report that brings more than may wait is refused for good, without a second attempt")
    func aLimitOfTheReportIsFinal() throws {
        let content = try content(files: 40)
        let sealed = try run.seal(content)
        let digests = content.sections.map(\.descriptor.digest)
        let server = try LoopbackServer([missing(sealed.digest, digests), problem("pending-limit", 413)])
        let summary = try run.deliver(through: client(server))
        #expect(summary.failure == DeliveryFailure(.refused))
        #expect(summary.refused.map(\.digest) == [sealed.digest])
        #expect(try server.requests().count == 2)
    }

    @Test("nothing is lost while the collector is away") func keepsWhatIsNotAcknowledged() throws {
        let first = try run.seal(content(salt: "1"))
        let client = try HTTPClient(
            CollectorAddress("https://127.0.0.1:1"), authority: Array(TestCertificates.shared().text("ca.pem").utf8),
            credential: nil)
        let summary = try run.deliver(through: client)
        #expect(summary.failure == DeliveryFailure(.unreachable))
        #expect(summary.waiting == 1)
        let second = try run.seal(content(salt: "2"))
        let server = try LoopbackServer([accepted(first.digest), accepted(second.digest)])
        let later = try run.deliver(through: self.client(server))
        #expect(later.acknowledged.map(\.digest) == [first.digest, second.digest])
        #expect(later.isComplete)
    }

    @Test("an answer that is no acknowledgement acknowledges nothing", arguments: 0..<7)
    func distrustsOddAnswers(_ number: Int) throws {
        let sealed = try run.seal(content())
        let other = ContentDigest.sha256(of: [99])
        let descriptor = try ReceivedReport(parsing: sealed.envelope).verified(by: key.identity).predicate.sections[
            "boot"]
        let boot = try #require(descriptor).digest
        let cases: [([LoopbackServer.Answer], DeliveryFailure.Code)] = [
            ([try accepted(other)], .malformedAnswer), ([.init(body: "<html>")], .malformedAnswer),
            ([.init(status: 204)], .malformedAnswer), ([try missing(other, [boot])], .malformedAnswer),
            ([try missing(sealed.digest, [])], .malformedAnswer),
            ([try missing(sealed.digest, [boot])], .malformedAnswer),
            ([try missing(sealed.digest, [other])], .contentLost),
        ]
        let server = try LoopbackServer(cases[number].0)
        let summary = try run.deliver(through: client(server))
        #expect(summary.failure?.code == cases[number].1)
        #expect(summary.waiting == 1)
        #expect(summary.acknowledged.isEmpty)
        #expect(try server.requests().count <= 2)
    }

    @Test func tellsErrorsApart() throws {
        try run.seal(content())
        let cases: [(LoopbackServer.Answer, DeliveryFailure.Code, Int?)] = [
            (try problem("rate-limited", 429, headers: ["Retry-After": "120"]), .busy, 120),
            (.init(status: 503, headers: ["Retry-After": "soon"]), .busy, nil), (.init(status: 500), .serverFault, nil),
            (.init(status: 404), .malformedAnswer, nil),
            (.init(status: 403, headers: [:], body: "proxy"), .unauthorized, nil),
            (try problem("device-unknown", 403), .unauthorized, nil), (.init(status: 400), .malformedAnswer, nil),
            (.init(status: 413), .malformedAnswer, nil),
        ]
        for (answer, code, retryAfter) in cases {
            let server = try LoopbackServer([answer])
            let summary = try run.deliver(through: client(server))
            #expect(summary.failure?.code == code, "status \(answer.status)")
            #expect(summary.failure?.retryAfter == retryAfter)
            #expect(summary.waiting == 1, "the report waits on")
        }
    }

    @Test("a report that is refused for good makes way for the next one") func setsRefusedReportsAside() throws {
        try run.seal(content(salt: "1"))
        let second = try run.seal(content(salt: "2"))
        let server = try LoopbackServer([problem("key-mismatch", 403), accepted(second.digest)])
        let summary = try run.deliver(through: client(server))
        #expect(summary.refused.map(\.sequence) == [1])
        #expect(summary.acknowledged.map(\.sequence) == [2])
        #expect(summary.waiting == 0)
        #expect(folder.names("spool/refused").count == 1)
    }

    @Test("after a restored state folder the same content goes out under a fresh number") func movesPastAReplay() throws
    {
        let server = try LoopbackServer([problem("sequence-replayed", 409, sequence: 41), .init(status: 500)])
        let summary = try run.report(content(), through: client(server))
        #expect(summary.failure == DeliveryFailure(.serverFault))
        #expect(try state.spool.reports().map(\.sequence) == [42])
        #expect(try server.requests().count == 2)
        let requests = try server.requests()
        let again = try GzipReader.decompress(requests[1].bytes, limits: .init(size: 1 << 16))
        #expect(try ReceivedReport(parsing: again).verified(by: key.identity).predicate.sequence == 42)
    }

    @Test("old content gives way, the reports and the newest content stay") func boundsContent() throws {
        let small = ReportRun(
            state: state, key: key, agent: .init(name: "a", version: "1"), log: silence, contentLimit: 2000)
        let first = try run.seal(content(files: 100, salt: "1"))
        let newest = try content(files: 100, salt: "2")
        let second = try run.seal(newest)
        let server = try LoopbackServer([.init(status: 500)])
        let summary = try small.deliver(through: client(server))
        #expect(summary.waiting == 2)
        #expect(Set(folder.names("sections")) == Set(newest.sections.map { "\($0.descriptor.digest.hex).jsonl" }))
        let lost = try ReceivedReport(parsing: first.envelope).verified(by: key.identity).predicate.sections["files"]
        let collector = try LoopbackServer([
            missing(first.digest, [try #require(lost).digest]), accepted(second.digest),
        ])
        let later = try small.deliver(through: client(collector))
        #expect(later.acknowledged.map(\.sequence) == [2])
        #expect(later.waiting == 1, "the envelope without content is kept until the collector has a later report")
    }

    @Test func damagedContentIsNotSentAsWhole() throws {
        let content = try content(files: 50)
        let sealed = try run.seal(content)
        let digest = content.sections[1].descriptor.digest
        let path = folder.path + "/sections/\(digest.hex).jsonl"
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes[10] ^= 1
        try bytes.write(to: URL(filePath: path))
        let server = try LoopbackServer([missing(sealed.digest, [digest]), accepted(sealed.digest)])
        let summary = try run.deliver(through: client(server))
        #expect(summary.failure?.code == .contentUnreadable)
        #expect(summary.acknowledged.isEmpty)
        #expect(summary.waiting == 1)
    }
}

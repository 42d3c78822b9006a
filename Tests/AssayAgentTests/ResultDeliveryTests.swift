import AssayModel
import AssayReport
import Foundation
import Testing

@testable import AssayAgent

@Suite(.serialized, .enabled(if: LoopbackServer.isAvailable, "needs python3 and openssl"))
struct ResultDeliveryTests {
    private let folder: StateFolder
    private let state: AgentState

    init() throws {
        folder = try StateFolder()
        state = try folder.state()
        _ = try DeviceKey.obtain(in: state)
    }

    private func sign(_ serial: String, at milliseconds: Int64) throws -> SealedResult {
        var inventory = InventorySnapshot()
        inventory.device.serial = serial
        return try ResultSigner(state: state).sign(
            VerifyResult(verdict: .pass, outcomes: []), of: inventory, against: .init(),
            at: Timestamp(milliseconds: milliseconds))
    }

    private func deliver(_ answers: [LoopbackServer.Answer], limit: Int = .max) throws -> (
        summary: ResultDelivery.Summary, requests: [LoopbackServer.Request]
    ) {
        let server = try LoopbackServer(answers)
        let client = try HTTPClient(
            CollectorAddress(server.address), authority: Array(TestCertificates.shared().text("ca.pem").utf8),
            credential: nil)
        let summary = try ResultDelivery(state: state, client: client, log: silence).run(limit: limit)
        return (summary, try server.requests())
    }

    private func acknowledged(_ result: SealedResult) throws -> LoopbackServer.Answer {
        let body = try CanonicalJSON.encode(ResultAcknowledgement(result: result.digest))
        return .init(body: String(decoding: body, as: UTF8.self))
    }

    private func problem(_ code: String, _ status: Int) throws -> LoopbackServer.Answer {
        let detail = ProblemDetail(code: code, title: code, status: status, detail: nil)
        return .init(
            status: status, headers: ["Content-Type": ProblemDetail.mediaType],
            body: String(decoding: try CanonicalJSON.encode(detail), as: UTF8.self))
    }

    @Test func oldestFirstAndGoneWhenAcknowledged() throws {
        let second = try sign("SN-2", at: 2000)
        let first = try sign("SN-1", at: 1000)
        let (summary, requests) = try deliver([try acknowledged(first), try acknowledged(second)])
        #expect(summary.delivered == 2)
        #expect(summary.waiting == 0)
        #expect(summary.failure == nil)
        #expect(requests.map(\.path) == ["/v1/results", "/v1/results"])
        let body = try GzipReader.decompress(requests[0].bytes, limits: .init(size: 1 << 20))
        #expect(try ReceivedResult(parsing: body).digest == first.digest)
        #expect(folder.names("results/new").isEmpty)
    }

    @Test func refusedOnesAreSetAside() throws {
        _ = try sign("SN-1", at: 1000)
        let second = try sign("SN-2", at: 2000)
        let (summary, _) = try deliver([try problem("signature-invalid", 403), try acknowledged(second)])
        #expect(summary.refused == 1)
        #expect(summary.delivered == 1)
        #expect(summary.waiting == 0)
        #expect(folder.names("results/refused").count == 1)
    }

    @Test("what is not the collector's word on a result leaves it where it is", arguments: [404, 429, 503])
    func otherAnswersKeepIt(_ status: Int) throws {
        _ = try sign("SN-1", at: 1000)
        let (summary, requests) = try deliver([try problem("other", status)])
        #expect(requests.count == 1)
        #expect(summary.failure != nil)
        #expect(summary.waiting == 1)
    }

    @Test func anAnswerAboutAnotherResultKeepsIt() throws {
        let first = try sign("SN-1", at: 1000)
        _ = try sign("SN-0", at: 500)
        let (summary, _) = try deliver([try acknowledged(first)], limit: 1)
        #expect(summary.failure == DeliveryFailure(.malformedAnswer))
        #expect(summary.waiting == 2)
    }

    @Test func deliversNoMoreThanItsLimit() throws {
        let first = try sign("SN-1", at: 1000)
        _ = try sign("SN-2", at: 2000)
        let (summary, requests) = try deliver([try acknowledged(first)], limit: 1)
        #expect(requests.count == 1)
        #expect(summary.delivered == 1)
        #expect(summary.waiting == 1)
    }

    @Test("what cannot be read is set aside and holds up none behind it", arguments: ["folder", "link", "too long"])
    func unreadableOnesHoldUpNothing(_ fault: String) throws {
        _ = try sign("SN-1", at: 1000)
        let second = try sign("SN-2", at: 2000)
        let name = try #require(folder.names("results/new").first)
        let path = folder.path + "/results/new/" + name
        try FileManager.default.removeItem(atPath: path)
        switch fault {
        case "folder": try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        case "link": try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/etc/hostname")
        default:
            #expect(FileManager.default.createFile(atPath: path, contents: Data(count: DSSEEnvelope.sizeLimit + 1)))
        }
        let (summary, requests) = try deliver([try acknowledged(second)], limit: 1)
        #expect(requests.count == 1)
        #expect(summary.delivered == 1)
        #expect(summary.unreadable == 1)
        #expect(summary.waiting == 0)
        #expect(summary.failure == DeliveryFailure(.contentUnreadable))
        #expect(folder.names("results/unreadable") == [name])
    }

    @Test("what a stop in the middle of an addition left is tidied up") func sweeps() throws {
        try state.files.write([1], to: state.path("results/tmp/half"))
        _ = try deliver([.init()])
        #expect(folder.names("results/tmp").isEmpty)
    }
}

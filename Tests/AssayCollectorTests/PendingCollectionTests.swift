import AssayModel
import AssayReport
import AssayStore
import Logging
import NIOHTTP1
import Testing

@testable import AssayCollector

/// Content of a report that its device never completed.
struct PendingCollectionTests {
    @Test("it is dropped after a week, and the device that comes back is asked again")
    func abandonedContent() async throws {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            let (descriptors, objects) = try device.sections(ReportRoutesTests.components())
            let report = try device.report(1, descriptors)
            let path = "/v1/reports/\(report.digest)/content"
            let collection = PendingCollection(
                store: collector.store, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await collector.connect(as: device) { client in
                let first = try await client.send(.POST, "/v1/reports", report.envelope)
                let all = try first.decoded(MissingContent.self).missing
                let part = try await client.send(.POST, path, try TestDevice.frames([objects[1]]))
                let rest = try part.decoded(MissingContent.self).missing
                #expect(rest.count == all.count - 1)

                await collection.collect(at: Timestamp.now.adding(.seconds(6 * 86_400)))
                let waiting = try await client.send(.POST, "/v1/reports", report.envelope)
                #expect(try waiting.decoded(MissingContent.self).missing == rest, "a week is not over")

                await collection.collect(at: Timestamp.now.adding(.seconds(8 * 86_400)))
                let late = try await client.send(.POST, path, try TestDevice.frames(objects))
                #expect(late.problem == "report-unknown")
                let again = try await client.send(.POST, "/v1/reports", report.envelope)
                #expect(try again.decoded(MissingContent.self).missing == all)
                let done = try await client.send(.POST, path, try TestDevice.frames(objects))
                #expect(done.status == 200)

                await collection.collect(at: Timestamp.now.adding(.seconds(8 * 86_400)))
                #expect(try await collector.store.content(.sha256(of: objects[1])) == objects[1], "it is kept for good")
            }
        }
    }
}

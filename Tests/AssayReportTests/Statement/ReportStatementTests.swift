import AssayModel
import Crypto
import Testing

@testable import AssayReport

@Suite struct ReportStatementTests {
    @Test("the canonical bytes of a statement never change") func goldenBytes() throws {
        let device = DeviceIdentity(publicKey: try TestKeys.device().publicKey)
        let statement = ReportStatement(device: device.id, predicate: TestKeys.predicate())
        #expect(String(decoding: try statement.encoded(), as: UTF8.self) == Self.golden)
    }

    @Test func absentFieldsAreLeftOut() throws {
        var predicate = TestKeys.predicate(sequence: 1)
        predicate.previous = nil
        predicate.nonce = nil
        predicate.bootID = nil
        predicate.agent.digest = nil
        let device = DeviceIdentity(publicKey: try TestKeys.device().publicKey)
        let text = String(
            decoding: try ReportStatement(device: device.id, predicate: predicate).encoded(), as: UTF8.self)
        #expect(!text.contains("null"))
        for name in ["previous", "nonce", "bootId"] { #expect(!text.contains("\"\(name)\"")) }
    }

    @Test func readsWhatItWrites() throws {
        let device = DeviceIdentity(publicKey: try TestKeys.device().publicKey)
        let statement = ReportStatement(device: device.id, predicate: TestKeys.predicate())
        #expect(try ReportStatement(checking: statement.encoded(), of: device.id) == statement)
    }

    @Test(arguments: [
        ("https://in-toto.io/Statement/v1", "https://in-toto.io/Statement/v0.1", ReportFailure(.wrongStatementType)),
        ("urn:assay:report:v1", "https://spdx.dev/Document", ReportFailure(.wrongPredicateType)),
        ("assay/report/v1", "assay/report/v2", ReportFailure(.unsupportedSchema)),
        ("\"lines\":61", "\"lines\":-61", ReportFailure(.malformed)),
        ("\"shards\":64", "\"shards\":65", ReportFailure(.malformed)),
        ("\"sequence\":42", "\"sequence\":0", ReportFailure(.malformed)),
        ("\"sequence\":42", "\"sequence\":18446744073709551615", ReportFailure(.malformed)),
        ("\"sequence\":42", "\"sequence\":4.5", ReportFailure(.malformed)),
        ("2026-01-31T12:00:00Z", "2026-01-31 12:00:00Z", ReportFailure(.malformed)),
        ("\"denied\":3", "\"denied\":-3", ReportFailure(.malformed)),
        ("\"files\":{", "\"Files\":{", ReportFailure(.malformed)),
        ("\"files\":{", "\"filed\":{", ReportFailure(.rootMismatch)),
        ("\"files\":{\"digest\":\"sha256:e5", "\"files\":{\"digest\":\"sha256:e6", ReportFailure(.rootMismatch)),
        ("\"name\":\"sha256:", "\"name\":\"sha512:", ReportFailure(.wrongSubject)),
        ("\"subject\":[", "\"subjects\":[", ReportFailure(.malformed)),
    ])
    func refusesWhatContradictsItself(_ old: String, _ new: String, _ failure: ReportFailure) throws {
        let device = DeviceIdentity(publicKey: try TestKeys.device().publicKey)
        #expect(Self.golden.contains(old))
        let payload = Array(Self.golden.replacing(old, with: new).utf8)
        #expect(throws: failure) { try ReportStatement(checking: payload, of: device.id) }
    }

    @Test func refusesTooManySections() throws {
        let device = DeviceIdentity(publicKey: try TestKeys.device().publicKey)
        var predicate = TestKeys.predicate()
        for letter in 0..<33 {
            let name = "a" + String(repeating: "b", count: letter % 31) + (letter > 30 ? "c" : "")
            predicate.sections[name] = SectionDescriptor(digest: .sha256(of: []), lines: 0, size: 0)
        }
        let payload = try ReportStatement(device: device.id, predicate: predicate).encoded()
        #expect(throws: ReportFailure(.tooLarge)) { try ReportStatement(checking: payload, of: device.id) }
    }

    static let golden = """
        {"_type":"https://in-toto.io/Statement/v1","predicate":{"agent":{"digest":"sha256:dbc1b4c900ffe48d57\
        5b5da5c638040125f65db0fe3e24494b76ea986457d986","name":"assay-agent","version":"0.1.0"},"bootId":"9f\
        8b1c0e-0000-4000-8000-000000000001","gaps":{"denied":3},"nonce":"bm9uY2U","previous":"sha256:4bf5122\
        f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a","schema":"assay/report/v1","sections":{"c\
        omponents":{"digest":"sha256:084fed08b978af4d7d196a7446a86b58009e636b611db16211b65a9aadff29c5","line\
        s":61,"size":23117},"files":{"digest":"sha256:e52d9c508c502347344d8c07ad91cbd6068afc75ff6292f062a09c\
        a381c89e71","lines":5120,"shards":64,"size":1250000}},"sequence":42,"takenAt":"2026-01-31T12:00:00Z"\
        },"predicateType":"urn:assay:report:v1","subject":[{"digest":{"sha256":"dee75b7f471c4c9408fb374b82ab\
        f23e28619b1c34c3fb49015c8f4e12813037"},"name":"sha256:5a7a78cca4a0f420d9bc62bb669c3c2759e39f723d3ae1\
        0dcbe0f0815a07ecd4"}]}
        """
}

import AssayModel
import AssayTestKit
import Crypto
import Testing

@testable import AssayReport

@Suite struct ReceivedReportTests {
    private let key: P256.Signing.PrivateKey
    private let sealer: ReportSealer
    private let sealed: SealedReport

    init() throws {
        key = try TestKeys.device()
        sealer = ReportSealer(key: key)
        sealed = try sealer.seal(TestKeys.predicate())
    }

    private func envelope(_ payload: [UInt8], type: String = ReportStatement.payloadType, keyID: String? = nil)
        throws -> [UInt8]
    {
        try DSSEEnvelope(signing: payload, type: type, with: key, keyID: keyID ?? sealer.device.id.description)
            .encoded()
    }

    @Test func verifiesWhatWasSealed() throws {
        let received = try ReceivedReport(parsing: sealed.envelope)
        #expect(received.claimedDevice == sealer.device.id)
        let report = try received.verified(by: sealer.device)
        #expect(report.digest == sealed.digest)
        #expect(report.predicate == TestKeys.predicate())
        #expect(report.inventoryRoot.hex == report.statement.subject[0].digest["sha256"])
    }

    @Test("the compact form gives the same envelope again, and every flipped bit of it is refused")
    func travelsInCompactForm() throws {
        let compact = try ReceivedReport(parsing: sealed.envelope).compactForm
        #expect(compact.count < sealed.envelope.count)
        let received = try ReceivedReport(parsing: compact)
        #expect(received.bytes == compact)
        #expect(try received.envelope.encoded() == sealed.envelope)
        #expect(try received.verified(by: sealer.device).digest == sealed.digest)
        for position in compact.indices {
            for bit in 0..<8 {
                var bytes = compact
                bytes[position] ^= 1 << UInt8(bit)
                #expect(throws: ReportFailure.self) {
                    try ReceivedReport(parsing: bytes).verified(by: sealer.device)
                }
            }
        }
        for count in 0..<compact.count {
            #expect(throws: ReportFailure(.malformed)) { try ReceivedReport(parsing: Array(compact.prefix(count))) }
        }
    }

    @Test("an unchanged device sends less than 1.2 KB") func isSmall() throws {
        var predicate = TestKeys.predicate()
        for name in SectionName.allCases {
            predicate.sections[name.rawValue] = SectionDescriptor(
                digest: .sha256(of: Array(name.rawValue.utf8)), lines: 1000, size: 100_000)
        }
        let report = try ReceivedReport(parsing: sealer.seal(predicate).envelope)
        let body = try GzipWriter.compress(report.compactForm, level: 9)
        #expect(body.count < 1200, "\(body.count) bytes")
    }

    @Test("any flipped bit is refused, and the code says where it hit") func refusesEveryFlippedBit() throws {
        let text = String(decoding: sealed.envelope, as: UTF8.self)
        let keyID = text.ranges(of: sealer.device.id.description)[0]
        let start = text.utf8.distance(from: text.startIndex, to: keyID.lowerBound)
        var codes: Set<ReportFailure.Code> = []
        for position in sealed.envelope.indices {
            for bit in 0..<8 {
                var bytes = sealed.envelope
                bytes[position] ^= 1 << UInt8(bit)
                do {
                    _ = try ReceivedReport(parsing: bytes).verified(by: sealer.device)
                    Issue.record("bit \(bit) of byte \(position) made no difference")
                } catch {
                    codes.insert(error.code)
                    guard (start + 7..<start + 71).contains(position) else { continue }
                    #expect(error.code == .wrongKey || error.code == .malformed)
                }
            }
        }
        #expect(codes == [.malformed, .wrongPayloadType, .wrongKey, .badSignature])
    }

    @Test("every section must be there, be it empty", arguments: SectionName.allCases)
    func missesSections(_ missing: SectionName) throws {
        var predicate = TestKeys.predicate()
        for name in SectionName.allCases where predicate.sections[name.rawValue] == nil {
            predicate.sections[name.rawValue] = SectionDescriptor(digest: .sha256(of: []), lines: 0, size: 0)
        }
        let whole = try ReceivedReport(parsing: sealer.seal(predicate).envelope).verified(by: sealer.device)
        try whole.requireEverySection()
        predicate.sections[missing.rawValue] = nil
        let report = try ReceivedReport(parsing: sealer.seal(predicate).envelope).verified(by: sealer.device)
        #expect(throws: ReportFailure(.malformed)) { try report.requireEverySection() }
    }

    @Test func countsAreNotPartOfTheRoot() throws {
        var predicate = TestKeys.predicate()
        predicate.sections["components"]?.lines = 60
        let report = try ReceivedReport(parsing: sealed.envelope).verified(by: sealer.device)
        let other = try ReceivedReport(parsing: sealer.seal(predicate).envelope).verified(by: sealer.device)
        #expect(report.inventoryRoot == other.inventoryRoot)
        #expect(report.sectionCounts != other.sectionCounts)
    }

    @Test func refusesAnotherDevicesKey() throws {
        let stranger = DeviceIdentity(publicKey: P256.Signing.PrivateKey().publicKey)
        let received = try ReceivedReport(parsing: sealed.envelope)
        #expect(throws: ReportFailure(.wrongKey)) { try received.verified(by: stranger) }
    }

    @Test func refusesAForgedKeyID() throws {
        let forger = P256.Signing.PrivateKey()
        let payload = try DSSEEnvelope(parsing: sealed.envelope).payload
        let forged = try DSSEEnvelope(
            signing: payload, type: ReportStatement.payloadType, with: forger, keyID: sealer.device.id.description)
        let received = try ReceivedReport(parsing: forged.encoded())
        #expect(throws: ReportFailure(.badSignature)) { try received.verified(by: sealer.device) }
    }

    @Test func refusesAStatementAboutAnotherDevice() throws {
        let other = ReportStatement(device: .sha256(of: [9]), predicate: TestKeys.predicate())
        let received = try ReceivedReport(parsing: try envelope(other.encoded()))
        #expect(throws: ReportFailure(.wrongSubject)) { try received.verified(by: sealer.device) }
    }

    @Test func refusesOtherPayloadTypes() throws {
        let bytes = try envelope(Array("{}".utf8), type: "application/json")
        #expect(throws: ReportFailure(.wrongPayloadType)) { try ReceivedReport(parsing: bytes) }
    }

    @Test func refusesWhatIsNoStatement() throws {
        let received = try ReceivedReport(parsing: try envelope(Array("[1]".utf8)))
        #expect(throws: ReportFailure(.malformed)) { try received.verified(by: sealer.device) }
    }

    @Test(arguments: [
        (
            #"{"payload":"e30=","payloadType":"application/vnd.in-toto+json","signatures":[]}"#,
            ReportFailure(.noSignature)
        ),
        (
            #"{"payload":"e30=","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":""},{"sig":""}]}"#,
            ReportFailure(.severalSignatures)
        ),
        (
            #"{"payload":"e30=","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":""}]}"#,
            ReportFailure(.malformed)
        ),
        (#"{"payload":"e30","payloadType":"application/vnd.in-toto+json","signatures":[]}"#, ReportFailure(.malformed)),
        ("", ReportFailure(.malformed)), ("[]", ReportFailure(.malformed)), ("{}", ReportFailure(.malformed)),
    ])
    func refusesOddEnvelopes(_ text: String, _ failure: ReportFailure) {
        #expect(throws: failure) { try ReceivedReport(parsing: Array(text.utf8)) }
    }

    @Test func refusesLargeEnvelopes() {
        let bytes = [UInt8](repeating: 0x20, count: DSSEEnvelope.sizeLimit + 1)
        #expect(throws: ReportFailure(.tooLarge)) { try ReceivedReport(parsing: bytes) }
    }

    @Test func refusesDeepNesting() {
        let bytes = [UInt8](repeating: UInt8(ascii: "["), count: DSSEEnvelope.sizeLimit)
        #expect(throws: ReportFailure(.malformed)) { try ReceivedReport(parsing: bytes) }
    }

    @Test func survivesHostileBytes() {
        func parse(_ bytes: RawSpan) {
            let bytes = bytes.withUnsafeBytes { Array($0) }
            guard let received = try? ReceivedReport(parsing: bytes), bytes != sealed.envelope else { return }
            // A mutation may hit twice and restore the bytes' meaning; what verifies must state the same.
            guard let report = try? received.verified(by: sealer.device) else { return }
            #expect(report.digest == sealed.digest)
        }
        ParserTester.truncations(of: sealed.envelope, parse)
        ParserTester.mutations(of: sealed.envelope, count: 3000, parse)
    }
}

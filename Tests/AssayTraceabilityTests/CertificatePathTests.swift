import AssayModel
import Testing

@testable import AssayTraceability

@Suite struct CertificatePathTests {
    typealias Certificates = IssuedCertificates

    static let now = RecordMoment("2026-06-01")

    static func verify(
        through texts: [String], trusting root: String = Certificates.root, at now: RecordMoment? = now
    ) throws -> RecordSignature {
        let anchors = try TrustAnchors(try TrustAnchorsTests.bytes(root), now: now)
        let certificate = try PlatformCertificate(der: try TrustAnchorsTests.bytes(Certificates.platform))
        return try anchors.verify(certificate, through: try issuers(texts))
    }

    static func issuers(_ texts: [String]) throws -> [IssuerCertificate] {
        try texts.map { try IssuerCertificate(der: try TrustAnchorsTests.bytes($0)) }
    }

    @Test(
        "a path of two certificates leads to the root in any order",
        arguments: [
            [Certificates.low, Certificates.middle], [Certificates.middle, Certificates.low],
            [Certificates.left, Certificates.right, Certificates.lowExpired, Certificates.middle, Certificates.low],
            [Certificates.middleOfOneLevel, Certificates.low, Certificates.middle],
        ])
    func paths(texts: [String]) throws {
        let signature = try Self.verify(through: texts)
        #expect(signature.state == .verified)
        #expect(signature.issuer == "CN=low")
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let path: [String]
        var root = Certificates.root
        let detail: String
    }

    static let faults: [Fault] = [
        Fault(
            testDescription: "more certificates than the path length allows",
            path: [Certificates.low, Certificates.middleOfOneLevel], detail: "allows 0 certificates below it, not 1"),
        Fault(
            testDescription: "more than the trusted one allows", path: [Certificates.low, Certificates.middle],
            root: Certificates.rootOfOneLevel, detail: "allows 0 certificates below it, not 2"),
        Fault(
            testDescription: "expired", path: [Certificates.lowExpired, Certificates.middle],
            detail: "holds from 2025-01-01T00:00:00Z to 2026-01-01T00:00:00Z"),
        Fault(
            testDescription: "not yet valid", path: [Certificates.lowOfTomorrow, Certificates.middle],
            detail: "holds from 2044-01-01T00:00:00Z to 2045-01-01T00:00:00Z"),
        Fault(
            testDescription: "a key for lists only", path: [Certificates.lowWithoutSigning, Certificates.middle],
            detail: "has a key that is not for signing certificates"),
        Fault(
            testDescription: "constraints that nobody checks",
            path: [Certificates.lowConstrained, Certificates.middle],
            detail: "has the critical extension 2.5.29.30, which is not understood"),
        Fault(
            testDescription: "no authority", path: [Certificates.lowNoAuthority, Certificates.middle],
            detail: "is no authority's"),
        Fault(testDescription: "a hole", path: [Certificates.low], detail: "no trusted certificate of CN=middle"),
        Fault(
            testDescription: "a circle", path: [Certificates.left, Certificates.right],
            detail: "no trusted certificate of CN=low"),
    ]

    @Test("what RFC 5280 forbids in a path is refused by name", arguments: faults)
    func refusals(fault: Fault) {
        do {
            _ = try Self.verify(through: fault.path, trusting: fault.root)
            Issue.record("nothing was thrown")
        } catch let error as RecordFailure {
            #expect(error.code == .untrusted)
            #expect(error.detail.hasSuffix(fault.detail), "\(error.detail)")
        } catch { Issue.record("\(error)") }
    }

    @Test func certificatesThatNameEachOtherAreVisitedOnce() throws {
        let certificate = try PlatformCertificate(der: try TrustAnchorsTests.bytes(Certificates.platform))
        // Equal in everything but a number that no signature covers, as far as names go.
        let copies = try [Certificates.left, Certificates.right].flatMap { text in
            try (UInt8(0)..<8).map { number in
                var bytes = try TrustAnchorsTests.bytes(text)
                bytes[bytes.count - 1] ^= number
                return try IssuerCertificate(der: bytes)
            }
        }
        var path = CertificatePath(
            anchors: [], intermediates: copies, now: try #require(Self.now))
        #expect(try !path.leadsFromAnchor(to: certificate))
        #expect(path.checks <= copies.count * 2)
    }

    @Test func signaturesAreCounted() throws {
        let certificate = try PlatformCertificate(der: try TrustAnchorsTests.bytes(Certificates.platform))
        let copies = try (UInt8(0)..<100).map { number in
            // The last octets are the certificate's own signature; its key stays and verifies what it signed.
            var bytes = try TrustAnchorsTests.bytes(Certificates.left)
            bytes[bytes.count - 1] ^= number
            return try IssuerCertificate(der: bytes)
        }
        var path = CertificatePath(anchors: [], intermediates: copies, now: try #require(Self.now))
        #expect(throws: RecordFailure(.tooLarge, field: "issuer CN=low", detail: "")) {
            try path.leadsFromAnchor(to: certificate)
        }
    }
}

import AssayCollector
import AssayModel
import AssayReport
import AssayStore
import NIOHTTP1
import Testing

/// Who gets a certificate, and what it is worth.
struct EnrolmentRoutesTests {
    @Test func tokensAreCheckedAndCounted() async throws {
        try await TestCollector.run { collector in
            let device = try TestDevice(serial: "S1")
            let token = try await collector.makeToken()
            let old = try await collector.makeToken(validFor: .milliseconds(1))
            let other = try TestDevice(serial: "S2")
            let attempts: [(TestDevice, String, Int, String?)] = [
                (device, "nonsense", 401, "token-invalid"),
                (device, "\(token.id).\(String(repeating: "A", count: 32))", 401, "token-invalid"),
                (device, old.credential, 401, "token-expired"), (device, token.credential, 200, nil),
                (device, token.credential, 200, nil), (other, token.credential, 401, "token-used"),
            ]
            try await collector.connect { client in
                for (device, credential, status, code) in attempts {
                    let answer = try await client.send(.POST, "/v1/enroll", try device.enrolment(credential))
                    #expect(answer.status == status)
                    #expect(answer.problem == code)
                }
            }
            #expect(try await collector.store.tokens().first { $0.id == token.id }?.used == 1)
        }
    }

    @Test(
        "requests that are none",
        arguments: ["", "x", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"])
    func refusesCSR(_ csr: String) async throws {
        try await TestCollector.run { collector in
            let token = try await collector.makeToken()
            let body = try CanonicalJSON.encode(
                EnrollmentRequest(token: token.credential, csr: csr, device: DeviceFacts()))
            try await collector.connect { client in
                let answer = try await client.send(.POST, "/v1/enroll", body)
                #expect(answer.status == 400)
                #expect(answer.problem == "csr-invalid")
            }
            #expect(try await collector.store.tokens().first?.used == 0)
        }
    }

    @Test func renewalKeepsTheKey() async throws {
        try await TestCollector.run { collector in
            let device = try await collector.enrol()
            let other = try TestDevice(serial: "S2")
            try await collector.connect(as: device) { client in
                let body = try CanonicalJSON.encode(RenewalRequest(csr: try device.csr()))
                let answer = try await client.send(.POST, "/v1/renew", body)
                #expect(answer.status == 200)
                #expect(try answer.decoded(EnrollmentAnswer.self).deviceID == device.identity.id)
                let foreign = try CanonicalJSON.encode(RenewalRequest(csr: try other.csr()))
                #expect(try await client.send(.POST, "/v1/renew", foreign).problem == "key-mismatch")
            }
        }
    }

    @Test func certificatesOfAnotherAuthorityAreRefused() async throws {
        try await TestCollector.run { first in
            let device = try await first.enrol()
            try await TestCollector.run { second in
                await #expect(throws: (any Error).self) {
                    try await LoopbackClient.with(
                        port: second.port, authority: second.authority.certificateDER,
                        certificate: device.certificate, key: device.keyPEM
                    ) { try await $0.get("/v1/device").status }
                }
            }
        }
    }

    @Test func theAuthorityIsTheLastOfTheChain() async throws {
        try await TestCollector.run { collector in
            let token = try await collector.makeToken()
            #expect(token.authority == .sha256(of: collector.authority.certificateDER))
        }
    }
}

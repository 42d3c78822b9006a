import Foundation
import Testing

/// Tokens that must not let anybody in, each with its reason.
@Suite(.serialized, .ownThread) struct EnrolmentTests {
    @Test func wrongTokensAreRefusedWithAReason() throws {
        let collector = try LiveCollector()
        let other = try LiveCollector()
        let agent = try LiveAgent()
        let token = try collector.token()
        let parts = token.split(separator: ".").map(String.init)
        let secret = String(repeating: "A", count: 32)
        let cases: [(String, Int32, String)] = [
            ("assay1.nonsense", 64, "the join token cannot be read"),
            (try other.token(), 69, "is the authority of the token"),
            ([parts[0], parts[1], secret, parts[3]].joined(separator: "."), 77, "not of this collector"),
            ([parts[0], "AAAAAAAAAAAA", parts[2], parts[3]].joined(separator: "."), 77, "not of this collector"),
        ]
        for (wrong, status, words) in cases {
            let result = try agent.enroll(collector, token: wrong)
            #expect(result.status == status, "\(words): \(result.errors)")
            #expect(result.errors.contains(words), "\(result.errors)")
            #expect(!result.errors.contains(parts[2]) && !result.errors.contains("nonsense"), "a secret in a message")
            #expect(!FileManager.default.fileExists(atPath: agent.state + "/enrollment.json"))
        }
        #expect(try agent.enroll(collector, token: token).status == 0)
        let second = try LiveAgent().enroll(collector, token: token)
        #expect(second.status == 77)
        #expect(second.errors.contains("The join token is used up; ask for a new token"), "\(second.errors)")
        #expect(try collector.json(["devices", "list"])["items"].map { ($0 as? [Any])?.count } == 1)
    }

    @Test func aWithdrawnTokenLetsNobodyIn() throws {
        let collector = try LiveCollector()
        let token = try collector.token()
        try collector.ok(["token", "revoke", String(token.split(separator: ".")[1])])
        let refused = try LiveAgent().enroll(collector, token: token)
        #expect(refused.status == 77)
        #expect(refused.errors.contains("revoked"), "\(refused.errors)")
    }

    @Test(.enabled(if: ShiftedClock.compiler != nil, "needs a C compiler")) func anExpiredTokenIsNamed() throws {
        let collector = try LiveCollector()
        let token = try collector.token()
        collector.kill()
        try collector.start(days: 2)
        let refused = try LiveAgent().enroll(collector, token: token)
        #expect(refused.status == 77)
        #expect(refused.errors.contains("The join token has expired; ask for a new token"), "\(refused.errors)")
    }

    @Test func aCollectorThatIsDownIsNamed() throws {
        let collector = try LiveCollector()
        let token = try collector.token()
        collector.kill()
        let agent = try LiveAgent()
        let failed = try agent.enroll(collector, token: token)
        #expect(failed.status == 69)
        #expect(failed.errors.contains("collector unreachable") && failed.errors.contains(collector.address))
        #expect(!FileManager.default.fileExists(atPath: agent.state + "/enrollment.json"))
        let early = try agent.report()
        #expect(early.status == 69)
        #expect(early.errors.contains("assay-agent enroll"), "\(early.errors)")
        try collector.start()
        #expect(try agent.enroll(collector, token: token).status == 0, "the token was not used up")
    }
}

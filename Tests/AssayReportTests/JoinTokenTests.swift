import AssayModel
import Testing

@testable import AssayReport

@Suite struct JoinTokenTests {
    private static let fingerprint = ContentDigest.sha256(of: [7])
    private static let text = "assay1.AAECAwQFBgcI.AAECAwQFBgcICQoLDA0ODxAREhMUFRYX.\(fingerprint.hex)"

    @Test func writesAndReads() throws {
        let made = try #require(JoinToken(id: Array(0..<9), secret: Array(0..<24), authority: Self.fingerprint))
        #expect(made.text == Self.text)
        #expect(made.credential == "AAECAwQFBgcI.AAECAwQFBgcICQoLDA0ODxAREhMUFRYX")
        #expect(try JoinToken(parsing: Self.text) == made)
        #expect(try JoinToken(parsing: " \n\(Self.text)\n") == made)
        let parts = try #require(JoinToken.split(credential: made.credential))
        #expect(parts.id == made.id)
        #expect(parts.secret == made.secret)
    }

    @Test func needsTheRightNumberOfBytes() {
        #expect(JoinToken(id: Array(0..<8), secret: Array(0..<24), authority: Self.fingerprint) == nil)
        #expect(JoinToken(id: Array(0..<9), secret: Array(0..<25), authority: Self.fingerprint) == nil)
    }

    @Test(arguments: [
        ("", ReportFailure(.unsupportedSchema)), ("assay2." + text.dropFirst(7), ReportFailure(.unsupportedSchema)),
        ("assay1.a.b", ReportFailure(.malformed)), (text + ".x", ReportFailure(.malformed)),
        (String(text.dropLast()), ReportFailure(.malformed)), (text.uppercased(), ReportFailure(.unsupportedSchema)),
        (text.replacing("AAECAwQFBgcI.", with: "AAECAwQFBgc."), ReportFailure(.malformed)),
        (text.replacing("REhMUFRYX", with: "REhMUFRY"), ReportFailure(.malformed)),
        (text.replacing("REhMUFRYX", with: "REhMUFRY+"), ReportFailure(.malformed)),
        (String(repeating: "a", count: 1000), ReportFailure(.tooLarge)),
    ])
    func refusesOtherText(_ text: String, _ failure: ReportFailure) {
        #expect(throws: failure) { try JoinToken(parsing: text) }
    }

    @Test(arguments: ["", ".", "AAECAwQFBgcI", "AAECAwQFBgcI.AAAA", "a.b.c"]) func refusesOtherCredentials(
        _ text: String
    ) {
        #expect(JoinToken.split(credential: text) == nil)
    }
}

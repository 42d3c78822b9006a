import AssayBytes
import AssayHost
import AssayTestKit
import Testing

@testable import AssayFiles

@Suite struct VerityDigestTests {
    /// A `struct fsverity_digest` in the byte order of this machine.
    private static func answer(_ algorithm: UInt16, _ size: UInt16, _ digest: [UInt8]) -> [UInt8] {
        withUnsafeBytes(of: (algorithm, size)) { Array($0) } + digest
    }

    private static let sha256 = answer(1, 32, Array(0..<32))

    private func failure(_ bytes: [UInt8]) -> ParseFailure? {
        do throws(ParseFailure) {
            _ = try VerityDigest(parsing: bytes.span.bytes)
            return nil
        } catch { return error }
    }

    @Test(
        "both algorithms of the kernel are read",
        arguments: [(1, 32, "sha256"), (2, 64, "sha512")] as [(UInt16, UInt16, String)])
    func reads(_ algorithm: UInt16, _ size: UInt16, _ name: String) throws {
        let digest = [UInt8](0..<UInt8(size))
        let answer = Self.answer(algorithm, size, digest)
        let verity = try VerityDigest(parsing: answer.span.bytes)
        #expect(verity.algorithm == name && verity.bytes == digest)
        #expect(verity.description.hasPrefix("\(name):000102"))
        #expect(verity.description.count == name.count + 1 + Int(size) * 2)
    }

    @Test(
        "what the kernel cannot have said is refused",
        arguments: [
            (answer(0, 32, Array(0..<32)), .unsupported), (answer(3, 32, Array(0..<32)), .unsupported),
            (answer(1, 64, Array(0..<64)), .badLength), (answer(1, 32, Array(0..<33)), .badLength),
            (answer(1, 32, Array(0..<31)), .truncated), ([], .truncated),
        ] as [([UInt8], ParseFailure.Code)])
    func refuses(_ answer: [UInt8], _ code: ParseFailure.Code) { #expect(failure(answer)?.code == code) }

    @Test func survivesAnything() {
        for count in 0..<Self.sha256.count { #expect(failure(Array(Self.sha256.prefix(count)))?.code == .truncated) }
        ParserTester.mutations(of: Self.sha256) { _ = try? VerityDigest(parsing: $0) }
    }

    @Test("a file that the kernel does not vouch for has none") func plainFile() throws {
        let tree = try HostTree(["f": "content"])
        guard let file = try tree.root().open("/f") else {
            Issue.record("the file is gone")
            return
        }
        let status = try file.status()
        #expect(!status.hasVerity)
        let digest = VerityDigest.measured(file)
        #expect(digest == nil)
    }
}

import AssayModel
import Crypto

@testable import AssayReport

/// Fixed keys and a fixed report, so that digests in the tests are stable.
enum TestKeys {
    /// The key of RFC 6979, A.2.5, which is public and so good for tests only.
    static func device() throws -> P256.Signing.PrivateKey {
        let scalar: [UInt8] = [
            0xc9, 0xaf, 0xa9, 0xd8, 0x45, 0xba, 0x75, 0x16, 0x6b, 0x5c, 0x21, 0x57, 0x67, 0xb1, 0xd6, 0x93,
            0x4e, 0x50, 0xc3, 0xdb, 0x36, 0xe8, 0x9b, 0x12, 0x7b, 0x8a, 0x62, 0x2b, 0x12, 0x0f, 0x67, 0x21,
        ]
        return try P256.Signing.PrivateKey(rawRepresentation: scalar)
    }

    static func predicate(sequence: UInt64 = 42) -> ReportStatement.Predicate {
        ReportStatement.Predicate(
            sequence: sequence, previous: .sha256(of: [1]), bootID: "9f8b1c0e-0000-4000-8000-000000000001",
            takenAt: "2026-01-31T12:00:00Z",
            agent: .init(name: "assay-agent", version: "0.1.0", digest: .sha256(of: [2])),
            sections: [
                "components": SectionDescriptor(digest: .sha256(of: [3]), lines: 61, size: 23_117),
                "files": SectionDescriptor(digest: .sha256(of: [4]), lines: 5120, size: 1_250_000, shards: 64),
            ], gaps: ["denied": 3], nonce: "bm9uY2U")
    }
}

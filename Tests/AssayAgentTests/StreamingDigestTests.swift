import AssayModel
import AssayTestKit
import Testing

@testable import AssayAgent

@Suite struct StreamingDigestTests {
    @Test("in whatever pieces the bytes come, the digest is that of the whole", arguments: [1, 7, 64, 65, 5000])
    func pieces(_ size: Int) {
        var random = SplitMix64(state: 4)
        let bytes = (0..<5000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        var digest = StreamingDigest()
        var rest = bytes[...]
        while !rest.isEmpty {
            digest.update(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        #expect(digest.finish() == .sha256(of: bytes))
    }

    @Test("known answers (FIPS 180-2, B.1)") func known() {
        var digest = StreamingDigest()
        #expect(digest.finish().hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        digest.update(Array("abc".utf8))
        #expect(digest.finish().hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test("asking for the digest does not end it") func goesOn() {
        var digest = StreamingDigest()
        digest.update([1])
        _ = digest.finish()
        digest.update([2])
        #expect(digest.finish() == .sha256(of: [1, 2] as [UInt8]))
    }
}

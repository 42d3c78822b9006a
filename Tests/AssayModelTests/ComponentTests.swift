import Testing

@testable import AssayModel

@Suite struct ComponentTests {
    private let component = Component(
        .pci, at: "pci/0000:00:1f.0",
        evidence: Evidence(probe: "pci/devices", path: "/sys/bus/pci/devices/0000:00:1f.0"),
        model: "a/b", ids: ["vendor": "8086"], digests: ["config": .sha256(of: [])])

    @Test func canonicalFormIsSortedAndLeavesAbsentFieldsOut() throws {
        let text = String(decoding: try CanonicalJSON.encode(component), as: UTF8.self)
        let empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        #expect(
            text == """
                {"class":"pci","digests":{"config":"\(empty)"},"evidence":{"access":"direct","path":\
                "/sys/bus/pci/devices/0000:00:1f.0","probe":"pci/devices"},"ids":{"vendor":"8086"},\
                "location":"pci/0000:00:1f.0","model":"a/b"}
                """)
        #expect(try CanonicalJSON.decode(Component.self, from: Array(text.utf8)) == component)
    }

    @Test func unknownClassesSurvive() throws {
        let json = #"{"class":"warp-core","location":"x","evidence":{"probe":"p","path":"/","access":"direct"}}"#
        let read = try CanonicalJSON.decode(Component.self, from: Array(json.utf8))
        #expect(read.componentClass.rawValue == "warp-core")
        #expect(read.ids.isEmpty)
    }
}

@Suite struct ContentDigestTests {
    @Test(arguments: ["", "sha256:", "sha256:00", "md5:" + String(repeating: "0", count: 64)])
    func refusesOtherText(_ text: String) { #expect(ContentDigest(text) == nil) }

    @Test func refusesUpperCaseAndOtherLetters() {
        #expect(ContentDigest("sha256:" + String(repeating: "A", count: 64)) == nil)
        #expect(ContentDigest("sha256:" + String(repeating: "g", count: 64)) == nil)
        #expect(ContentDigest("sha256:" + String(repeating: "a", count: 64))?.hex.count == 64)
    }

    @Test("text, bytes and order of a digest belong together") func textAndBytesAgree() throws {
        let bytes = (0..<32).map { UInt8(truncatingIfNeeded: $0 * 37 + 200) }
        let digest = ContentDigest(bytes: bytes)
        #expect(digest.bytes == bytes)
        #expect(digest.hex == bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
        #expect(ContentDigest(digest.description) == digest)
        #expect(ContentDigest(digest.description.dropFirst(0)) == digest)
        for index in 0..<32 {
            var other = bytes
            other[index] ^= 1
            let changed = ContentDigest(bytes: other)
            #expect(changed != digest)
            #expect((changed < digest) == (changed.description < digest.description))
        }
    }

    // FIPS 180-4 example: SHA-256("abc").
    @Test func knownValue() {
        let expected = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(ContentDigest.sha256(of: Array("abc".utf8)).description == expected)
        #expect(ContentDigest.sha256(of: "abc".utf8.lazy.map { $0 }).description == expected)
    }
}

import Testing

@testable import AssayReport

@Suite struct Base64Tests {
    /// RFC 4648, 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func agreesWithTheStandardsVectors(_ plain: String, _ encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
        let unpadded = String(encoded.prefix { $0 != "=" })
        #expect(Base64.encodeURLSafe(Array(plain.utf8)) == unpadded)
        #expect(Base64.decodeURLSafe(unpadded) == Array(plain.utf8))
    }

    @Test func readsBothAlphabets() {
        let bytes: [UInt8] = [0xfb, 0xff, 0xbf]
        #expect(Base64.encode(bytes) == "+/+/")
        #expect(Base64.decode("+/+/") == bytes)
        #expect(Base64.decode("-_-_") == bytes)
        #expect(Base64.encodeURLSafe(bytes) == "-_-_")
    }

    @Test(
        "only the one spelling that the encoder writes is accepted",
        arguments: ["Zh==", "Zm9=", "Zg=", "Zg", "Z", "Zg===", "====", "Zm9v\n", " Zm9v", "Zm=v", "+_+_", "Zm9vé"])
    func refusesOtherSpellings(_ text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(arguments: ["Zg==", "Zh", "Z", "Zm9v+A", "a b"]) func refusesOtherURLSafeSpellings(_ text: String) {
        #expect(Base64.decodeURLSafe(text) == nil)
    }

    @Test func roundTripsEveryLength() {
        for count in 0..<70 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 73 &+ count) }
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
            #expect(Base64.decodeURLSafe(Base64.encodeURLSafe(bytes)) == bytes)
        }
    }
}

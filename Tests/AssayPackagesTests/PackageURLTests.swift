import AssayTestKit
import FoundationEssentials
import Testing

@testable import AssayPackages

@Suite struct PackageURLTests {
    @Test(arguments: [
        (
            PackageURL(type: "deb", namespace: ["debian"], name: "attr", version: "1:2.4.47-2+b1"),
            "pkg:deb/debian/attr@1:2.4.47-2%2Bb1"
        ),
        (
            PackageURL(
                type: "deb", name: "x", version: "0.34~cvs2", qualifiers: ["distro": "debian-12", "arch": "amd64"]),
            "pkg:deb/x@0.34~cvs2?arch=amd64&distro=debian-12"
        ),
        (
            PackageURL(type: "deb", name: "x", version: "1", qualifiers: ["upstream": "gcc-12@12.2.0-14", "arch": ""]),
            "pkg:deb/x@1?upstream=gcc-12%4012.2.0-14"
        ),
        (PackageURL(type: "generic", namespace: ["a b", ""], name: "ä/?#%"), "pkg:generic/a%20b/%C3%A4%2F%3F%23%25"),
    ])
    func writesTheCanonicalForm(_ url: PackageURL, _ text: String) {
        #expect(url.description == text)
    }

    private struct Vectors: Decodable {
        struct Vector: Decodable {
            struct Parts: Decodable {
                var type: String
                var namespace: String?
                var name: String
                var version: String?
                var qualifiers: [String: String]?
                var subpath: String?
            }

            var kind: String
            var input: Parts?
            var output: String?

            private enum CodingKeys: String, CodingKey {
                case kind = "test_type"
                case input
                case output = "expected_output"
            }

            init(from decoder: any Decoder) throws {
                let values = try decoder.container(keyedBy: CodingKeys.self)
                kind = try values.decode(String.self, forKey: .kind)
                guard kind == "build" else { return }
                input = try values.decode(Parts.self, forKey: .input)
                output = try values.decodeIfPresent(String.self, forKey: .output)
            }
        }

        var tests: [Vector]
    }

    @Test("builds what the purl project's own vectors expect", .enabled(if: Corpus.isAvailable))
    func agreesWithVectors() throws {
        let file = try Corpus.bytes("vulnerabilities/purl/deb-test.json")
        let vectors = try JSONDecoder().decode(Vectors.self, from: Data(file)).tests.filter { $0.kind == "build" }
        #expect(vectors.count >= 5)
        for vector in vectors {
            guard let parts = vector.input, parts.subpath == nil else { continue }
            let url = PackageURL(
                type: parts.type, namespace: (parts.namespace ?? "").split(separator: "/").map(String.init),
                name: parts.name, version: parts.version, qualifiers: parts.qualifiers ?? [:])
            #expect(url.description == vector.output)
        }
    }
}

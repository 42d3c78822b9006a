import AssayBytes
import AssayModel
import AssayTestKit
import FoundationEssentials
import Testing

@testable import AssayProbes

/// Builds signature lists byte by byte.
enum SignatureListBytes {
    static func guid(_ text: String) -> [UInt8] {
        let bytes = Hex.bytes(text.filter { $0 != "-" }) ?? []
        return [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map { bytes[$0] }
    }

    static func word(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

    static func list(_ type: String, _ entries: [[UInt8]], header: [UInt8] = [], size: Int? = nil) -> [UInt8] {
        let signatureSize = 16 + (entries.first?.count ?? 0)
        let length = 28 + header.count + entries.count * signatureSize
        return guid(type) + word(size ?? length) + word(header.count) + word(signatureSize) + header
            + entries.flatMap { [UInt8](repeating: 0x0f, count: 16) + $0 }
    }

    static func hashes(_ count: Int) -> [UInt8] {
        list(
            EFISignatureList.SignatureType.sha256.rawValue, (0..<count).map { [UInt8](repeating: UInt8($0), count: 32) }
        )
    }
}

@Suite struct EFISignatureDatabaseTests {
    private static let x509 = EFISignatureList.SignatureType.x509.rawValue

    @Test func countsCertificatesHashesAndOthers() {
        let bytes =
            SignatureListBytes.list(Self.x509, [[1, 2, 3]]) + SignatureListBytes.hashes(3)
            + SignatureListBytes.list("00112233-4455-6677-8899-aabbccddeeff", [[1], [2]], header: [9, 9])
        let database = EFISignatureDatabase(parsing: bytes.span.bytes)
        #expect(database.failure == nil)
        #expect(database.lists.map(\.type) == [.x509, .sha256, nil])
        let summary = database.summary(name: "db", content: bytes)
        #expect(summary.certificates == 1 && summary.hashes == 3 && summary.others == 2)
        #expect(summary.certificateDigests == [.sha256(of: [1, 2, 3])])
        #expect(summary.digest == .sha256(of: bytes))
    }

    @Test("every fixed size of the standard is enforced", arguments: EFISignatureList.SignatureType.allCases)
    func enforcesSizes(_ type: EFISignatureList.SignatureType) {
        let right = SignatureListBytes.list(type.rawValue, [[UInt8](repeating: 1, count: type.dataSize ?? 5)])
        #expect(EFISignatureDatabase(parsing: right.span.bytes).failure == nil)
        let wrong = SignatureListBytes.list(type.rawValue, [[UInt8](repeating: 1, count: (type.dataSize ?? 5) + 1)])
        let failure = EFISignatureDatabase(parsing: wrong.span.bytes).failure
        #expect(failure == (type.dataSize == nil ? nil : ParseFailure(.badValue, "", at: 0)))
    }

    @Test(
        "a damaged list ends the database with a reason",
        arguments: [
            (SignatureListBytes.list(x509, [[1]], size: 20), ParseFailure.Code.badLength),
            (SignatureListBytes.list(x509, [[1]], size: 1000), .truncated),
            (SignatureListBytes.list(x509, [[1]], size: 44), .badLength),
            (SignatureListBytes.list(x509, [[]]), .badLength),
            (Array(SignatureListBytes.hashes(1).prefix(20)), .truncated),
            (
                SignatureListBytes.guid(x509) + [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 17, 0, 0, 0],
                .badLength
            ),
        ])
    func keepsWhatStandsBeforeTheDamage(_ damage: [UInt8], _ code: ParseFailure.Code) {
        let bytes = SignatureListBytes.hashes(2) + damage
        let database = EFISignatureDatabase(parsing: bytes.span.bytes)
        #expect(database.failure?.code == code)
        #expect(database.lists.map(\.signatures.count) == [2])
    }

    @Test func survivesAnything() {
        let input = SignatureListBytes.hashes(2) + SignatureListBytes.list(Self.x509, [[1, 2, 3, 4]], header: [7])
        let parse = { (bytes: RawSpan) in _ = EFISignatureDatabase(parsing: bytes).summary(name: "db", content: []) }
        ParserTester.truncations(of: input, parse)
        ParserTester.mutations(of: input, parse)
    }
}

@Suite("signature databases of real machines", .enabled(if: Corpus.isAvailable)) struct EFISignatureDatabaseCorpusTests
{
    @Test("agree with the annotations beside them", arguments: ["efivars-machine0", "efivars-machine2"])
    func agreesWithAnnotations(_ machine: String) throws {
        let types = ["x509_cert": EFISignatureList.SignatureType.x509, "sha256": .sha256, "rsa2048": .rsa2048]
        var seen = 0
        for note in Corpus.files(in: "efi/\(machine)/annotations", suffix: ".txt") {
            let name = note.split(separator: "/").last.map { $0.dropLast(4) } ?? ""
            let bytes = Array(try Corpus.bytes("efi/\(machine)/data/\(name)").dropFirst(4))
            let lines = try Corpus.text(note).split(separator: "\n")
            let database = EFISignatureDatabase(parsing: bytes.span.bytes)
            #expect(database.failure == nil, "\(name)")
            let expectedTypes = lines.filter { $0.contains("].signature_type = {") }
                .map { types[String($0.split(separator: "{").last?.dropLast() ?? "")] }
            #expect(database.lists.map(\.type) == expectedTypes, "\(name)")
            let owners = lines.count { $0.contains("].owner = ") }
            #expect(database.lists.map(\.signatures.count).reduce(0, +) == owners, "\(name)")
            seen += owners
        }
        #expect(seen > 100)
    }

    private struct Update: Decodable {
        struct List: Decodable {
            struct Entry: Decodable {
                var owner: String
                var data: String?
                var sha256OfData: String?
            }

            var offset: Int
            var type: String
            var listSize: Int
            var signatureSize: Int
            var entries: Int
            var first: [Entry]
            var last: [Entry]
        }

        var pkcs7CertificateLength: Int
        var lists: [List]
    }

    @Test(
        "agree with the decodes of signed updates",
        arguments: [
            "DBUpdate2024-amd64.bin", "DBXUpdate-amd64.bin", "KEK/Adlink-KEKUpdate_Adlink_PK1.bin",
            "KEK/Dell-KEKUpdate_Dell_PK1.bin", "KEK/Intel-KEKUpdate_Intel_PK1.bin",
            "KEK/Kontron-KEKUpdate_Kontron_PK1.bin", "KEK/Lenovo-KEKUpdate_Lenovo_PK1.bin",
        ])
    func agreesWithUpdates(_ name: String) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let expected = try decoder.decode(
            Update.self, from: Data(try Corpus.bytes("efi/microsoft/\(name).expected.json")))
        let bytes = try Corpus.bytes("efi/microsoft/\(name)")
        // EFI_VARIABLE_AUTHENTICATION_2 (UEFI 2.10, 8.2.2): a 16-byte time stamp, then the certificate, its length
        // first.
        let length = (0..<4).reduce(0) { $0 | Int(bytes[16 + $1]) << (8 * $1) }
        #expect(length == expected.pkcs7CertificateLength)
        let content = Array(bytes.dropFirst(16 + length))
        let database = EFISignatureDatabase(parsing: content.span.bytes)
        #expect(database.failure == nil)
        #expect(database.lists.count == expected.lists.count)
        for (list, expectedList) in zip(database.lists, expected.lists) {
            #expect(list.typeGUID.description == expectedList.type)
            #expect(list.listSize == expectedList.listSize)
            #expect(list.signatureSize == expectedList.signatureSize)
            #expect(list.signatures.count == expectedList.entries)
            let ends = [
                (list.signatures.first, expectedList.first.first), (list.signatures.last, expectedList.last.last),
            ]
            for (found, wanted) in ends {
                #expect(found?.owner.description == wanted?.owner)
                // Certificates are given by their digest.
                let digest = wanted?.sha256OfData
                let data = found?.data ?? []
                #expect(digest == nil || ContentDigest.sha256(of: data).hex == digest)
                #expect(digest != nil || Hex.string(data) == wanted?.data)
            }
        }
    }

    @Test func namesEveryRevokedImage() throws {
        let bytes = try Corpus.bytes("efi/efivars-machine2/data/dbx-d719b2cb-3d3a-4596-a3bc-dad00e67656f")
        let database = EFISignatureDatabase(parsing: Array(bytes.dropFirst(4)).span.bytes)
        let names = try Corpus.text("efi/microsoft/dbx_info_msft_latest.json").lowercased()
        let hashes = database.lists.filter { $0.type == .sha256 }.flatMap(\.signatures).map { Hex.string($0.data) }
        #expect(hashes.count == 77)
        #expect(hashes.filter { !names.contains($0) } == [])
    }

    @Test(arguments: [
        ("signature-lists/db.msft2011", 1, 0), ("signature-lists/db.shim-13-0.2.fedora.x64.sha256", 0, 1),
        ("signature-lists/db.shim-13-0.2.fedora.x64.sha384", 0, 1),
    ])
    func readsSingleLists(_ name: String, _ certificates: Int, _ hashes: Int) throws {
        let bytes = try Corpus.bytes("efi/" + name)
        let database = EFISignatureDatabase(parsing: bytes.span.bytes)
        #expect(database.failure == nil)
        let summary = database.summary(name: name, content: bytes)
        #expect(summary.certificates == certificates && summary.hashes == hashes && summary.others == 0)
    }
}

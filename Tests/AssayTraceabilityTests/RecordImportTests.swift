import AssayModel
import AssayTestKit
import Foundation
import Testing

@testable import AssayTraceability

@Suite struct RecordImportTests {
    @Test(
        "forms are recognised by their content",
        arguments: [
            ("a,b\n1,2", RecordForm.csv), ("\u{feff}a;b\n", .csv), (#"{"schema": "assay/delta/v1"}"#, .json),
            (#" {"bomFormat": "CycloneDX"}"#, .cyclonedx), (#"{"type": "EPCISDocument"}"#, .epcis),
            (#"{"components": []}"#, .paccor), (#"{"PLATFORM": {}}"#, .paccor),
            ("-----BEGIN CERTIFICATE-----", .certificate),
        ])
    func detect(text: String, form: RecordForm) throws { #expect(try RecordForm.detect(Array(text.utf8)) == form) }

    @Test("what is no form is none", arguments: ["", "word", "{}", "[1,2]", #"{"a": 1}"#])
    func noForm(text: String) throws {
        #expect(try RecordForm.detect(Array(text.utf8)) == nil)
        #expect(throws: RecordFailure(.unknownForm, field: "", detail: "")) {
            try RecordImport.read(Array(text.utf8))
        }
    }

    @Test(
        "what begins as JSON and is none says why",
        arguments: [
            ("{", RecordFailure(.malformed, field: "", detail: "")),
            (#"[{"a": 1]"#, RecordFailure(.malformed, field: "", detail: "")),
            (#"{"schema": "assay/as-built/v1",}"#, RecordFailure(.malformed, field: "", detail: "")),
            (#"{"type": "EPCISDocument", "type": "x"}"#, RecordFailure(.duplicate, field: "type", detail: "")),
            (String(repeating: "[", count: 40), RecordFailure(.tooDeep, field: "", detail: "")),
        ])
    func brokenJSON(text: String, failure: RecordFailure) {
        #expect(throws: failure) { try RecordImport.read(Array(text.utf8)) }
    }

    @Test func ourOwnDocumentsStayAsTheyAre() throws {
        var record = AsBuiltRecord(device: .init(serial: "A"), components: [BuiltComponent(.memory)])
        record.components[0].addresses = [NetworkAddress(.other, "odd")]
        record.components[0].registryEntry = RegistryEntry(registry: "1.2", value: "00000001", texts: ["MODEL": "x"])
        record.firmwareManifest = [FirmwareImage(name: "bios", version: "1", signer: "CN=acme")]
        var delta = RecordDelta(device: .init(serial: "A"), amends: .init(serial: "A"))
        delta.kind = .rma
        delta.changes = [ComponentChange(.added, BuiltComponent(.usb))]
        for (bytes, content) in [
            (try CanonicalJSON.encode(record), ImportedDocument.Content.record(record)),
            (try CanonicalJSON.encode(delta), .delta(delta)),
            (try CanonicalJSON.encode(HardwareProfile(id: "p", version: "1")), .profile(.init(id: "p", version: "1"))),
        ] {
            let documents = try RecordImport.read(bytes)
            #expect(documents.map(\.content) == [content])
            #expect(documents.map(\.form) == [.json])
        }
    }

    @Test(arguments: [
        (#"{"schema": "assay/thing/v1"}"#, RecordFailure(.unknownSchema, field: "schema", detail: "")),
        (
            #"{"schema": "assay/delta/v1", "amends": {}}"#, RecordFailure(.invalid, field: "amends", detail: "")
        ),
        (
            #"{"schema": "assay/delta/v1", "amends": {"serial": "A"}, "changes": [{"class": "usb", "status": "lost"}]}"#,
            RecordFailure(.invalid, field: "changes[0].status", detail: "")
        ),
        (
            #"{"schema": "assay/delta/v1", "amends": {"serial": "A"}, "changedAt": "soon"}"#,
            RecordFailure(.invalid, field: "changedAt", detail: "")
        ),
        (
            #"{"schema": "assay/as-built/v1", "device": {"serial": "A"}, "components": [{"class": "usb", "supplierTier": 0}]}"#,
            RecordFailure(.invalid, field: "components[0].supplierTier", detail: "")
        ),
    ])
    func faults(text: String, failure: RecordFailure) {
        #expect(throws: failure) { try RecordImport.read(Array(text.utf8)) }
    }

    @Test("a certificate is trusted or refused, or says that nobody looked", .enabled(if: Corpus.isAvailable))
    func certificates() throws {
        let bytes = try Corpus.bytes("platform-certs/" + CertificateChainTests.base)
        let unchecked = try RecordImport.read(bytes)
        guard case .record(let record)? = unchecked.first?.content else {
            Issue.record("no record")
            return
        }
        #expect(record.source?.signature?.state == .unchecked)
        #expect(record.source?.document == .sha256(of: bytes))
        #expect(record.source?.holder?.serial == "1642813778a")
        let chain = RecordChain(base: record).resolve([])
        #expect(chain.defects.map(\.kind) == [.signatureUnchecked])
        let anchors = try PlatformCertificateTests.anchors.get()
        #expect(try RecordImport.read(bytes, trusting: anchors).count == 1)
        let stranger = try Corpus.bytes("platform-certs/go-attestation/lenovo.cer")
        #expect(throws: RecordFailure.self) { try RecordImport.read(stranger, trusting: anchors) }
    }

    @Test("vendors' authority certificates read", .enabled(if: Corpus.isAvailable))
    func authorities() throws {
        for name in Corpus.files(in: "platform-certs/hirs-ek") where !name.contains("header_removed") {
            _ = try TrustAnchors(try Corpus.bytes(name))
        }
    }

    @Test("each of 358 vendors' certificates reads, or fails by name", .enabled(if: Corpus.isAvailable))
    func vendors() throws {
        let folder = try UnpackedFolder()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        let archive = (Corpus.path ?? "") + "/platform-certs/reference/oem_certs.zip"
        process.arguments = ["-m", "zipfile", "-e", archive, folder.path]
        try process.run()
        process.waitUntilExit()
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        var read = 0
        for name in names.sorted() {
            guard let data = FileManager.default.contents(atPath: folder.path + "/" + name), !data.isEmpty else {
                continue
            }
            do {
                _ = try TrustAnchors([UInt8](data))
                read += 1
            } catch { #expect(error.code == .malformed, "\(name): \(error)") }
        }
        #expect(read > 340, "only \(read) of \(names.count) read")
    }
}

import AssayModel
import Testing

@testable import AssayTraceability

/// Input that is wrong on purpose, in every form: each is refused with its place, and nothing of it is taken.
@Suite struct BadInputTests {
    private static let huge = String(repeating: "x", count: 10_000_000)

    /// A text of ten megabytes in each form that takes texts.
    private static let hugeTexts: [(name: String, text: String, RecordFailure)] = [
        (
            "JSON", #"{"schema": "assay/as-built/v1", "device": {"serial": "\#(huge)"}}"#,
            RecordFailure(.tooLarge, field: "", detail: "")
        ),
        (
            "table", "unit serial,class,serial\nA,memory,1\nB,memory,\(huge)",
            RecordFailure(.tooLarge, field: "row 3, column 3", detail: "")
        ),
        (
            "CycloneDX",
            #"{"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": {"name": "\#(huge)"}}}"#,
            RecordFailure(.tooLarge, field: "", detail: "")
        ),
    ]

    @Test("Ten megabytes of text are refused with their place", arguments: hugeTexts.indices)
    func tenMegabytes(_ index: Int) {
        let (name, text, failure) = Self.hugeTexts[index]
        #expect(throws: failure, "\(name)") { try RecordImport.read(Array(text.utf8)) }
    }

    @Test("A table with one wrong row gives none of its units")
    func nothingIsHalfImported() {
        #expect(throws: RecordFailure(.invalid, field: "row 3, column MAC", detail: "")) {
            try RecordImport.read(
                Array("unit serial,class,MAC\nA,network,82:89:fa:d3:61:01\nB,network,82:89:fa:d3:61".utf8))
        }
        #expect(throws: RecordFailure(.unknownField, field: "row 1, column 3 (serail)", detail: "")) {
            try RecordImport.read(Array("unit serial,class,serail\nA,memory,1".utf8))
        }
    }

    @Test(
        "What begins as a certificate and is none says where",
        arguments: [
            "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
            "-----BEGIN ATTRIBUTE CERTIFICATE-----\n!!!!\n-----END ATTRIBUTE CERTIFICATE-----\n",
            "-----BEGIN ATTRIBUTE CERTIFICATE-----\nMIIB",
        ])
    func certificates(text: String) {
        #expect {
            try RecordImport.read(Array(text.utf8))
        } throws: { error in
            guard let failure = error as? RecordFailure else { return false }
            return [.malformed, .unknownForm].contains(failure.code) && !failure.description.isEmpty
        }
    }
}

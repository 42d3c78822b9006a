import AssayModel
import AssayTestKit
import Testing

@testable import AssayReport

@Suite struct SectionIndexTests {
    private static let shard = SectionIndex.Shard(digest: .sha256(of: [1]), lines: 1, size: 10)
    private let index = SectionIndex(section: "files", shards: Array(repeating: shard, count: 64))
    private let descriptor = SectionDescriptor(digest: .sha256(of: []), lines: 64, size: 640, shards: 64)

    @Test func canonicalFormIsFixed() throws {
        let text = String(decoding: try SectionIndex(section: "files", shards: [Self.shard]).encoded(), as: UTF8.self)
        #expect(
            text == """
                {"lines":1,"schema":"assay/section-index/v1","section":"files","shards":[{"digest":\
                "sha256:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a","lines":1,"size":10}]}
                """)
    }

    @Test func acceptsWhatItWrote() throws {
        #expect(try SectionIndex(parsing: index.encoded(), of: "files", as: descriptor) == index)
    }

    @Test func refusesContradictions() throws {
        let bytes = try index.encoded()
        func expectMalformed(_ change: (inout SectionDescriptor) -> Void) {
            var other = descriptor
            change(&other)
            #expect(throws: ReportFailure(.malformed)) {
                try SectionIndex(parsing: bytes, of: "files", as: other)
            }
        }
        expectMalformed { $0.lines = 65 }
        expectMalformed { $0.size = 641 }
        expectMalformed { $0.shards = 256 }
        expectMalformed { $0.shards = nil }
        #expect(throws: ReportFailure(.malformed)) {
            try SectionIndex(parsing: bytes, of: "packages", as: descriptor)
        }
    }

    @Test func refusesAnotherSchema() throws {
        var other = index
        other.schema = "assay/section-index/v2"
        #expect(throws: ReportFailure(.unsupportedSchema)) {
            try SectionIndex(parsing: other.encoded(), of: "files", as: descriptor)
        }
    }

    @Test func refusesCountsThatOverflow() throws {
        var other = index
        other.shards[0].lines = .max
        other.shards[0].size = .max
        #expect(throws: ReportFailure(.malformed)) {
            try SectionIndex(parsing: other.encoded(), of: "files", as: descriptor)
        }
    }

    @Test func survivesHostileBytes() throws {
        let bytes = try index.encoded()
        func parse(_ bytes: RawSpan) {
            _ = try? SectionIndex(parsing: bytes.withUnsafeBytes { Array($0) }, of: "files", as: descriptor)
        }
        ParserTester.truncations(of: Array(bytes.prefix(300)), parse)
        ParserTester.mutations(of: bytes, count: 300, parse)
    }
}

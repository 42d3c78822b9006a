internal import AssayModel

/// Cuts a decompressed content stream into objects and checks each against its digest.
///
/// Holds at most one object, that is ``SectionSplit/objectLimit`` bytes, at a time.
package struct ContentFrameReader: Sendable {
    private var header: [UInt8] = []
    private var current: ContentFrameHeader?
    private var body: [UInt8] = []

    /// Starts a stream.
    package init() {}

    /// Takes bytes and hands on every object that is complete with them.
    package mutating func read(_ bytes: [UInt8], _ sink: (ContentObject) throws -> Void) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            if let current {
                let part = rest.prefix(current.size - body.count)
                body += part
                rest = rest.dropFirst(part.count)
            } else if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                header += rest[..<end]
                rest = rest[(end + 1)...]
                guard header.count < ContentFrameHeader.limit else { throw Self.badHeader }
                current = try ContentFrameHeader(parsing: header)
                header = []
            } else {
                header += rest.prefix(ContentFrameHeader.limit)
                guard header.count < ContentFrameHeader.limit else { throw Self.badHeader }
                rest = []
            }
            try handOn(sink)
        }
    }

    /// Checks that the stream ended between two objects.
    package func finish() throws(ReportFailure) {
        guard header.isEmpty, current == nil else { throw ReportFailure(.truncated, "content stream") }
    }

    private static let badHeader = ReportFailure(.malformed, "line before a content object")

    private mutating func handOn(_ sink: (ContentObject) throws -> Void) throws {
        guard let current, body.count == current.size else { return }
        let object = ContentObject(digest: current.digest, bytes: body)
        self.current = nil
        body = []
        guard ContentDigest.sha256(of: object.bytes) == object.digest else {
            throw ReportFailure(.digestMismatch, object.digest.description)
        }
        try sink(object)
    }
}

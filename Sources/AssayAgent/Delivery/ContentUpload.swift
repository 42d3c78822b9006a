internal import AssayReport

/// The body of `POST /v1/reports/{digest}/content`: objects in frames, compressed, made while it is sent.
final class ContentUpload {
    private static let pieceSize = 32 << 10

    private var waiting: ArraySlice<StoredContent>
    private var current: StoredContentReader?
    private var gzip: GzipWriter
    private var isFinished = false
    /// The object that could not be read.
    private(set) var unreadable: StoredContent?

    init(_ objects: [StoredContent]) throws(ReportFailure) {
        waiting = objects[...]
        gzip = try GzipWriter()
    }

    /// The next compressed bytes; nil at the end.
    func next() throws -> [UInt8]? {
        guard !isFinished else { return nil }
        var output: [UInt8] = []
        while output.count < Self.pieceSize {
            guard let piece = try nextFramed() else {
                isFinished = true
                output += gzip.finish()
                break
            }
            output += gzip.write(piece)
        }
        return output
    }

    private func nextFramed() throws -> [UInt8]? {
        if let reader = current {
            if let piece = try reader.next() { return piece }
            current = nil
            unreadable = nil
        }
        guard let object = waiting.popFirst() else { return nil }
        unreadable = object
        current = try object.reader()
        return ContentFrameHeader(digest: object.digest, size: object.size).encoded
    }
}

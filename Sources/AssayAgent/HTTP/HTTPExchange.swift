internal import CCurl

/// One request and its answer on their way through libcurl.
final class HTTPExchange {
    /// Most bytes of an answer; the longest one lists the digests of all shards of all sections.
    static let answerLimit = 1 << 20
    private static let headerLimit = 64 << 10

    private let address: CollectorAddress
    private var pending: ArraySlice<UInt8>
    private let more: () throws -> [UInt8]?
    private let isCancelled: () -> Bool
    private(set) var headers: [String: String] = [:]
    private(set) var body: [UInt8] = []
    private var headerSize = 0
    private(set) var failure: DeliveryFailure?

    init(_ body: HTTPBody?, with address: CollectorAddress, isCancelled: @escaping () -> Bool) {
        self.address = address
        switch body {
        case .bytes(let bytes):
            pending = bytes[...]
            more = { nil }
        case .stream(let next):
            pending = []
            more = next
        case nil:
            pending = []
            more = { nil }
        }
        self.isCancelled = isCancelled
    }

    /// Fills libcurl's buffer; 0 is the end, nil ends the transfer.
    private func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int? {
        do {
            while pending.isEmpty {
                guard let piece = try more() else { return 0 }
                pending = piece[...]
            }
        } catch {
            failure = error as? DeliveryFailure ?? DeliveryFailure(.contentUnreadable, "\(error)")
            return nil
        }
        let part = pending.prefix(buffer.count)
        buffer.copyBytes(from: part)
        pending = pending.dropFirst(part.count)
        return part.count
    }

    private func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard body.count + bytes.count <= Self.answerLimit else {
            failure = tooLarge("more than \(Self.answerLimit) bytes")
            return false
        }
        body += bytes
        return true
    }

    private func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        headerSize += bytes.count
        guard headerSize <= Self.headerLimit else {
            failure = tooLarge("more than \(Self.headerLimit) bytes of fields")
            return false
        }
        let line = String(decoding: bytes, as: UTF8.self)
        // A status line begins a new answer: what came before was an interim one (RFC 9110, 15.2).
        if line.hasPrefix("HTTP/") { headers = [:] }
        guard let colon = line.firstIndex(of: ":") else { return true }
        let value = line[line.index(after: colon)...].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        headers[line[..<colon].lowercased()] = value
        return true
    }

    private func tooLarge(_ words: String) -> DeliveryFailure {
        DeliveryFailure(.answerTooLarge, "\(address): \(words); is that a collector?")
    }

    static let readCallback: curl_read_callback = { buffer, size, count, context in
        guard let exchange = HTTPExchange.from(context), let buffer else { return Int(CURL_READFUNC_ABORT) }
        let target = UnsafeMutableRawBufferPointer(start: buffer, count: size * count)
        return exchange.fill(target) ?? Int(CURL_READFUNC_ABORT)
    }

    static let writeCallback: curl_write_callback = { buffer, size, count, context in
        guard let exchange = HTTPExchange.from(context) else { return 0 }
        return exchange.take(UnsafeRawBufferPointer(start: buffer, count: size * count)) ? size * count : 0
    }

    static let headerCallback: curl_write_callback = { buffer, size, count, context in
        guard let exchange = HTTPExchange.from(context) else { return 0 }
        return exchange.takeHeader(UnsafeRawBufferPointer(start: buffer, count: size * count)) ? size * count : 0
    }

    static let progressCallback: curl_xferinfo_callback = { context, _, _, _, _ in
        guard let exchange = HTTPExchange.from(context) else { return 1 }
        return exchange.isCancelled() ? 1 : 0
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> HTTPExchange? {
        context.map { Unmanaged<HTTPExchange>.fromOpaque($0).takeUnretainedValue() }
    }
}

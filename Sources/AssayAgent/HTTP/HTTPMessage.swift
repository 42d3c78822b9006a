/// The body of a request.
package enum HTTPBody {
    /// Bytes that are there already.
    case bytes([UInt8])
    /// Pieces that are made while they are sent; nil is the end.
    case stream(() throws -> [UInt8]?)
}

/// One request to a collector.
package struct HTTPRequest {
    /// Path below the collector's address, with its leading slash.
    package var path: String
    /// What is posted; nil makes it a `GET`.
    package var body: HTTPBody?
    /// Media type of the body.
    package var contentType = "application/json"
    /// Whether the body is a gzip stream already.
    package var isCompressed = false

    /// Asks for `path`.
    package init(get path: String) { self.path = path }

    /// Sends `body` to `path`.
    package init(post path: String, _ body: HTTPBody, contentType: String = "application/json", isCompressed: Bool) {
        self.path = path
        self.body = body
        self.contentType = contentType
        self.isCompressed = isCompressed
    }
}

/// One answer of a collector.
package struct HTTPResponse: Sendable, Hashable {
    /// Status code.
    package var status: Int
    /// Fields by lower-case name.
    package var headers: [String: String]
    /// The body.
    package var body: [UInt8]

    /// Media type without parameters, lower case.
    var mediaType: String {
        let value = headers["content-type"] ?? ""
        return value.prefix { $0 != ";" }.lowercased().split(separator: " ").first.map(String.init) ?? ""
    }

    /// Seconds of `Retry-After`, up to a day; the form with a date is not used by collectors and counts as none.
    var retryAfter: Int? {
        guard let text = headers["retry-after"], let seconds = Int(text), seconds >= 0 else { return nil }
        return min(seconds, 86_400)
    }
}

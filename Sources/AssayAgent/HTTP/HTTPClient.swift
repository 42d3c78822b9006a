internal import CCurl

/// Speaks to one collector: HTTPS over TLS 1.3, one trusted authority, no redirects, bounded answers.
///
/// Blocks the calling thread, and is used by one thread at a time.
package final class HTTPClient {
    /// The device's certificate and key.
    package struct Credential: Sendable {
        /// Certificate, PEM.
        package var certificate: [UInt8]
        /// Private key, PEM.
        package var key: [UInt8]

        /// Pairs a certificate with its key.
        package init(certificate: [UInt8], key: [UInt8]) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// How long a transfer may take.
    package struct Timeouts: Sendable {
        /// Milliseconds until a connection stands.
        package var connect = 15_000
        /// Milliseconds without a byte in either direction before a transfer is given up.
        package var stall = 60_000
        /// Milliseconds for a whole request.
        package var total = 900_000

        /// The times that suit a slow mobile network.
        package init() {}
    }

    /// The collector.
    package let address: CollectorAddress
    /// Bytes of bodies sent so far.
    package private(set) var sentBytes = 0
    /// Bytes of bodies received so far.
    package private(set) var receivedBytes = 0

    private let authority: [UInt8]
    private let credential: Credential?
    private let timeouts: Timeouts
    private let userAgent: String
    private let isCancelled: () -> Bool
    private let handle: CurlHandle

    /// A client that trusts `authority`, a CA certificate in PEM, and nobody else.
    package init(
        _ address: CollectorAddress, authority: [UInt8], credential: Credential?, userAgent: String = "assay-agent",
        timeouts: Timeouts = Timeouts(), isCancelled: @escaping () -> Bool = { false }
    ) throws(DeliveryFailure) {
        self.address = address
        self.authority = authority
        self.credential = credential
        self.timeouts = timeouts
        self.userAgent = userAgent
        self.isCancelled = isCancelled
        handle = try CurlHandle()
    }

    /// Sends one request and waits for the whole answer, whatever its status.
    package func send(_ request: HTTPRequest) throws(DeliveryFailure) -> HTTPResponse {
        handle.reset()
        try setConnection()
        try handle.set(CURLOPT_SSL_VERIFYPEER, 1)
        try handle.set(CURLOPT_SSL_VERIFYHOST, 2)
        try handle.set(CURLOPT_CAINFO_BLOB, blob: authority)
        if let credential {
            try handle.set(CURLOPT_SSLCERTTYPE, "PEM")
            try handle.set(CURLOPT_SSLCERT_BLOB, blob: credential.certificate)
            try handle.set(CURLOPT_SSLKEYTYPE, "PEM")
            try handle.set(CURLOPT_SSLKEY_BLOB, blob: credential.key)
        }
        try handle.set(CURLOPT_URL, address.description + request.path)
        let exchange = HTTPExchange(request.body, with: address, isCancelled: isCancelled)
        let result = try handle.perform(exchange, headers: try setBody(of: request))
        sentBytes += handle.sentBytes
        receivedBytes += exchange.body.count
        if let failure = exchange.failure { throw failure }
        guard result == CURLE_OK else { throw failure(result) }
        return HTTPResponse(status: handle.status, headers: exchange.headers, body: exchange.body)
    }

    /// Connects, sends nothing, and returns the certificates that the server presents, PEM, its own first.
    ///
    /// The server is not verified: the caller looks for a certificate that it knows by its fingerprint.
    package static func presentedCertificates(
        by address: CollectorAddress, timeouts: Timeouts = Timeouts()
    ) throws(DeliveryFailure) -> [String] {
        let client = try HTTPClient(address, authority: [], credential: nil, timeouts: timeouts)
        client.handle.reset()
        try client.setConnection()
        try client.handle.set(CURLOPT_SSL_VERIFYPEER, 0)
        try client.handle.set(CURLOPT_SSL_VERIFYHOST, 0)
        try client.handle.set(CURLOPT_CERTINFO, 1)
        try client.handle.set(CURLOPT_CONNECT_ONLY, 1)
        try client.handle.set(CURLOPT_URL, address.description + "/")
        let result = try client.handle.perform(
            HTTPExchange(nil, with: address, isCancelled: client.isCancelled), headers: [])
        guard result == CURLE_OK else { throw client.failure(result) }
        return client.handle.presentedCertificates
    }

    private func setConnection() throws(DeliveryFailure) {
        try handle.setHTTPSOnly()
        try handle.set(CURLOPT_FOLLOWLOCATION, 0)
        try handle.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_3)
        try handle.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        // The system's own authorities are not asked.
        try handle.set(CURLOPT_CAINFO, nil)
        try handle.set(CURLOPT_CAPATH, nil)
        try handle.set(CURLOPT_NOSIGNAL, 1)
        try handle.set(CURLOPT_CONNECTTIMEOUT_MS, timeouts.connect)
        try handle.set(CURLOPT_TIMEOUT_MS, timeouts.total)
        try handle.set(CURLOPT_LOW_SPEED_LIMIT, 1)
        try handle.set(CURLOPT_LOW_SPEED_TIME, max(1, timeouts.stall / 1000))
        try handle.set(CURLOPT_USERAGENT, userAgent)
        if address.isLoopback { try handle.set(CURLOPT_PROXY, "") }
    }

    private func setBody(of request: HTTPRequest) throws(DeliveryFailure) -> [String] {
        var headers = ["Accept: application/json"]
        guard let body = request.body else { return headers }
        try handle.set(CURLOPT_POST, 1)
        headers += ["Content-Type: \(request.contentType)", "Expect:"]
        if request.isCompressed { headers.append("Content-Encoding: gzip") }
        switch body {
        case .bytes(let bytes): try handle.setBodySize(bytes.count)
        case .stream:
            try handle.setBodySize(-1)
            headers.append("Transfer-Encoding: chunked")
        }
        return headers
    }

    private func failure(_ code: CURLcode) -> DeliveryFailure {
        let text = handle.message.isEmpty ? String(cString: curl_easy_strerror(code)) : handle.message
        return CurlFailure(code: code, verifyResult: handle.verifyResult, message: text).delivery(to: address)
    }
}

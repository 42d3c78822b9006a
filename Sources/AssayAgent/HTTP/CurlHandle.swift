internal import CCurl
internal import Glibc

/// One libcurl easy handle, which keeps its connection from request to request.
///
/// Used by one thread at a time.
final class CurlHandle {
    /// libcurl wants its global state made once, before any thread uses it.
    private static let isReady: Bool = {
        // A connection that the other side closed must be an error here, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        return curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
    }()

    private let handle: UnsafeMutableRawPointer
    private let errorBuffer: UnsafeMutablePointer<CChar>

    init() throws(DeliveryFailure) {
        guard Self.isReady, let handle = curl_easy_init() else {
            throw DeliveryFailure(.tlsFailed, "libcurl cannot be started")
        }
        self.handle = handle
        errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        curl_easy_cleanup(handle)
        errorBuffer.deallocate()
    }

    /// Forgets every option, keeps the connection.
    func reset() {
        curl_easy_reset(handle)
        errorBuffer.pointee = 0
        assay_curl_set_error_buffer(handle, errorBuffer)
    }

    /// What libcurl said of the last failure.
    var message: String {
        let bytes = UnsafeBufferPointer(start: errorBuffer, count: Int(CURL_ERROR_SIZE))
        return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func set(_ option: CURLoption, _ value: Int) throws(DeliveryFailure) {
        try check(assay_curl_set_long(handle, option, value))
    }

    func set(_ option: CURLoption, _ value: String?) throws(DeliveryFailure) {
        try check(assay_curl_set_text(handle, option, value))
    }

    func set(_ option: CURLoption, blob bytes: [UInt8]) throws(DeliveryFailure) {
        try check(bytes.withUnsafeBytes { assay_curl_set_blob(handle, option, $0.baseAddress, $0.count) })
    }

    func setHTTPSOnly() throws(DeliveryFailure) { try check(assay_curl_set_https_only(handle)) }

    func setBodySize(_ size: Int) throws(DeliveryFailure) {
        try check(assay_curl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(size)))
    }

    /// Performs a transfer whose bytes go through `exchange`.
    func perform(_ exchange: HTTPExchange, headers: [String]) throws(DeliveryFailure) -> CURLcode {
        var list: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(list) }
        for header in headers { list = curl_slist_append(list, header) }
        try check(assay_curl_set_headers(handle, list))
        let context = Unmanaged.passUnretained(exchange).toOpaque()
        try check(
            assay_curl_set_callbacks(
                handle, context, HTTPExchange.readCallback, HTTPExchange.writeCallback, HTTPExchange.headerCallback,
                HTTPExchange.progressCallback))
        // The exchange outlives the call, and libcurl calls back on this thread alone.
        return withExtendedLifetime(exchange) { curl_easy_perform(handle) }
    }

    var status: Int { assay_curl_get_long(handle, CURLINFO_RESPONSE_CODE) }
    var verifyResult: Int { assay_curl_get_long(handle, CURLINFO_SSL_VERIFYRESULT) }
    /// Bytes of the request's body that were sent.
    var sentBytes: Int { Int(assay_curl_get_offset(handle, CURLINFO_SIZE_UPLOAD_T)) }

    /// The certificates that the server presented, PEM, the server's own first.
    var presentedCertificates: [String] {
        (0..<Int(assay_curl_certificate_count(handle))).compactMap { index in
            var entry = assay_curl_certificate(handle, Int32(index))
            while let line = entry {
                let text = line.pointee.data.map { String(cString: $0) } ?? ""
                if text.hasPrefix("Cert:") { return String(text.dropFirst(5)) }
                entry = UnsafePointer(line.pointee.next)
            }
            return nil
        }
    }

    private func check(_ code: CURLcode) throws(DeliveryFailure) {
        guard code != CURLE_OK else { return }
        throw DeliveryFailure(.tlsFailed, "libcurl on this system: \(String(cString: curl_easy_strerror(code)))")
    }
}

internal import CCurl

/// A failed transfer as libcurl tells it.
struct CurlFailure {
    var code: CURLcode
    /// X509_V_ERR_… of the TLS library, 0 when it had no objection.
    var verifyResult: Int
    var message: String

    // openssl/x509_vfy.h
    private static let certificateNotYetValid = 9
    private static let certificateHasExpired = 10

    /// The failure in the agent's own terms, with the next step.
    func delivery(to address: CollectorAddress) -> DeliveryFailure {
        let (code, advice) = meaning()
        return DeliveryFailure(code, "\(address): \(message); \(advice)")
    }

    private func meaning() -> (DeliveryFailure.Code, String) {
        switch code {
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR: verification()
        case CURLE_SSL_CONNECT_ERROR, CURLE_RECV_ERROR, CURLE_SEND_ERROR: alert()
        case CURLE_URL_MALFORMAT: (.badAddress, "check the collector's address")
        case CURLE_OPERATION_TIMEDOUT: (.timedOut, "it is tried again by itself")
        case CURLE_ABORTED_BY_CALLBACK: (.cancelled, "nothing was lost")
        case CURLE_SSL_CERTPROBLEM: (.unauthorized, "the device's certificate and key do not fit; enrol again")
        case CURLE_SSL_CACERT_BADFILE: (.untrusted, "the stored authority cannot be read; enrol again")
        // Every address is https, so a protocol that libcurl does not know is one that the server answered with.
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_HTTP2, CURLE_BAD_CONTENT_ENCODING,
            CURLE_CHUNK_FAILED:
            (.malformedAnswer, "is that a collector?")
        // libcurl says so of a line of fields that is longer than any it takes.
        case CURLE_OUT_OF_MEMORY:
            (.answerTooLarge, "is that a collector? Or this device has no memory left")
        default: (.unreachable, "check that it runs and that the network lets the device reach it")
        }
    }

    private func verification() -> (DeliveryFailure.Code, String) {
        switch verifyResult {
        case Self.certificateNotYetValid:
            (.serverCertificateExpired, "this device's clock is behind; set it, enrolling again would not help")
        case Self.certificateHasExpired:
            (.serverCertificateExpired, "renew the collector's certificate, or set this device's clock")
        default:
            (.untrusted, "either the address is wrong or another server answers; a new collector needs a new enrolment")
        }
    }

    // In TLS 1.3 the server judges the device's certificate after the handshake, so its alert can come with any read.
    private func alert() -> (DeliveryFailure.Code, String) {
        if message.contains("alert certificate expired") {
            return (.certificateExpired, "enrol again with a new token")
        }
        // What TLS libraries send for a certificate that is not valid yet, among other things.
        if message.contains("alert bad certificate") {
            return (
                .unauthorized,
                "the collector refuses this device's certificate; compare its clock with this device's, then enrol again"
            )
        }
        let refusals = [
            "alert unknown ca", "certificate required", "alert certificate revoked",
            "alert certificate unknown", "alert access denied", "alert unsupported certificate",
        ]
        if refusals.contains(where: message.contains) {
            return (.unauthorized, "the collector does not know this device's certificate; enrol again")
        }
        if code == CURLE_SSL_CONNECT_ERROR { return (.tlsFailed, "the server must speak TLS 1.3") }
        return (.unreachable, "the connection broke; it is tried again by itself")
    }
}

import CCurl
import Testing

@testable import AssayAgent

@Suite struct CurlFailureTests {
    @Test(arguments: [
        (CURLE_COULDNT_RESOLVE_HOST, 0, "", DeliveryFailure.Code.unreachable),
        (CURLE_COULDNT_CONNECT, 0, "", .unreachable),
        (CURLE_OPERATION_TIMEDOUT, 0, "", .timedOut),
        (CURLE_PEER_FAILED_VERIFICATION, 19, "self-signed certificate in certificate chain", .untrusted),
        (CURLE_PEER_FAILED_VERIFICATION, 10, "certificate has expired", .serverCertificateExpired),
        (CURLE_PEER_FAILED_VERIFICATION, 9, "certificate is not yet valid", .serverCertificateExpired),
        (CURLE_SSL_CONNECT_ERROR, 0, "alert protocol version", .tlsFailed),
        (CURLE_RECV_ERROR, 0, "SSL routines::sslv3 alert certificate expired, errno 0", .certificateExpired),
        (CURLE_RECV_ERROR, 0, "SSL routines::tlsv13 alert certificate required, errno 0", .unauthorized),
        (CURLE_SSL_CONNECT_ERROR, 0, "SSL routines::tlsv1 alert unknown ca", .unauthorized),
        (CURLE_SEND_ERROR, 0, "Connection reset by peer", .unreachable),
        (CURLE_UNSUPPORTED_PROTOCOL, 0, "Received HTTP/0.9 when not allowed", .malformedAnswer),
        (CURLE_OUT_OF_MEMORY, 0, "Out of memory", .answerTooLarge),
        (CURLE_ABORTED_BY_CALLBACK, 0, "", .cancelled),
    ])
    func tellsFailuresApart(
        _ code: CURLcode, _ verifyResult: Int, _ message: String, _ expected: DeliveryFailure.Code
    ) throws {
        let failure = CurlFailure(code: code, verifyResult: verifyResult, message: message)
            .delivery(to: try CollectorAddress("https://a:1"))
        #expect(failure.code == expected)
        #expect(failure.detail.hasPrefix("https://a:1: "))
        #expect(failure.detail.split(separator: ";").count >= 2, "says what to do")
    }

    @Test("a clock that is behind asks for the clock, not for a new enrolment") func clockIsBehind() throws {
        let failure = CurlFailure(
            code: CURLE_PEER_FAILED_VERIFICATION, verifyResult: 9, message: "certificate is not yet valid"
        ).delivery(to: try CollectorAddress("https://a:1"))
        #expect(failure.detail.contains("clock is behind") && !failure.detail.contains("renew"))
        let refused = CurlFailure(code: CURLE_RECV_ERROR, verifyResult: 0, message: "sslv3 alert bad certificate")
            .delivery(to: try CollectorAddress("https://a:1"))
        #expect(refused.code == .unauthorized && refused.detail.contains("clock"))
    }
}

import CCurl
import Testing

@testable import AssayAgent

@Suite struct CurlHandleTests {
    @Test("options of every form are taken") func options() throws {
        let handle = try CurlHandle()
        handle.reset()
        try handle.set(CURLOPT_URL, "https://127.0.0.1:1/")
        try handle.set(CURLOPT_SSL_VERIFYPEER, 1)
        try handle.set(CURLOPT_PROXY, nil as String?)
        try handle.set(CURLOPT_CAINFO_BLOB, blob: Array("-----BEGIN CERTIFICATE-----\n".utf8))
        try handle.setHTTPSOnly()
        try handle.setBodySize(1 << 40)
    }

    @Test("what this libcurl does not know is a failure, not an option that silently does nothing") func unknownOption()
        throws
    {
        let handle = try CurlHandle()
        let failure = #expect(throws: DeliveryFailure(.tlsFailed)) { try handle.set(CURLoption(rawValue: 9999), 1) }
        #expect(failure?.detail.hasPrefix("libcurl on this system: ") == true)
    }

    @Test("before a transfer there is nothing to tell, and a reset forgets") func empty() throws {
        let handle = try CurlHandle()
        for _ in 0..<2 {
            #expect(handle.status == 0 && handle.sentBytes == 0)
            #expect(handle.message.isEmpty && handle.presentedCertificates.isEmpty)
            try handle.set(CURLOPT_URL, "https://127.0.0.1:1/")
            handle.reset()
        }
    }
}

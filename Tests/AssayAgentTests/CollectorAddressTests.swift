import Testing

@testable import AssayAgent

@Suite struct CollectorAddressTests {
    @Test(arguments: [
        ("https://collector.example", "https://collector.example", "collector.example"),
        ("https://collector.example:8443/", "https://collector.example:8443", "collector.example"),
        ("HTTPS://10.0.0.1:443", "https://10.0.0.1:443", "10.0.0.1"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443", "2001:db8::1"),
        ("https://[::1]", "https://[::1]", "::1"),
    ])
    func readsAddresses(_ text: String, _ normal: String, _ host: String) throws {
        let address = try CollectorAddress(text)
        #expect(address.description == normal)
        #expect(address.host == host)
    }

    @Test(arguments: [
        "", "https://", "http://a", "ftp://a", "a:8443", "https://a/b", "https://a?b", "https://a#b", "https://u@a",
        "https://u:p@a", "https://a:0", "https://a:65536", "https://a:08", "https://a:b", "https://a:1:2",
        "https://[::1",
        "https://[::1]x", "https://a b", "https://é", "https://:8443", "https://a\n",
    ])
    func refusesOtherText(_ text: String) {
        #expect(throws: DeliveryFailure(.badAddress)) { try CollectorAddress(text) }
    }

    @Test(arguments: [
        ("https://localhost", true), ("https://127.0.0.1:1", true), ("https://[::1]", true), ("https://a", false),
    ])
    func knowsThisMachine(_ text: String, _ isLoopback: Bool) throws {
        #expect(try CollectorAddress(text).isLoopback == isLoopback)
    }
}

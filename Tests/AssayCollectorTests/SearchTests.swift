import AssayModel
import AssayReport
import AssayStore
import NIOHTTP1
import Testing

@testable import AssayCollector

/// What is found of what devices report, through the operator API and the pages.
struct SearchTests {
    private static func component(_ partNumber: String, serial: String) -> Component {
        Component(
            .usb, at: "usb/1-1", evidence: Evidence(probe: "usb/descriptors", path: "/sys", access: .direct),
            manufacturer: "Maker", model: "Dongle", partNumber: partNumber, serial: serial,
            ids: ["vendor": "0bda", "device": "8153"])
    }

    private static func deliver(
        _ device: TestDevice, _ sequence: UInt64, _ components: [Component], previous: ContentDigest? = nil,
        to collector: TestCollector
    ) async throws -> ContentDigest {
        let (descriptors, objects) = try device.sections(components)
        let report = try device.report(sequence, descriptors, previous: previous)
        try await collector.connect(as: device) { client in
            _ = try await client.send(.POST, "/v1/reports", report.envelope)
            _ = try await client.send(
                .POST, "/v1/reports/\(report.digest)/content", try TestDevice.frames(objects),
                headers: ["content-encoding": "gzip"])
        }
        try await collector.settle()
        return report.digest
    }

    @Test("devices are found by what they hold now, and parts by where they were")
    func devicesAreFound() async throws {
        try await TestCollector.run { collector in
            let (a, b) = (try await collector.enrol(serial: "S1"), try await collector.enrol(serial: "S2"))
            let first = try await Self.deliver(a, 1, [Self.component("PN-1", serial: "USB0001")], to: collector)
            _ = try await Self.deliver(b, 1, [Self.component("PN-1", serial: "USB0002")], to: collector)
            let operations = collector.operations
            let numbers = try await operations.search("0BDA:8153", limit: 10)
            #expect(numbers.selected?.devices == 2)
            #expect(Set(numbers.holders.map(\.device.id)) == [a.identity.id, b.identity.id])
            #expect(numbers.holders.map(\.place) == ["usb/1-1", "usb/1-1"])
            #expect(try await operations.search("usb0001", limit: 10).holders.map(\.device.id) == [a.identity.id])
            #expect(try await operations.search("usb000", limit: 10).matches.map(\.devices) == [1, 1])
            #expect(try await operations.search("s1", limit: 10).holders.map(\.device.id) == [a.identity.id])
            let digits = String(b.identity.id.hex.prefix(10))
            #expect(try await operations.search(digits, limit: 10).devices.map(\.id) == [b.identity.id])
            // The part moves away: it is no longer found in the device, and its history says where it was.
            _ = try await Self.deliver(a, 2, [], previous: first, to: collector)
            let moved = try await operations.search("USB0001", limit: 10)
            #expect(moved.holders.isEmpty)
            #expect(moved.former.map(\.device) == [a.identity.id])
        }
    }

    @Test(
        "queries that mean nothing are refused by name", arguments: ["q=x", "q=xyz&kind=wish&key=a", "q=xyz&key=a", ""])
    func queriesAreChecked(_ query: String) async throws {
        try await TestCollector.run { collector in
            let answer = try await collector.connect {
                try await $0.get("/api/v1/search?\(query)", token: collector.operatorToken)
            }
            #expect(answer.status == 400)
            #expect(answer.problem == "malformed")
        }
    }

    @Test func packagesAreFoundAsPeopleWriteThem() throws {
        for text in ["openssl 3.0.11", "OpenSSL=3.0.11", "pkg:deb/debian/openssl@3.0.11?arch=amd64", "openssl==3.0.11"]
        {
            let query = try #require(SearchQuery(text))
            #expect(
                query.keys.contains { $0.kind == .package && $0.key == .beginning("openssl 3.0.11") }, "\(text)")
        }
        #expect(SearchQuery("x") == nil)
        #expect(SearchQuery(String(repeating: "x", count: 201)) == nil)
        #expect(SearchQuery("  ") == nil)
    }
}

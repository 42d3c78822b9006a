import AssayModel
import Testing

@testable import AssayRules

@Suite struct ClonedMachineRuleTests {
    private static func device(_ number: UInt8) -> ContentDigest {
        ContentDigest(bytes: Array(repeating: number, count: ContentDigest.byteCount))
    }

    private static func match(_ kind: FleetIdentity.Kind, _ value: String, in devices: [UInt8]) -> FleetMatch {
        FleetMatch(
            identity: FleetIdentity(
                kind, value: value, componentClass: kind.isOfMachine ? .system : .memory, serial: value,
                label: "the \(value)", location: "place"),
            own: FleetStay(device: device(9), location: "place", firstSeen: Timestamp(seconds: 5)),
            holders: devices.count + 1,
            others: devices.map { FleetStay(device: device($0), location: "x", firstSeen: Timestamp(seconds: 1)) })
    }

    private static func finding(_ matches: [FleetMatch], device: String = "9") throws -> Finding {
        let findings = ClonedMachineRule().findings(FleetContext(device: device, matches: matches))
        try #require(findings.count == 1)
        return findings[0]
    }

    @Test("The finding stays the same when other devices join or leave", arguments: [[5, 3], [3], [7, 5, 8], [8]])
    func joining(_ devices: [UInt8]) throws {
        let before = try Self.finding([Self.match(.machineSerial, "s-1", in: [5])])
        let after = try Self.finding([Self.match(.machineSerial, "s-1", in: devices)])
        #expect(before.id == after.id)
        #expect(before.cause == after.cause)
    }

    @Test("It is another one for another machine and in another device")
    func others() throws {
        let one = try Self.finding([Self.match(.machineSerial, "s-1", in: [5])])
        #expect(try Self.finding([Self.match(.machineSerial, "s-2", in: [5])]).cause != one.cause)
        let twin = try Self.finding([Self.match(.machineSerial, "s-1", in: [9])], device: "5")
        #expect(twin.cause == one.cause)
        #expect(twin.id != one.id)
    }

    @Test("The order of what agrees does not count, and what names the machine goes before its parts")
    func order() throws {
        let matches = [
            Self.match(.part, "a", in: [5]), Self.match(.machineUUID, "u", in: [5]),
            Self.match(.machineSerial, "z", in: [5]), Self.match(.part, "b", in: [5]),
        ]
        let finding = try Self.finding(matches)
        #expect(finding.observed == "the z")
        #expect(try Self.finding(matches.reversed()).id == finding.id)
        #expect(try Self.finding(Array(matches[2...2])).id == finding.id)
        #expect(finding.fields.count == 4)
    }

    @Test("Parts alone name a copy when there are three of them")
    func parts() throws {
        let parts = ["c", "a", "b"].map { Self.match(.part, $0, in: [5]) }
        #expect(try Self.finding(parts).observed == "the a")
        #expect(ClonedMachineRule().findings(FleetContext(device: "9", matches: Array(parts.prefix(2)))).isEmpty)
        #expect(ClonedMachineRule().findings(FleetContext(device: "9", matches: [])).isEmpty)
    }
}

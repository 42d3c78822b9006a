import AssayModel
import Testing

@Suite struct FleetMatchTests {
    private static let identity = FleetIdentity(
        .part, value: "memory\u{1f}p\u{1f}s-1", componentClass: .memory, serial: "s-1", label: "memory s-1",
        location: "dimm/A")
    private static let device = ContentDigest.sha256(of: [1])

    private static func stay(leftAt: Timestamp? = nil) -> FleetStay {
        FleetStay(device: device, location: "dimm/A", firstSeen: Timestamp(seconds: 10), leftAt: leftAt)
    }

    @Test("A match reads back as it was written")
    func roundTrip() throws {
        let match = FleetMatch(
            identity: Self.identity, own: Self.stay(), holders: 2, others: [Self.stay(leftAt: Timestamp(seconds: 20))],
            mark: PartMark(
                .stolen, serial: "s-1", componentClass: .memory, reason: "report 7", actor: "ada",
                at: Timestamp(seconds: 30)))
        #expect(try CanonicalJSON.decode(FleetMatch.self, from: CanonicalJSON.encode(match)) == match)
        let unmarked = FleetMatch(identity: Self.identity, own: Self.stay(), holders: 1)
        #expect(try CanonicalJSON.decode(FleetMatch.self, from: CanonicalJSON.encode(unmarked)) == unmarked)
    }

    @Test("A stay that lasts has no end in JSON, and a mark names its class as other documents do")
    func form() throws {
        let lasting = String(decoding: try CanonicalJSON.encode(Self.stay()), as: UTF8.self)
        #expect(!lasting.contains("leftAt"))
        let mark = PartMark(
            .retired, serial: "s", componentClass: .usb, reason: "r", actor: "a", at: Timestamp(seconds: 0))
        let text = String(decoding: try CanonicalJSON.encode(mark), as: UTF8.self)
        #expect(text.contains(#""class":"usb""#))
        #expect(text.contains(#""status":"retired""#))
    }

    @Test("Only numbers of the machine name the machine", arguments: FleetIdentity.Kind.allCases)
    func kinds(_ kind: FleetIdentity.Kind) {
        #expect(kind.isOfMachine == kind.rawValue.hasPrefix("machine-"))
    }

    @Test("Equal kinds and values are one identity wherever they are")
    func key() {
        var other = Self.identity
        other.location = "dimm/B"
        other.label = "something else"
        #expect(other.key == Self.identity.key)
        other.kind = .address
        #expect(other.key != Self.identity.key)
    }
}

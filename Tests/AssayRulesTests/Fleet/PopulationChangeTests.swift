import AssayModel
import Testing

@testable import AssayRules

struct PopulationChangeTests {
    private static let start = Timestamp(milliseconds: 1_790_000_000_000)

    private static func day(_ number: Int64) -> Timestamp { start.adding(.seconds(number * 86_400)) }

    /// How far a kind has spread, and whether that is a change of the model.
    struct Spread: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var showing = 10
        var devices = 1000
        var since: Int64 = 100
        var now: Int64 = 101
        var isOpen = false
        let isChange: Bool
    }

    private static let spreads = [
        Spread(testDescription: "ten devices of a thousand", isChange: true),
        Spread(testDescription: "nine of a thousand", showing: 9, isChange: false),
        Spread(testDescription: "three of sixty: five percent", showing: 3, devices: 60, isChange: true),
        Spread(testDescription: "three of sixty-one", showing: 3, devices: 61, isChange: false),
        Spread(testDescription: "two of two: too few for a share", showing: 2, devices: 2, isChange: false),
        Spread(testDescription: "too slow", now: 131, isChange: false),
        Spread(testDescription: "on the last day", now: 130, isChange: true),
        Spread(testDescription: "there since the first device of the model", since: 0, now: 1, isChange: false),
        Spread(testDescription: "open, and the window is over", now: 900, isOpen: true, isChange: true),
        Spread(testDescription: "open, and most have lost it", showing: 2, isOpen: true, isChange: false),
    ]

    @Test("a change is sudden, spread and new to the model", arguments: spreads) func judges(_ spread: Spread) {
        let state = PopulationState(
            model: "maker / edge", key: "k", componentClass: .usb, label: "usb Stick [dead:beef]",
            showing: spread.showing,
            devices: spread.devices, since: Self.day(spread.since), modelSince: Self.day(0), isOpen: spread.isOpen,
            examples: [.sha256(of: [1])])
        let finding = PopulationChange().finding(state, at: Self.day(spread.now))
        #expect((finding != nil) == spread.isChange)
        #expect(finding == nil || finding?.rule == "fleet/population-change")
    }

    @Test("a policy sets the numbers") func terms() throws {
        let terms = try CanonicalJSON.decode(PopulationTerms.self, from: Array(#"{"devices":2,"days":1}"#.utf8))
        #expect(terms.isReached(by: 2, of: 1_000_000))
        #expect(!terms.isReached(by: 1, of: 1))
        #expect(terms.window == .seconds(86_400))
        #expect(throws: (any Error).self) {
            try CanonicalJSON.decode(PopulationTerms.self, from: Array(#"{"device":2}"#.utf8))
        }
    }

    @Test("a kind is class, ids and model, whatever the place and the number") func kinds() {
        let profile = Parts.profile([Parts.expectedPCI("0000:03:00.0")])
        func kinds(_ part: Component, former: InventorySnapshot? = nil) -> [PartKind] {
            let inventory = Parts.inventory([Parts.pci("0000:03:00.0"), part])
            return PopulationChange.kinds(
                of: Evaluation(profile: profile).run(inventory), in: inventory, former: former)
        }
        let stick = kinds(Parts.usb("1-1", "dead", "beef", serial: "1"))
        #expect(stick.count == 1)
        #expect(stick.first?.isNew == nil)
        #expect(kinds(Parts.usb("1-2", "dead", "beef", serial: "2")).map(\.key) == stick.map(\.key))
        #expect(kinds(Parts.usb("1-1", "dead", "beee")).map(\.key) != stick.map(\.key))
        let before = Parts.inventory([Parts.pci("0000:03:00.0")])
        #expect(kinds(Parts.usb("1-1", "dead", "beef"), former: before).map(\.isNew) == [true])
        let with = Parts.inventory([Parts.usb("1-4", "dead", "beef")])
        #expect(kinds(Parts.usb("1-1", "dead", "beef"), former: with).map(\.isNew) == [false])
        #expect(kinds(Parts.pci("0000:03:00.0")).count <= 1)
    }
}

import AssayModel
import Testing

@testable import AssayRules

/// What of an inventory enters the fleet index, and under which name.
struct FleetIdentitiesTests {
    private static func part(
        _ componentClass: ComponentClass, serial: String?, access: Evidence.Access = .direct,
        partNumber: String? = nil, manufacturer: String = "Maker", properties: [String: String] = [:]
    ) -> Component {
        Component(
            componentClass, at: "place/0", evidence: Evidence(probe: "p", path: "/p", access: access),
            manufacturer: manufacturer, model: "M1", partNumber: partNumber, serial: serial, properties: properties)
    }

    private static func identities(_ components: Component..., device: DeviceFacts = DeviceFacts()) -> [FleetIdentity] {
        FleetIdentities().identities(of: InventorySnapshot(device: device, components: components))
    }

    @Test func caseAndBlanksDoNotCount() {
        let one = Self.identities(Self.part(.storage, serial: "AB  12"))
        #expect(one.map(\.key) == Self.identities(Self.part(.storage, serial: " ab 12 ")).map(\.key))
        #expect(one.map(\.serial) == ["ab 12"])
        #expect(one.map(\.key) != Self.identities(Self.part(.usb, serial: "AB 12")).map(\.key))
    }

    @Test("the maker of a memory module is what firmware makes of it") func memoryModules() {
        let one = Self.part(.memory, serial: "29AC274B", partNumber: "M471A1K43", manufacturer: "Samsung")
        let other = Self.part(.memory, serial: "29AC274B", partNumber: "M471A1K43", manufacturer: "00CE")
        #expect(Self.identities(one).map(\.key) == Self.identities(other).map(\.key))
    }

    @Test(
        "what names nothing does not enter",
        arguments: [
            part(.storage, serial: nil), part(.storage, serial: "0000"),
            part(.storage, serial: "To Be Filled By O.E.M."),
            part(.storage, serial: "S1", access: .virtual), part(.storage, serial: "S1", access: .bridged),
            part(.storage, serial: "S1", properties: ["populated": "false"]), part(.sensor, serial: "S1"),
            part(.network, serial: nil, properties: ["address": "00:1b:21:aa:bb:cc"]),
            part(.network, serial: nil, properties: ["permanentAddress": "02:1b:21:aa:bb:cc"]),
            part(.network, serial: nil, properties: ["permanentAddress": "00:1b:21:aa:bb"]),
            part(
                .network, serial: nil,
                properties: ["permanentAddress": "00:1b:21:aa:bb:cc", "virtualFunctionOf": "pci/0"]),
        ])
    func whatStaysOut(_ component: Component) { #expect(Self.identities(component).isEmpty) }

    @Test func addressesAndMachines() {
        var device = DeviceFacts()
        device.manufacturer = "Maker"
        device.model = "Edge"
        device.serial = "U1"
        device.uuid = "03000200-0400-0500-0006-000700080009"
        let card = Self.part(.network, serial: nil, properties: ["permanentAddress": "00:1B:21:AA:BB:CC"])
        let found = Self.identities(card, device: device)
        #expect(found.map(\.kind) == [.address, .machineSerial])
        #expect(found.first?.value == "00:1b:21:aa:bb:cc")
        #expect(FleetIdentities.fold(serial: "00-1B-21-AA-BB-CC") == "00:1b:21:aa:bb:cc")
    }

    @Test("text of any length and any number of parts stay within bounds") func bounds() {
        let long = Self.identities(Self.part(.storage, serial: String(repeating: "ab", count: 500_000)))
        #expect(long.first.map { $0.value.utf8.count + $0.serial.utf8.count + $0.label.utf8.count < 1000 } == true)
        let many = (0..<3000).map { number in Self.part(.usb, serial: "S\(number)") }
        let found = FleetIdentities().identities(of: InventorySnapshot(components: many))
        #expect(found.count == FleetIdentities.limit)
    }
}

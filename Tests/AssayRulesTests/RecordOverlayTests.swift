import AssayModel
import Testing

@testable import AssayRules

/// What a record states beside the description of a part, and what policies make of it.
@Suite struct RecordOverlayTests {
    private static func built(
        _ addresses: NetworkAddress..., of componentClass: ComponentClass = .network, id: String? = nil,
        replaceable: Bool? = nil
    ) -> AsBuiltRecord {
        var part = BuiltComponent(componentClass, part: PartDescription(model: "M"))
        part.manufacturerID = id
        part.fieldReplaceable = replaceable
        part.addresses = addresses
        return Parts.record([part])
    }

    private static func outcome(
        _ record: AsBuiltRecord, _ properties: [String: String], _ componentClass: ComponentClass = .network,
        policy: [String: FieldRule]? = nil
    ) throws -> Outcome {
        let found = Component(
            componentClass, at: "place/0", evidence: Evidence(probe: "p", path: "/p"), model: "M",
            properties: properties)
        var profile: HardwareProfile?
        if let policy {
            profile = HardwareProfile(id: "p", version: "1")
            profile?.classes[componentClass] = ClassPolicy(fields: policy)
        }
        let outcomes = Reconciliation(profile: profile, record: record).run(Parts.inventory([found])).outcomes
        try #require(outcomes.count == 1)
        return outcomes[0]
    }

    @Test(
        "The address that an interface shows is one of those that the record states, in any spelling",
        arguments: [
            ("8c:04:ba:00:00:01", Outcome.Kind.matched), ("8C-04-BA-00-00-02", .matched),
            ("8c:04:ba:00:00:03", .mismatched),
        ])
    func address(_ shown: String, _ kind: Outcome.Kind) throws {
        let record = Self.built(
            NetworkAddress(.ethernet, "8c04.ba00.0001"), NetworkAddress(.wlan, "8c:04:ba:00:00:02"))
        let outcome = try Self.outcome(record, ["permanentAddress": shown])
        #expect(outcome.kind == kind)
        #expect(outcome.fields.map(\.name) == (kind == .matched ? [] : ["addresses"]))
    }

    @Test("An interface that shows no address leaves open whether it is the one; an address of no form asks nothing")
    func unshownInterface() throws {
        let stated = Self.built(NetworkAddress(.ethernet, "8c:04:ba:00:00:01"))
        #expect(try Self.outcome(stated, [:]).kind == .notVerifiable)
        #expect(try Self.outcome(Self.built(NetworkAddress(.ethernet, "8c:04:ba:00:00")), [:]).kind == .matched)
    }

    @Test("A Bluetooth address is compared where the part shows it, and noted where it does not")
    func bluetooth() throws {
        let record = Self.built(NetworkAddress(.bluetooth, "00:1A:7D:DA:71:13"), of: .usb)
        #expect(try Self.outcome(record, ["permanentAddress": "001a7dda7113"], .usb).kind == .matched)
        #expect(try Self.outcome(record, ["permanentAddress": "001a7dda7114"], .usb).kind == .mismatched)
        let unshown = try Self.outcome(record, [:], .usb)
        #expect(unshown.kind == .matched)
        #expect(unshown.notes == ["addresses: the part does not show this field, which was not compared"])
    }

    @Test("An address that the record states in the words of a scan too is compared once")
    func once() throws {
        var record = Self.built(NetworkAddress(.ethernet, "8c:04:ba:00:00:01"))
        record.components[0].part.properties["permanentAddress"] = "8c:04:ba:00:00:01"
        let outcome = try Self.outcome(record, ["permanentAddress": "8c:04:ba:00:00:09"])
        #expect(outcome.fields.map(\.name) == ["properties.permanentAddress"])
    }

    @Test("Another maker's number is a difference, another way of fitting a note, and silence says nothing")
    func statements() throws {
        let record = Self.built(id: "1.3.6.1.4.1.343", replaceable: true)
        #expect(try Self.outcome(record, [:]).kind == .matched)
        #expect(try Self.outcome(record, [:]).notes.isEmpty)
        let same = ["manufacturerID": "1.3.6.1.4.1.343", "fieldReplaceable": "true"]
        #expect(try Self.outcome(record, same).notes.isEmpty)
        let maker = try Self.outcome(record, ["manufacturerID": "1.3.6.1.4.1.9"])
        #expect(maker.kind == .mismatched)
        #expect(maker.fields.map(\.name) == ["manufacturerID"])
        let fitting = try Self.outcome(record, ["fieldReplaceable": "false"])
        #expect(fitting.kind == .matched)
        #expect(fitting.notes == ["fieldReplaceable: expected true, found false"])
    }

    @Test("A policy rules these fields as any other")
    func policies() throws {
        let record = Self.built(
            NetworkAddress(.ethernet, "8c:04:ba:00:00:01"), id: "1.3.6.1.4.1.343", replaceable: true)
        let other = [
            "manufacturerID": "1.3.6.1.4.1.9", "fieldReplaceable": "false", "permanentAddress": "8c:04:ba:00:00:09",
        ]
        let strict = try Self.outcome(record, other, policy: ["fieldReplaceable": .exact])
        #expect(strict.fields.map(\.name) == ["manufacturerID", "fieldReplaceable", "addresses"])
        let lenient = try Self.outcome(
            record, other, policy: ["manufacturerID": .notice, "addresses": .ignore, "fieldReplaceable": .ignore])
        #expect(lenient.kind == .matched)
        #expect(lenient.notes.contains("manufacturerID: expected 1.3.6.1.4.1.343, found 1.3.6.1.4.1.9"))
    }
}

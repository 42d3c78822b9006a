import AssayModel
import FoundationEssentials
import Testing
@testable import AssayRules
@Test func dump() throws {
    let s = try CanonicalJSON.decode(InventorySnapshot.self, from: [UInt8](try Data(contentsOf: URL(filePath: "/tmp/dump-firecracker-vm.scan.json"))))
    for n in ["firecracker-vm", "generic-x86-edge"] {
        let b = try RecordJSON.profile(from: [UInt8](try Data(contentsOf: URL(filePath: "/work/main/hwprofiles/boards/\(n)/profile.json"))))
        let y = Evaluation(profile: b).run(s)
        print(n, y.verdict, y.outcomes.differences)
        print(TextRenderer.render(y, style: .init(largeVerdict: true, color: false)))
        try Data(try JSONRenderer.render(y).utf8).write(to: URL(filePath: "/tmp/dump-\(n).verify.json"))
        try Data(JUnitRenderer.render(y).utf8).write(to: URL(filePath: "/tmp/dump-\(n).xml"))
        let rec = AsBuiltRecord(device: .init(serial: "S"), components: s.components.map { BuiltComponent($0.componentClass, at: $0.location, part: PartDescription(model: $0.model)) })
        try Data(try CanonicalJSON.encodeForPeople(rec)).write(to: URL(filePath: "/tmp/rec.json"))
    }
    let sv = try CanonicalJSON.decode(InventorySnapshot.self, from: [UInt8](try Data(contentsOf: URL(filePath: "/tmp/dump-server.scan.json"))))
    let p = ProfileLearner().learn(from: sv, id: "x", source: RecordProvenance(origin: "learned"))
    let c = ContinuousClock()
    print("server", sv.components.count, c.measure { _ = Evaluation(profile: p).run(sv) })
    var q = p; for i in q.components.indices { q.components[i].slot = nil }
    print("server without slots", c.measure { print(Evaluation(profile: q).run(sv).outcomes.differences.count) })
}

import AssayModel
import Testing

@Suite struct AsBuiltRecordAgreementTests {
    private static let base = RecordChainTests.base()

    private static func changed(_ change: (inout AsBuiltRecord) -> Void) -> AsBuiltRecord {
        var record = base
        change(&record)
        return record
    }

    private static let agreeing: [(String, AsBuiltRecord)] = [
        ("the same", base), ("parts in another order", changed { $0.components.reverse() }),
        ("another form", changed { $0.source = RecordProvenance(origin: "imported") }),
        ("who stood where", changed { ($0.line, $0.station, $0.operatorName) = ("3", "7", "b-17") }),
        ("what only one states", changed { ($0.profile, $0.factory) = ("edge", "graz") }),
        ("the same moment in other words", changed { $0.builtAt = "2026-01-01T01:00:00+01:00" }),
        ("another letter case", changed { $0.device.model = "EDGE" }),
        ("no time of building", changed { $0.builtAt = nil }),
    ]

    @Test("Records that say the same of a unit agree", arguments: agreeing.indices)
    func agree(_ index: Int) {
        let (name, other) = Self.agreeing[index]
        #expect(Self.base.contradictions(to: other) == [], "\(name)")
        #expect(other.contradictions(to: Self.base) == [], "\(name)")
    }

    private static let contradicting: [(AsBuiltRecord, [String])] = [
        (changed { $0.components[1].part.serial = "3" }, ["components"]),
        (changed { $0.components.removeLast() }, ["components"]),
        (changed { $0.components.append($0.components[0]) }, ["components"]),
        (changed { $0.components[0].lot = "L7" }, ["components"]),
        (changed { $0.builtAt = "2026-01-02" }, ["builtAt"]),
        (changed { $0.device.model = "core" }, ["device.model"]),
        (changed { $0.covers = [.memory] }, ["covers"]),
        (changed { $0.firmwareManifest = [FirmwareImage(name: "u-boot")] }, ["firmwareManifest"]),
    ]

    @Test("A contradiction is named by its field, from either side", arguments: contradicting.indices)
    func contradict(_ index: Int) {
        let (other, fields) = Self.contradicting[index]
        #expect(Self.base.contradictions(to: other) == fields && other.contradictions(to: Self.base) == fields)
    }

    @Test func factoriesContradict() {
        let graz = Self.changed { $0.factory = "graz" }
        let linz = Self.changed { $0.factory = "linz" }
        #expect(graz.contradictions(to: linz) == ["factory"])
    }
}

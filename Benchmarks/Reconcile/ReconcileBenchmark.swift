internal import AssayModel
internal import AssayRules
internal import Glibc

/// Measures what it costs to hold one device of 200 parts against its profile and its as-built record.
///
/// The profile is prepared before, as for all units of a model; everything that is this unit's own is measured. The unit
/// has one part swapped, one added, one removed and one firmware downgraded, so that the optimal assignment has work to
/// do. Decoding the unit's own inventory is the peer: whoever judges a report has done that before.
@main
struct ReconcileBenchmark {
    private static let rounds = 200

    static func main() throws {
        let good = unit()
        let profile = ProfileLearner().learn(from: good, id: "bench", source: RecordProvenance(origin: "learned"))
        guard let record = RecordCapture().record(of: good, .init())?.record else {
            throw Failure(message: "the unit has no record")
        }
        let device = changed(good)
        let encoded = try CanonicalJSON.encode(device)
        let design = PreparedProfile(profile)
        let differences = Evaluation(design: design, record: record).run(device).outcomes.filter(\.fails)
        guard differences.count == 4 else { throw Failure(message: "\(differences.count) differences instead of 4") }
        let reconciling = measure { _ = Evaluation(design: design, record: record).run(device) }
        let decoding = try measure { _ = try CanonicalJSON.decode(InventorySnapshot.self, from: encoded) }
        print("| 200 parts against profile and record | Median ms | Longest ms |\n|---|---|---|")
        print("| reconciliation and rules | \(text(reconciling.median)) | \(text(reconciling.longest)) |")
        print("| decoding the inventory's JSON | \(text(decoding.median)) | \(text(decoding.longest)) |")
        print("| ratio | \(text(reconciling.median / decoding.median)) | – |")
    }

    private struct Failure: Error, CustomStringConvertible {
        let message: String
        var description: String { message }
    }

    private static func unit() -> InventorySnapshot {
        var device = DeviceFacts()
        device.manufacturer = "Example Works"
        device.model = "Rack 9000"
        device.serial = "R9-000042"
        func part(_ kind: ComponentClass, _ location: String, _ number: Int) -> Component {
            Component(
                kind, at: location, evidence: Evidence(probe: "bench", path: "/sys/\(location)"),
                manufacturer: "Maker \(number % 7)", model: "Model \(number % 11)", partNumber: "PN-\(number % 13)",
                serial: "SN\(1_000_000 + number)", revision: "0\(number % 4)", firmwareVersion: "1.\(number % 9)",
                ids: ["vendor": "10\(number % 7)6", "device": "2\(number % 10)30", "class": "020000"],
                properties: ["size": "\(number % 5)"])
        }
        let kinds: [(ComponentClass, String, Int)] = [
            (.pci, "pci/0000:00:", 90), (.memory, "dimm/", 48), (.storage, "storage/", 32), (.usb, "usb/1-", 30),
        ]
        var components: [Component] = []
        for (kind, place, count) in kinds {
            for number in 0..<count { components.append(part(kind, place + String(number), components.count)) }
        }
        return InventorySnapshot(device: device, components: components)
    }

    private static func changed(_ good: InventorySnapshot) -> InventorySnapshot {
        var device = good
        device.components[100].serial = "SN-OTHER"
        device.components[150].firmwareVersion = "0.1"
        device.components[199].location = "usb/2-7"
        device.components[199].model = "Unknown"
        device.components[199].ids = ["vendor": "dead", "device": "beef"]
        device.components[199].manufacturer = "Nobody"
        device.components[199].partNumber = nil
        device.components[199].serial = nil
        return device
    }

    private static func measure(_ body: () throws -> Void) rethrows -> (median: Double, longest: Double) {
        var times: [Double] = []
        for _ in 0..<rounds {
            let start = ContinuousClock.now
            try body()
            times.append((ContinuousClock.now - start) / .milliseconds(1))
        }
        times.sort()
        return (times[rounds / 2], times[rounds - 1])
    }

    private static func text(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
    }
}

import AssayModel
import AssayTestKit
import Testing

@testable import AssayRules

/// How often the rules speak of devices that nobody suspects; `make detection` prints what this measures.
@Suite(.enabled(if: Corpus.isAvailable)) struct DetectionRateTests {
    private static let day = CalendarDay("2026-11-24")

    private struct Hit: Hashable, Comparable {
        let confidence: String
        let rule: String
        let category: String

        static func < (left: Hit, right: Hit) -> Bool { (left.confidence, left.rule) < (right.confidence, right.rule) }
    }

    @Test("No near proof on any genuine device, a strong signal on less than 0.5 %")
    func rates() throws {
        var devices = 0
        var byHit: [Hit: Set<String>] = [:]
        var strong: Set<String> = []
        for population in try Population.all() {
            #expect(!population.devices.isEmpty)
            devices += population.devices.count
            print("detection: \(population.name) \(population.devices.count) devices")
            for (name, inventory) in population.devices {
                let device = population.name + "/" + name
                for finding in Evaluation(profile: nil, today: Self.day).run(inventory).findings {
                    guard let confidence = finding.confidence, let category = finding.category else { continue }
                    let hit = Hit(confidence: confidence.rawValue, rule: finding.rule, category: category.rawValue)
                    byHit[hit, default: []].insert(device)
                    // A supplier that stands on a list is no false alarm: the device says so itself.
                    guard category != .restrictedSupplier else { continue }
                    #expect(confidence != .a, "\(device): \(finding.title), \(finding.observed ?? "")")
                    guard confidence == .b else { continue }
                    strong.insert(device)
                    print("detection: B \(device): \(finding.title), \(finding.observed ?? "")")
                }
            }
        }
        for (hit, names) in byHit.sorted(by: { $0.key < $1.key }) {
            print("detection: \(hit.confidence) \(hit.rule) (\(hit.category)) \(names.count) of \(devices)")
        }
        print("detection: B on \(strong.count) of \(devices) devices")
        #expect(strong.count * 200 < devices)
    }

    @Test("The machines' tables hold what their texts say")
    func table() throws {
        let population = try #require(try Population.all().first { $0.name == "dmi-population" })
        let parts = population.devices.flatMap(\.inventory.components)
        #expect(population.devices.count == 300)
        #expect(parts.filter { $0.componentClass == .memory && $0.isPresent }.count > 500)
        let firmware = population.devices.flatMap(\.inventory.firmware)
        #expect(firmware.filter { $0.properties["releaseDate"].flatMap { CalendarDay($0) } != nil }.count > 250)
        #expect(parts.filter { $0.componentClass == .baseboard && $0.manufacturer != nil }.count > 250)
    }
}

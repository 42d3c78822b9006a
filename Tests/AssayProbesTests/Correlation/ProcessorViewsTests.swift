import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct ProcessorViewsTests {
    private func package(_ number: Int, _ ids: [String: String] = ["family": "6", "model": "9e", "stepping": "a"])
        -> Component
    {
        Component(
            .processor, at: "processor/\(number)",
            evidence: Evidence(probe: "processor/cpuinfo", path: "/proc/cpuinfo"),
            manufacturer: "GenuineIntel", model: "Model X", ids: ids, properties: ["cores": "6"])
    }

    private func socket(_ name: String, id: String? = "ea060900fffbebbf", populated: Bool? = true) -> Component {
        Component(
            .processor, at: "cpu/\(name)",
            evidence: Evidence(probe: "smbios/tables", path: "/sys/firmware/dmi/tables/DMI", access: .reported),
            manufacturer: "Intel(R) Corporation", model: "Model X", partNumber: "P1", serial: "S1",
            ids: id.map { ["processorID": $0] } ?? [:],
            properties: ["smbios.handle": "0x0004", "cores": "6"].merging(
                populated.map { ["populated": $0 ? "true" : "false"] } ?? [:]
            ) { $1 })
    }

    private func correlated(_ components: [Component]) -> [Component] {
        var components = components
        ProcessorViews.correlate(&components)
        return components
    }

    @Test("one socket and one package are one part") func joins() throws {
        let result = correlated([socket("U3E1"), socket("U3E2", populated: false), package(0)])
        #expect(result.map(\.location) == ["cpu/U3E2", "processor/0"])
        let part = result[1]
        #expect(part.manufacturer == "GenuineIntel" && part.serial == "S1" && part.partNumber == "P1")
        #expect(part.evidence.probe == "processor/cpuinfo")
        #expect(part.ids["processorID"] == "ea060900fffbebbf")
        #expect(part.isCounted)
        #expect(part.properties["smbios.manufacturer"] == "Intel(R) Corporation")
        #expect(part.properties["smbios.confirms"] == "model")
        #expect(part.properties["smbios.provides"] == "partNumber serial")
        #expect(part.properties["smbios.handle"] == "0x0004")
        #expect(part.properties["smbios.location"] == "cpu/U3E1")
    }

    @Test(
        "signatures tell processors apart, as far as both state them",
        arguments: [
            ("ea060900fffbebbf", "6", "9e", "a", 1), ("eb060900fffbebbf", "6", "9e", "a", 2),
            ("120f8000", "17", "1", "2", 1), ("120f8100", "17", "11", "2", 1), ("120f8100", "17", "1", "2", 2),
            ("110f8100", "17", "11", "2", 2), ("12 ", "6", "9e", "a", 1), ("00000000", "6", "9e", "a", 1),
            (nil, "6", "9e", "a", 1),
        ] as [(String?, String, String, String, Int)])
    func signatures(_ id: String?, _ family: String, _ model: String, _ stepping: String, _ count: Int) {
        let ids = ["family": family, "model": model, "stepping": stepping]
        #expect(correlated([socket("A", id: id), package(0, ids)]).count == count)
    }

    @Test("several of both cannot be told apart: the sockets are marked") func several() {
        let result = correlated([socket("A"), socket("B"), package(0), package(1)])
        #expect(result.map(\.viewOf) == [.processor, .processor, nil, nil])
        #expect(result[0].properties["view.candidates"] == "processor/0; processor/1")
        let guests = correlated([socket("A"), package(0), package(1), package(2)])
        #expect(guests.map(\.viewOf) == [.processor, nil, nil, nil])
        #expect(correlated([socket("A"), socket("B"), package(0)]).allSatisfy { $0.viewOf == nil })
    }

    @Test("a scan makes one processor of its two views") func scan() throws {
        let cpuinfo = "processor\t: 0\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 158\nstepping\t: 10\n"
        struct Socket: Probe {
            static let descriptor = ProbeDescriptor(id: "test/socket", summary: "A socket.", accesses: [])
            let component: Component
            func read(_ context: ProbeContext) -> ProbeOutput {
                var output = ProbeOutput()
                output.components = [component]
                return output
            }
        }
        let tree = try HostTree(["proc/cpuinfo": .text(cpuinfo)])
        let runner = ProbeRunner([Socket(component: socket("A")), ProcessorProbe()])
        let output = runner.run(ProbeContext(root: try tree.root()))
        #expect(output.components.map(\.location) == ["processor/0"])
        #expect(output.components.first?.properties["smbios.location"] == "cpu/A")
    }
}

extension Component {
    /// Whether a rule would count it as a part.
    fileprivate var isCounted: Bool { properties["populated"] != "false" && viewOf == nil }
}

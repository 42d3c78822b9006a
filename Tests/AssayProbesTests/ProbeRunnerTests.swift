import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct ProbeRunnerTests {
    @Test("a bus full of functions without ids does not flood the report, and hides none of them")
    func limitsGapsOfEveryProbe() throws {
        var nodes: [String: HostTree.Node] = [:]
        for device in 0..<20 {
            for function in 0..<8 {
                let number = String("0" + String(device, radix: 16)).suffix(2)
                nodes["/sys/bus/pci/devices/0000:00:\(number).\(function)"] = .directory
            }
        }
        let tree = try HostTree(nodes)
        let output = ProbeRunner([PCIProbe()]).run(ProbeContext(root: try tree.root()))
        #expect(output.components.count == 160)
        #expect(output.gaps.count == 33)
        #expect(output.gaps.first?.detail == "128 more of this kind")
    }
}

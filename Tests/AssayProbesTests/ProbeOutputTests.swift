import AssayModel
import Testing

@testable import AssayProbes

@Suite struct ProbeOutputTests {
    private static func gaps(_ count: Int, _ kind: Gap.Kind, probe: String = "p/x") -> [Gap] {
        (0..<count).map { number in
            let name = String("0000\(number)".suffix(4))
            return Gap(probe: probe, path: "/sys/bus/x/\(name)/id", kind: kind, detail: "d")
        }
    }

    @Test("of more than 32 gaps of one probe and kind the rest is counted")
    func limitsFloods() {
        var output = ProbeOutput()
        output.gaps = Self.gaps(5000, .malformed) + Self.gaps(32, .denied) + Self.gaps(33, .denied, probe: "q/x")
        output.sort()
        output.limitGaps()
        #expect(output.gaps.count == 33 + 32 + 33)
        let malformed = output.gaps.filter { $0.kind == .malformed }
        #expect(
            malformed.first == Gap(probe: "p/x", path: "/sys/bus/x", kind: .malformed, detail: "4968 more of this kind")
        )
        #expect(malformed.dropFirst().first?.path == "/sys/bus/x/0000/id")
        let other = output.gaps.filter { $0.probe == "q/x" && $0.detail != "d" }
        #expect(other == [Gap(probe: "q/x", path: "/sys/bus/x/0032/id", kind: .denied, detail: "1 more of this kind")])
    }

    @Test func fewGapsStayAsTheyAre() {
        var output = ProbeOutput()
        output.gaps = Self.gaps(32, .absent)
        let before = output
        output.limitGaps()
        #expect(output == before)
    }

    @Test("a name of the hypervisor replaces the mere word that there is one, and no other name")
    func mergesHypervisors() {
        func merged(_ first: String?, _ second: String?) -> String? {
            var (all, more) = (ProbeOutput(), ProbeOutput())
            all.device.hypervisor = first
            more.device.hypervisor = second
            all.merge(more)
            return all.device.hypervisor
        }
        #expect(merged("present", "firecracker") == "firecracker")
        #expect(merged("present", nil) == "present")
        #expect(merged("QEMU", "firecracker") == "QEMU")
        #expect(merged("QEMU", "present") == "QEMU")
        #expect(merged(nil, "firecracker") == "firecracker")
    }
}

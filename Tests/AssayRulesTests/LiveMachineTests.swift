import AssayHost
import AssayModel
import AssayProbes
import Testing

@testable import AssayRules

/// Real readings of the machine that runs the tests.
@Suite struct LiveMachineTests {
    private func snapshot(_ root: HostRoot) -> InventorySnapshot {
        let output = ProbeRunner().run(ProbeContext(root: root))
        return InventorySnapshot(
            device: output.device, components: output.components, firmware: output.firmware, boot: output.boot,
            kernel: output.kernel, gaps: output.gaps)
    }

    @Test("What this machine shows passes the profile that was learned from it")
    func thisMachine() throws {
        let inventory = snapshot(try HostRoot(path: "/"))
        let learned = ProfileLearner().learn(
            from: inventory, id: "this-machine", source: RecordProvenance(origin: "learned"))
        let bytes = try CanonicalJSON.encodeForPeople(learned)
        let profile = try RecordJSON.profile(from: bytes)
        #expect(profile == learned)
        let result = Evaluation(profile: profile).run(inventory)
        #expect(result.verdict == .pass, "\(result.outcomes.differences)")
        #expect(result.outcomes.allSatisfy { $0.kind == .matched })
    }
}

import AssayHost
import AssayModel
import AssayProbes
import FoundationEssentials
import Testing
@testable import AssayRules
@Test(.enabled(if: ProcessInfo.processInfo.environment["ASSAY_DUMP"] != nil)) func dump() throws {
    for pair in (ProcessInfo.processInfo.environment["ASSAY_DUMP"] ?? "").split(separator: ",") {
        let p = pair.split(separator: "=")
        let output = ProbeRunner().run(ProbeContext(root: try HostRoot(path: String(p[0]))))
        let s = InventorySnapshot(device: output.device, components: output.components, firmware: output.firmware, boot: output.boot, kernel: output.kernel, gaps: output.gaps)
        try Data(try CanonicalJSON.encodeForPeople(s)).write(to: URL(filePath: "/tmp/dump-\(p[1]).scan.json"))
        let l = ProfileLearner().learn(from: s, id: String(p[1]), source: RecordProvenance(origin: "learned", date: "2026-11-24"))
        try Data(try CanonicalJSON.encodeForPeople(l)).write(to: URL(filePath: "/tmp/dump-\(p[1]).profile.json"))
        let r = Evaluation(profile: l).run(s)
        print(p[1], r.verdict, r.outcomes.differences)
    }
}

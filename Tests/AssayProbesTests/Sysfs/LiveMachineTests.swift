import AssayHost
import AssayModel
import Testing

@testable import AssayProbes

@Suite struct LiveMachineTests {
    @Test("the machine that runs the tests has a processor, and nothing of it is malformed")
    func readsThisMachine() throws {
        let root = try HostRoot.live()
        for probe in RecordedTreesTests.probes {
            let output = probe.read(ProbeContext(root: root))
            #expect(output.gaps.allSatisfy { $0.kind != .malformed }, "\(output.gaps)")
            if probe is ProcessorProbe { #expect(!output.components.isEmpty) }
        }
    }

    @Test("every probe states what it touches, under an id of its own")
    func descriptors() {
        let descriptors = RecordedTreesTests.probes.map { type(of: $0).descriptor }
        #expect(Set(descriptors.map(\.id)).count == descriptors.count)
        for descriptor in descriptors {
            #expect(!descriptor.accesses.isEmpty)
            #expect(descriptor.accesses.allSatisfy { $0.path.hasPrefix("/") || $0.path.hasPrefix("ioctl:") })
        }
    }
}

import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct USBGuardHashTests {
    private static func hash(_ product: String, _ bytes: [UInt8]) -> String {
        USBGuardHash.text(name: "hub", vendor: "1d6b", product: product, serial: "", descriptors: bytes)
    }

    @Test("bcdDevice counts for every device but a root hub")
    func leavesOutTheKernelVersion() {
        let (old, new) = (USBDescriptorSetTests.device(version: 1), USBDescriptorSetTests.device(version: 2))
        #expect(Self.hash("0002", old) == Self.hash("0002", new))
        #expect(Self.hash("0104", old) != Self.hash("0104", new))
        #expect(Self.hash("0002", [1, 2, 3]) == Self.hash("0002", [1, 2, 3]))
    }

    @Test("the two hashes that usbguard's own test expects", .enabled(if: Corpus.isAvailable))
    func agreesWithPublishedHashes() throws {
        let tree = try UmockdevTree.make(try Corpus.text("usb/usbguard/devices.umockdev"))
        let output = USBProbe().read(ProbeContext(root: try tree.root()))
        let found = Set(output.components.compactMap { $0.properties["usbguardHash"] })
        let lines = try Corpus.text("usb/usbguard/published-hashes.txt").split(separator: "\n")
        let published = lines.filter { !$0.hasPrefix("#") }.compactMap {
            $0.split(separator: " ").last.map(String.init)
        }
        #expect(published.count == 2)
        #expect(found.isSuperset(of: published))
    }
}

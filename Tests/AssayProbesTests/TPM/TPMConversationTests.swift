import AssayBytes
import AssayHost
import AssayModel
import AssayTestKit
import Foundation
import Synchronization
import Testing

@testable import AssayProbes

@Suite(.serialized) struct TPMConversationTests {
    /// Answers each command from a table, and keeps what was asked.
    private final class Script: TPMTransport {
        let answers: [TPMCommand: [UInt8]]
        let asked = Mutex<[[UInt8]]>([])

        init(_ answers: [TPMCommand: [UInt8]]) { self.answers = answers }

        func transmit(_ command: [UInt8]) throws(HostFailure) -> [UInt8] {
            asked.withLock { $0.append(command) }
            guard let answer = answers.first(where: { $0.key.bytes == command })?.value else {
                throw HostFailure(.ioError, path: "/dev/tpmrm0")
            }
            return answer
        }
    }

    private static let properties = TPMCommand.getCapability(.properties, property: 0x100, count: 0x40)
    private static let indices = TPMCommand.getCapability(.handles, property: 0x01c0_0002, count: 64)
    private static let handles = TPMCommand.getCapability(.handles, property: 0x8101_0000, count: 16)
    private static let maker: [UInt8] = [0, 0, 0, 0, 6, 0, 0, 0, 1, 0, 0, 1, 5, 0x49, 0x46, 0x58, 0]
    private static func list(_ handles: UInt32...) -> [UInt8] {
        [0, 0, 0, 0, 1, 0, 0, 0, UInt8(handles.count)] + handles.flatMap(TPMBytes.octets)
    }

    private static func talk(_ answers: [TPMCommand: [UInt8]]) -> TPMConversation {
        TPMConversation(over: Script(answers), probe: "tpm/class", path: "/dev/tpmrm0")
    }

    @Test(
        "a module tells its maker, its keys and their certificates, and is left as it is",
        .enabled(if: SoftwareTPM.programs != nil, "needs the Debian packages swtpm and swtpm-tools"))
    func softwareModule() throws {
        let module = try SoftwareTPM()
        let tree = try HostTree(["/sys/class/tpm/tpm0/tpm_version_major": "2\n"])
        let probe = TPMProbe { (path, _) throws(HostFailure) in path == "/dev/tpmrm0" ? module : nil }
        let context = ProbeContext(root: try tree.root(), mayOpenDeviceNodes: true)
        let tpm = try #require(probe.read(context).components.first)
        #expect(tpm.manufacturer == "IBM")
        #expect(tpm.properties["vendorText"] == "SW TPM")
        #expect(tpm.firmwareVersion?.split(separator: ".").count == 4)

        // The maker's own record of the key: its modulus.
        let line = try #require(module.log.firstMatch(of: #/--ek ([0-9a-f]+) /#))
        let modulus = try #require(Hex.bytes(line.1))
        #expect(tpm.digests["endorsementKey"] == EndorsementKey(modulus: modulus, exponent: 65_537).digest)
        // Certificate and module show the same key, each in its own form.
        #expect(tpm.properties["endorsementKeyPlaces"] == "01c00002 81010001")
        #expect(tpm.digests["endorsementCertificate"] != nil)
        let point = try #require(module.log.firstMatch(of: #/--ek x=([0-9a-f]+),y=([0-9a-f]+),id=secp384r1/#))
        let other = EndorsementKey(.p384, x: try #require(Hex.bytes(point.1)), y: try #require(Hex.bytes(point.2)))
        #expect(tpm.digests["endorsementKey.01c00016"] == other.digest)

        let memory = try module.memory()
        let again = probe.read(context)
        #expect(again.gaps.isEmpty, "\(again.gaps)")
        #expect(again.components == [tpm])
        #expect(try module.memory() == memory)
    }

    @Test("two modules have two keys", .enabled(if: SoftwareTPM.programs != nil, "needs swtpm"))
    func everyModuleHasItsOwn() throws {
        let keys = try (0..<2).map { _ in
            TPMConversation(over: try SoftwareTPM(), probe: "tpm/class", path: "/dev/tpmrm0").keys.first?.key
        }
        #expect(keys[0] != nil && keys[1] != nil && keys[0] != keys[1])
    }

    @Test("nothing is asked where device nodes stay closed, nor of a TPM 1.2, nor of a recorded tree")
    func staysClosed() throws {
        let asked = Mutex(0)
        let probe = TPMProbe { (_, _) throws(HostFailure) in
            asked.withLock { $0 += 1 }
            return nil
        }
        for (version, isAllowed, count) in [("2", false, 0), ("1", true, 0), ("2", true, 1)] {
            let tree = try HostTree(["/sys/class/tpm/tpm0/tpm_version_major": .text(version + "\n")])
            let output = probe.read(ProbeContext(root: try tree.root(), mayOpenDeviceNodes: isAllowed))
            #expect(output.components.count == 1 && output.gaps.isEmpty)
            #expect(asked.withLock { $0 } == count)
        }
        let tree = try HostTree(["/sys/class/tpm/tpm0/tpm_version_major": "2\n", "/dev/tpmrm0": "no device"])
        let output = TPMProbe().read(ProbeContext(root: try tree.root(), mayOpenDeviceNodes: true))
        #expect(output.gaps.isEmpty && output.components.first?.digests.isEmpty == true)
    }

    @Test("a node that refuses is a gap, and the module is listed all the same")
    func refusedNode() throws {
        let tree = try HostTree(["/sys/class/tpm/tpm0/tpm_version_major": "2\n"])
        let probe = TPMProbe { (path, _) throws(HostFailure) in throw HostFailure(.denied, path: path) }
        let output = probe.read(ProbeContext(root: try tree.root(), mayOpenDeviceNodes: true))
        #expect(output.components.map(\.location) == ["tpm/0"])
        #expect(output.gaps.map { "\($0.kind.rawValue) \($0.path)" } == ["denied /dev/tpmrm0"])
    }

    @Test("a failed answer is a gap that names command and code")
    func failedAnswers() {
        for (answer, kind, detail) in [
            (TPMBytes.response(code: 0x101), Gap.Kind.ioError, "TPM2_GetCapability answers 0x101"),
            (TPMBytes.response(code: 0x143), .unsupported, "TPM2_GetCapability answers 0x143"),
            ([1, 2, 3], .malformed, "TPM2_GetCapability: response size: truncated at byte 3"),
        ] {
            let conversation = Self.talk([Self.properties: answer])
            #expect(conversation.gaps.map(\.kind) == [kind])
            #expect(conversation.gaps.map(\.detail) == [detail])
            #expect(conversation.identity == nil && conversation.keys.isEmpty)
        }
        let silent = Self.talk([:])
        #expect(silent.gaps.map(\.kind) == [.ioError])
    }

    @Test("an index that a wrong password would be counted for is not read")
    func protectedIndex() {
        let index: UInt32 = 0x01c0_0002
        // Written and readable with its own authorization, but under dictionary attack protection.
        let area = TPMBytes.sized(
            TPMBytes.octets(index) + [0, 11] + TPMBytes.octets(UInt32(1 << 18 | 1 << 29)) + [0, 0, 2, 0])
        let script = Script([
            Self.properties: TPMBytes.response(Self.maker), Self.indices: TPMBytes.response(Self.list(index)),
            .readIndexPublic(index): TPMBytes.response(area), Self.handles: TPMBytes.response(Self.list()),
        ])
        let conversation = TPMConversation(over: script, probe: "tpm/class", path: "/dev/tpmrm0")
        #expect(conversation.gaps.map(\.kind) == [.denied])
        #expect(conversation.gaps.first?.detail == "index 01c00002 cannot be read without a password")
        let codes = Set(script.asked.withLock { $0 }.map { Array($0[6..<10]) })
        #expect(codes == [[0, 0, 1, 0x7a], [0, 0, 1, 0x69]])
        #expect(conversation.identity?.manufacturer == "IFX")
    }

    @Test("a persistent key of another kind is no endorsement key")
    func otherKey() {
        func talk(_ attributes: TPMPublicArea.Attributes) -> TPMConversation {
            Self.talk([
                Self.properties: TPMBytes.response(Self.maker), Self.indices: TPMBytes.response(Self.list()),
                Self.handles: TPMBytes.response(Self.list(0x8101_0001)),
                .readPublic(0x8101_0001): TPMBytes.response(TPMBytes.rsaArea(attributes)),
            ])
        }
        #expect(talk(.endorsement).keys.map(\.places) == [["81010001"]])
        #expect(talk(.endorsement.union(.sign)).keys.isEmpty)
        #expect(talk(.endorsement.subtracting(.fixedTPM)).keys.isEmpty)
    }

    @Test("a module that never ends its lists is asked a bounded number of times")
    func endlessLists() {
        final class Endless: TPMTransport {
            let count = Mutex(0)
            func transmit(_ command: [UInt8]) throws(HostFailure) -> [UInt8] {
                count.withLock { $0 += 1 }
                guard command.count == 22 else { return TPMBytes.response(code: 0x101) }
                let first = Array(command[14..<18])
                let isProperty = command[13] == 6
                return TPMBytes.response(
                    [1, 0, 0, 0, command[13], 0, 0, 0, 1] + first + (isProperty ? [0, 0, 0, 0] : []))
            }
        }
        let module = Endless()
        let conversation = TPMConversation(over: module, probe: "tpm/class", path: "/dev/tpmrm0")
        #expect(module.count.withLock { $0 } < 200)
        #expect(conversation.keys.isEmpty)
    }
}

import AssayBytes
import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct EFIProbeTests {
    private static let folder = "/sys/firmware/efi/efivars/"
    private static let global = "-8be4df61-93ca-11d2-aa0d-00e098032b8c"
    private static let security = "-d719b2cb-3d3a-4596-a3bc-dad00e67656f"
    private static let shim = "-605dab50-e046-4300-abb6-3dd810dd8b23"
    private static let loader = "-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"

    private static func variable(_ content: [UInt8]) -> HostTree.Node { .bytes([7, 0, 0, 0] + content) }

    private static func text(_ text: String) -> [UInt8] {
        text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] } + [0, 0]
    }

    private static func read(_ nodes: [String: HostTree.Node]) throws -> ProbeOutput {
        let tree = try HostTree(nodes)
        return try withExtendedLifetime(tree) { EFIProbe().read(ProbeContext(root: try tree.root())) }
    }

    @Test func readsAMachine() throws {
        let hashes = SignatureListBytes.hashes(3)
        let output = try Self.read([
            Self.folder + "SecureBoot" + Self.global: Self.variable([1]),
            Self.folder + "SetupMode" + Self.global: Self.variable([0]),
            Self.folder + "dbx" + Self.security: Self.variable(hashes),
            Self.folder + "db" + Self.global: Self.variable([1, 2, 3]),
            Self.folder + "MokListXRT" + Self.shim: Self.variable(SignatureListBytes.hashes(1)),
            Self.folder + "MokListTrustedRT" + Self.shim: Self.variable([1]),
            Self.folder + "SbatLevelRT" + Self.shim: Self.variable(Array("sbat,1".utf8)),
            Self.folder + "BootOrder" + Self.global: Self.variable([0x0a, 0]),
            Self.folder + "BootCurrent" + Self.global: Self.variable([0x0a, 0]),
            Self.folder + "Boot000A" + Self.global: Self.variable([1, 0, 0, 0, 0, 0] + Self.text("Disk\u{7} one ")),
            Self.folder + "BootNext" + Self.global: Self.variable([0, 0]),
            Self.folder + "LoaderInfo" + Self.loader: Self.variable(Self.text("loader 1.2")),
            Self.folder + "short": "x", Self.folder + "Timeout" + Self.global: Self.variable([0, 0]),
        ])
        #expect(output.gaps.isEmpty)
        #expect(output.boot.firmwareType == "uefi")
        #expect(output.boot.secureBoot == true)
        #expect(output.boot.setupMode == false)
        #expect(output.boot.signatureDatabases?.map(\.name) == ["MokListXRT", "dbx"])
        #expect(output.boot.signatureDatabases?.map(\.hashes) == [1, 3])
        #expect(output.boot.signatureDatabases?.last?.digest == .sha256(of: hashes))
        #expect(output.boot.variables?.keys.sorted() == ["Boot000A", "BootCurrent", "BootOrder", "SbatLevelRT"])
        #expect(output.boot.variables?["SbatLevelRT"] == .sha256(of: Array("sbat,1".utf8)))
        #expect(output.boot.loader == ["BootCurrent": "Boot000A Disk one", "LoaderInfo": "loader 1.2"])
    }

    @Test(
        "what handed over to the kernel",
        arguments: [
            ("/sys/firmware/efi/fw_platform_size", "uefi"), ("/sys/firmware/devicetree/base/model", "devicetree"),
            ("/sys/firmware/dmi/tables/DMI", "bios"), ("/sys/firmware/acpi/tables/DSDT", nil), ("/etc/x", nil),
        ] as [(String, String?)])
    func tellsFirmwareTypes(_ path: String, _ type: String?) throws {
        #expect(try Self.read([path: "x"]).boot.firmwareType == type)
    }

    @Test(
        "a running system without UEFI says that Secure Boot cannot be told",
        arguments: [("/etc/x", [Gap.Kind.absent]), ("/sys/firmware/dmi/tables/DMI", []), ("/proc/device-tree/x", [])])
    func saysThatNothingIsKnown(_ path: String, _ kinds: [Gap.Kind]) throws {
        let tree = try HostTree([path: "x"])
        let output = EFIProbe().read(ProbeContext(root: try HostRoot(path: tree.path, isLive: true)))
        #expect(output.gaps.map(\.kind) == kinds)
        #expect(output.gaps.allSatisfy { $0.path == "/sys/firmware/efi" })
        #expect(EFIProbe().read(ProbeContext(root: try tree.root())).gaps.isEmpty)
    }

    @Test(
        "variables that nobody can read are a gap, not Secure Boot off",
        arguments: [
            ("/sys/firmware/efi/efivars", Gap.Kind.absent), ("/sys/firmware/efi/runtime-map", .unsupported),
        ])
    func tellsUnmountedFromUnsupported(_ directory: String, _ kind: Gap.Kind) throws {
        let output = try Self.read([directory: .directory])
        #expect(output.boot.secureBoot == nil)
        #expect(output.gaps.map(\.kind) == [kind])
        #expect(output.gaps.map(\.path) == ["/sys/firmware/efi/efivars"])
    }

    @Test(
        "malformed variables leave a gap beside the others",
        arguments: [
            ("SecureBoot" + global, [UInt8]([2])), ("SecureBoot" + global, [1, 0]), ("db" + security, [1, 2, 3]),
            ("Boot0001" + global, [1, 0, 0, 0, 0, 0, 0x41]), ("Boot0001" + global, [1, 0, 0, 0, 9, 0, 0, 0]),
        ])
    func reportsMalformedVariables(_ name: String, _ content: [UInt8]) throws {
        let output = try Self.read([
            Self.folder + name: Self.variable(content), Self.folder + "SetupMode" + Self.global: Self.variable([1]),
            Self.folder + "BootCurrent" + Self.global: Self.variable([1, 0]),
        ])
        #expect(output.gaps.map(\.kind) == [.malformed])
        #expect(output.gaps.map(\.path) == [Self.folder + name])
        #expect(output.boot.secureBoot == nil)
        #expect(output.boot.setupMode == true)
    }

    @Test func takesVariablesThatWereNeverWrittenAsAbsent() throws {
        let output = try Self.read([
            Self.folder + "db" + Self.security: .bytes([]), Self.folder + "KEK" + Self.global: .bytes([7, 0]),
        ])
        #expect(output.boot.signatureDatabases == nil)
        #expect(output.gaps.map(\.detail) == ["shorter than its four attribute bytes"])
    }

    @Test func readsMachineOwnerListsThatTheKernelKept() throws {
        let output = try Self.read([
            Self.folder + "MokListRT" + Self.shim: Self.variable(SignatureListBytes.hashes(1)),
            "/sys/firmware/efi/mok-variables/MokListRT": .bytes(SignatureListBytes.hashes(2)),
            "/sys/firmware/efi/mok-variables/MokListXRT": .bytes(SignatureListBytes.hashes(3)),
        ])
        #expect(output.boot.signatureDatabases?.map(\.hashes) == [1, 3])
    }

    @Test("reads a real machine", .enabled(if: Corpus.isAvailable), arguments: ["machine0", "machine2"])
    func readsTheCorpus(_ machine: String) throws {
        let base = "efi/efivars-\(machine)/data"
        var nodes: [String: HostTree.Node] = [:]
        for file in Corpus.files(in: base) {
            nodes[Self.folder + file.dropFirst(base.count + 1)] = .bytes(try Corpus.bytes(file))
        }
        let output = try Self.read(nodes)
        #expect(output.gaps.isEmpty)
        #expect(output.boot.secureBoot == (try Corpus.bytes("\(base)/SecureBoot\(Self.global)").last == 1))
        #expect(output.boot.setupMode == (try Corpus.bytes("\(base)/SetupMode\(Self.global)").last == 1))
        #expect(output.boot.signatureDatabases?.map(\.name) == ["KEK", "PK", "db", "dbr", "dbt", "dbx"])
        #expect(output.boot.variables?["Boot0001"] != nil)
        #expect(output.boot.loader?["BootCurrent"]?.hasPrefix("Boot000") == true)
    }
}

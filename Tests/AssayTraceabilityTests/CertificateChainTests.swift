import AssayModel
import AssayTestKit
import Testing

@testable import AssayTraceability

/// The laptop family of the HIRS tests: base certificates, deltas, and what is right.
@Suite(.enabled(if: Corpus.isAvailable)) struct CertificateChainTests {
    static let base = "hirs-laptop/default/laptop.default.1.base.cer"
    static let light = "hirs-laptop/platCertLight/laptop_platCertLight_base_platform.crt"
    static let addMemory = "hirs-laptop/deltaPlatMem/laptop_deltaPlatCert_addMem.crt"
    static let badMemory = "hirs-laptop/badDeltaMem/laptop_badDeltaMem_delta.crt"

    static func record(_ name: String) throws -> AsBuiltRecord {
        try PlatformCertificateTests.certificate(name).record(RecordSignature(.verified))
    }

    static func delta(_ name: String) throws -> RecordDelta {
        try PlatformCertificateTests.certificate(name).delta(RecordSignature(.verified))
    }

    static func serials(_ record: AsBuiltRecord) -> [String] {
        record.components.filter { $0.componentClass == .memory }.compactMap(\.part.serial)
    }

    @Test func aDeltaAddsTheModuleThatItsBaseLacks() throws {
        let base = try Self.record(Self.light)
        #expect(Self.serials(base) == ["29AC2764"])
        let resolution = RecordChain(base: base).resolve([try Self.delta(Self.addMemory)])
        #expect(resolution.defects.isEmpty)
        #expect(Self.serials(resolution.effective) == ["29AC2764", "29AC274B"])
        #expect(resolution.effective.components.last?.statedBy?.hasPrefix("delta certificate 4b50 of") == true)
    }

    @Test func aDeltaOlderThanItsBaseIsOneDefectAndStillApplies() throws {
        let resolution = RecordChain(base: try Self.record(Self.base)).resolve([try Self.delta(Self.badMemory)])
        #expect(resolution.defects.map(\.kind) == [.dateOrder])
        #expect(resolution.defects.first?.observed == "2017-01-01T00:00:00Z")
        #expect(Self.serials(resolution.effective) == ["29AE5421", "29AE5422"])
    }

    @Test("date order and components are two independent defects")
    func twoDefects() throws {
        let resolution = RecordChain(base: try Self.record(Self.light)).resolve([try Self.delta(Self.badMemory)])
        #expect(resolution.defects.map(\.kind) == [.dateOrder, .removedAbsent])
        #expect(resolution.defects.last?.part == "80AD000080AD HMA81GS6AFR8N-UH serial 29AC274B")
    }

    @Test func aDeltaWithoutItsBaseIsAMissingLink() throws {
        var base = try Self.record(Self.light)
        base.source?.certificate?.serial = "2"
        let resolution = RecordChain(base: base).resolve([try Self.delta(Self.addMemory)])
        #expect(resolution.defects.map(\.kind) == [.missingLink])
        #expect(resolution.defects.first?.expected == "certificate 1 of C=US,ST=ST,L=EXAMPLE,O=org,CN=ca")
    }

    @Test func anExpiredCertificateIsADefect() throws {
        let chain = RecordChain(base: try Self.record(Self.base), now: RecordMoment("2030-01-01"))
        #expect(chain.resolve([]).defects.map(\.kind) == [.outsideValidity])
    }

    @Test("base and delta of the paccor tutorial give its rebase")
    func rebase() throws {
        func list(_ name: String) throws -> PaccorComponentList {
            try PaccorComponentList(json: try Corpus.bytes("platform-certs/paccor/tutorials-v2-\(name).json"))
        }
        let resolution = RecordChain(base: try list("components").record())
            .resolve([try list("deltacomponents1").delta()])
        #expect(resolution.defects.isEmpty)
        func key(_ component: BuiltComponent) -> [String?] {
            let part = component.part
            return [
                component.componentClass.rawValue, part.manufacturer, part.model, part.serial,
                component.registryEntry?.texts["REVISION"] ?? part.revision,
            ]
        }
        #expect(
            Set(resolution.effective.components.map(key))
                == Set(try list("rebasecomponents1").record().components.map(key)))
    }
}

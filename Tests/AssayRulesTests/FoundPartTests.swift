import AssayModel
import Testing

@testable import AssayRules

@Suite struct FoundPartTests {
    private static func recorded(_ part: PartDescription, at location: String? = nil) -> FoundPart {
        let fields = part.fields(source: "record", placeholders: .standard) { _ in .exact }
        return FoundPart(BuiltComponent(.memory, at: location, part: part), fields, placeholders: .standard)
    }

    @Test("A serial that says nothing is no key", arguments: [(" sn-1 ", "sn-1"), ("Not Specified", nil), (nil, nil)])
    func serialKey(_ serial: String?, _ key: String?) {
        #expect(FoundPart(Parts.memory("A", serial), placeholders: .standard).serialKey == key)
        #expect(Self.recorded(PartDescription(serial: serial)).serialKey == key)
    }

    @Test("A part of a record shows what it states first, and no digest")
    func record() {
        let part = PartDescription(
            model: "M", firmwareVersion: VersionRequirement(versions: ["2", "1"]), ids: ["vendor": ["8086", "8087"]],
            digests: ["image": "sha256:00"])
        let found = Self.recorded(part, at: "")
        #expect(found.location == nil)
        #expect(found.value(of: .model) == "M")
        #expect(found.value(of: .firmwareVersion) == "2")
        #expect(found.value(of: .id("vendor")) == "8086")
        #expect(found.value(of: .digest("image")) == nil)
        #expect(found.value(of: .serial) == nil)
    }

    @Test("Folding twice gives the same text, each field its own")
    func folding() {
        let found = FoundPart(Parts.pci("0000:01:00.0", "0x8086"), placeholders: .standard)
        for _ in 0..<2 {
            #expect(found.text(of: .id("vendor"), "0x8086").folded == "8086")
            #expect(found.text(of: .model, "A  B").folded == "a b")
            #expect(found.isPlaceholder(.model, "Default string"))
            #expect(!found.isPlaceholder(.revision, "A1"))
        }
    }
}

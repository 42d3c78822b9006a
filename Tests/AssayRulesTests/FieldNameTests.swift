import AssayModel
import Testing

@testable import AssayRules

@Suite struct FieldNameTests {
    @Test(
        "A name reads back as it is written",
        arguments: [
            "manufacturer", "model", "partNumber", "serial", "revision", "firmwareVersion", "location",
            "manufacturerID",
            "fieldReplaceable", "addresses", "ids.vendor",
            "ids.a.b", "digests.*", "properties.link.width", "properties.",
        ])
    func text(_ text: String) { #expect(FieldName(text)?.description == text) }

    @Test("What no part has is no field", arguments: ["", "maker", "ids", "idsvendor", "other.name", ".ids", "Serial"])
    func unknown(_ text: String) { #expect(FieldName(text) == nil) }

    @Test("Each name finds its own value")
    func values() {
        let image = ContentDigest.sha256(of: [1])
        let part = Component(
            .storage, at: "storage/sda", evidence: Evidence(probe: "p", path: "/p"), manufacturer: "a", model: "b",
            partNumber: "c", serial: "d", revision: "e", firmwareVersion: "f", ids: ["vendor": "g", "a.b": "h"],
            digests: ["image": image], properties: ["size": "i"])
        let expected = [
            "manufacturer": "a", "model": "b", "partNumber": "c", "serial": "d", "revision": "e",
            "firmwareVersion": "f", "location": "storage/sda", "ids.vendor": "g", "ids.a.b": "h",
            "digests.image": image.description, "properties.size": "i",
        ]
        for (name, value) in expected { #expect(part.value(of: name) == value, "\(name)") }
        for name in ["ids.device", "digests.other", "properties.kind", "nothing"] {
            #expect(part.value(of: name) == nil, "\(name)")
        }
    }
}

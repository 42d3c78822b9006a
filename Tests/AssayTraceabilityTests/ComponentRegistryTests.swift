import AssayModel
import FoundationEssentials
import Testing

@testable import AssayTraceability

@Suite struct ComponentRegistryTests {
    private struct List: Decodable {
        struct Registry: Decodable {
            let registry: String
            let classes: [String: ComponentClass]
        }
        let schema: String
        let registries: [Registry]
    }

    @Test func theListOfTheRepositoryIsTheBuiltInOne() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "hwprofiles/registries/component-classes.json")
        let list = try CanonicalJSON.decode(List.self, from: try Data(contentsOf: path))
        #expect(list.schema == "assay/component-classes/v1")
        let registries = Dictionary(uniqueKeysWithValues: list.registries.map { ($0.registry, $0.classes) })
        #expect(registries == ComponentRegistry.classes)
    }

    @Test(
        arguments: [
            (ComponentRegistry.tcg, "00060001", ComponentClass.memory), (ComponentRegistry.tcg, "00040009", .tpm),
            (ComponentRegistry.tcg, "00040003", .baseboard), (ComponentRegistry.smbios, "0000810D", .firmware),
            (ComponentRegistry.pcie, "00020000", .pci), (ComponentRegistry.storage, "02010802", .storage),
            (ComponentRegistry.tcg, "00000001", .unclassified), (ComponentRegistry.pcie, "02", .unclassified),
            ("1.2.3", "00060001", .unclassified), (nil, "00060001", .unclassified),
            (ComponentRegistry.tcg, nil, .unclassified),
        ] as [(String?, String?, ComponentClass)])
    func classes(registry: String?, value: String?, expected: ComponentClass) {
        #expect(ComponentRegistry.componentClass(registry: registry, value: value) == expected)
    }
}

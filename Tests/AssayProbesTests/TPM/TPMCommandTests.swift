import AssayBytes
import Testing

@testable import AssayProbes

@Suite struct TPMCommandTests {
    /// Octets as the tables of the TPM 2.0 library, part 3, lay them out.
    @Test(arguments: [
        (
            TPMCommand.getCapability(.properties, property: 0x100, count: 64),
            "8001 00000016 0000017a 00000006 00000100 00000040"
        ),
        (.readPublic(0x8101_0001), "8001 0000000e 00000173 81010001"),
        (.readIndexPublic(0x01c0_0002), "8001 0000000e 00000169 01c00002"),
        (
            .readIndex(0x01c0_0002, count: 512, offset: 1024),
            "8002 00000023 0000014e 01c00002 01c00002 00000009 40000009 0000 00 0000 0200 0400"
        ),
    ])
    func octets(_ command: TPMCommand, _ text: String) {
        #expect(Hex.string(command.bytes) == text.filter { $0 != " " })
    }
}

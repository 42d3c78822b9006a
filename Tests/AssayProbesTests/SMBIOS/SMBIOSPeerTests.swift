import AssayTestKit
import Testing

@testable import AssayProbes

/// Made-up structures of every decoded type against the dmidecode that is installed here.
///
/// The words differ a little between its releases, so that only the one that the tests were written with counts.
@Suite("SMBIOS beside dmidecode", .enabled(if: InstalledDMIDecode.path != nil))
struct SMBIOSPeerTests {
    /// Length of each type's formatted area, and the offsets of its string numbers.
    private static let types: [UInt8: (length: Int, strings: [Int])] = [
        0: (0x1a, [4, 5, 8]), 1: (0x1b, [4, 5, 6, 7, 0x19, 0x1a]), 2: (0x0f, [4, 5, 6, 7, 8, 0x0a]),
        3: (0x15, [4, 6, 7, 8]), 4: (0x30, [4, 7, 0x10, 0x20, 0x21, 0x22]), 7: (0x1b, [4]), 8: (9, [4, 6]),
        9: (0x18, [4]), 16: (0x17, []), 17: (0x5c, [0x10, 0x11, 0x17, 0x18, 0x19, 0x1a, 0x2b]), 19: (0x1f, []),
        22: (0x1a, [4, 5, 6, 7, 8, 0x0e, 0x14]), 27: (0x0f, [0x0e]), 28: (0x16, [4]), 32: (0x0b, []), 38: (0x12, []),
        39: (0x16, [5, 6, 7, 8, 9, 0x0a, 0x0b]), 41: (0x0b, [4]), 45: (0x18, [4, 5, 7, 9, 0x0a, 0x0b]),
    ]
    /// Counts of variable parts, and bits that the standard reserves but the peer reads.
    private static let cleared: [UInt8: [Int]] = [
        2: [0x0e], 3: [0x13, 0x14], 9: [0x12], 17: [0x57, 0x5b], 45: [6, 8, 0x17],
    ]

    @Test("decodes alike", arguments: [UInt64(1), 2, 3])
    func decodesAlike(_ seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        var table: [UInt8] = []
        var count = 1
        for _ in 0..<25 {
            for (type, layout) in Self.types.sorted(by: { $0.key < $1.key }) {
                table += Self.structure(type, handle: UInt16(count), layout, &random)
                count += 1
            }
        }
        table += SMBIOSFixture.end
        let head = SMBIOSFixture.entryPoint64(version: (3, 6), length: table.count) + [UInt8](repeating: 0, count: 8)
        let tree = try HostTree(["dump": .bytes(head + table)])
        let text = try InstalledDMIDecode.run(["--from-dump", tree.path + "/dump"])
        let oracle = DMIDecodeText(text)
        let structures = SMBIOSTable(parsing: table.span.bytes).structures
        #expect(structures.count == count)
        #expect(oracle.structures.count == count)
        for (expected, structure) in zip(oracle.structures, structures) where structure.type != 127 {
            let record = SMBIOSRecord(structure, version: SMBIOSVersion(major: 3, minor: 6))
            for difference in SMBIOSOracle.differences(expected, record) { Issue.record("\(difference)") }
        }
    }

    private static func structure(
        _ type: UInt8, handle: UInt16, _ layout: (length: Int, strings: [Int]), _ random: inout SplitMix64
    ) -> [UInt8] {
        let extremes: [UInt8] = [0, 1, 2, 3, 4, 0x40, 0x7f, 0x80, 0xfe, 0xff]
        var fields = (4..<layout.length).map { _ in
            random.next() % 2 == 0 ? extremes[Int(random.next() % 10)] : UInt8(truncatingIfNeeded: random.next())
        }
        for offset in layout.strings { fields[offset - 4] = UInt8(random.next() % 5) }
        for offset in cleared[type] ?? [] { fields[offset - 4] = 0 }
        let strings = ["Intel(R) Core(TM)2", "  two", "AMD Athlon(TM)", "Unknown"]
        return SMBIOSFixture.structure(type, handle: handle, fields, strings: strings)
    }
}

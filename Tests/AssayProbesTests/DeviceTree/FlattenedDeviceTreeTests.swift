import AssayBytes
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct FlattenedDeviceTreeTests {
    @Test func readsNodesAndProperties() throws {
        let bytes = SampleBlob.bytes()
        let tree = try FlattenedDeviceTree(parsing: bytes.span.bytes)
        #expect(tree.version == 17)
        #expect(tree.nodes == ["/", "/chosen"])
        #expect(tree.properties.map { "\($0.node) \($0.name)" } == ["/ model", "/chosen bootargs"])
        #expect(tree.properties.first?.value == Array("board\0".utf8))
    }

    @Test("bytes after the stated size do not matter") func ignoresWhatFollows() throws {
        let bytes = SampleBlob.bytes() + [9, 9, 9]
        #expect(try FlattenedDeviceTree(parsing: bytes.span.bytes).nodes.count == 2)
    }

    @Test(
        "broken headers and structures name their reason",
        arguments: [
            (0, UInt32(0), ParseFailure.Code.badMagic), (4, 8, .badLength), (4, 1 << 30, .tooLarge),
            (4, 4096, .truncated), (8, 1 << 20, .truncated), (8, 41, .badLength), (12, 1 << 20, .truncated),
            (20, 3, .unsupported), (24, 99, .unsupported), (36, 8, .truncated), (40, 2, .badValue), (40, 77, .badValue),
            (40, 3, .badValue), (56, 9999, .badValue), (52, 1 << 20, .truncated),
        ])
    func brokenBlobs(_ offset: Int, _ value: UInt32, _ code: ParseFailure.Code) {
        var bytes = SampleBlob.bytes()
        for index in 0..<4 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32(index))) }
        #expect(throws: ParseFailure(code, "", at: 0)) { try FlattenedDeviceTree(parsing: bytes.span.bytes) }
    }

    @Test func nestingIsBounded() {
        let bytes = SampleBlob.nested(depth: FlattenedDeviceTree.depthLimit + 1)
        #expect(throws: ParseFailure(.tooLarge, "", at: 0)) { try FlattenedDeviceTree(parsing: bytes.span.bytes) }
    }

    @Test func survivesAnyBytes() {
        let parse: (RawSpan) -> Void = { _ = try? FlattenedDeviceTree(parsing: $0).hardwareDescription }
        ParserTester.truncations(of: SampleBlob.bytes(), parse)
        ParserTester.mutations(of: SampleBlob.bytes(), parse)
    }
}

/// A hand-made blob: a root with a model, and `/chosen` with a command line.
enum SampleBlob {
    static func bytes(model: String = "board", bootArguments: String = "quiet") -> [UInt8] {
        let structure =
            word(1) + [0, 0, 0, 0] + property(model, nameOffset: 0) + word(1) + Array("chosen\0\0".utf8)
            + property(bootArguments, nameOffset: 6) + word(2) + word(4) + word(2) + word(9)
        return blob(structure)
    }

    static func nested(depth: Int) -> [UInt8] {
        var structure: [UInt8] = []
        for _ in 0..<depth { structure += word(1) + [0x61, 0, 0, 0] }
        for _ in 0..<depth { structure += word(2) }
        return blob(structure + word(9))
    }

    private static func blob(_ structure: [UInt8]) -> [UInt8] {
        let names = Array("model\0bootargs\0".utf8)
        let total = 40 + structure.count + names.count
        let header = [0xd00d_feed, total, 40, 40 + structure.count, 40, 17, 16, 0, names.count, structure.count]
        return header.flatMap { word(UInt32($0)) } + structure + names
    }

    private static func property(_ text: String, nameOffset: UInt32) -> [UInt8] {
        var value = Array(text.utf8) + [0]
        let head = word(3) + word(UInt32(value.count)) + word(nameOffset)
        while !value.count.isMultiple(of: 4) { value.append(0) }
        return head + value
    }

    private static func word(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32($0))) }
    }
}

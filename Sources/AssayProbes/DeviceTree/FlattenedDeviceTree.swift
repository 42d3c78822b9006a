internal import AssayBytes

/// A flattened device tree blob (Devicetree Specification 0.4, chapter 5).
struct FlattenedDeviceTree: Sendable, Hashable {
    /// Largest blob that is accepted; the kernel itself refuses more than 2 MiB.
    static let sizeLimit = 4 << 20
    /// Deepest nesting that is followed.
    static let depthLimit = 64

    /// One property of one node.
    struct Property: Sendable, Hashable {
        /// Path of the node, `/` for the root.
        var node: String
        /// Name of the property.
        var name: String
        /// Value as it stands in the blob, big-endian cells and NUL-terminated strings.
        var value: [UInt8]
    }

    /// Format version.
    var version: UInt32
    /// Every property in the blob's order.
    var properties: [Property] = []
    /// Paths of all nodes in the blob's order.
    var nodes: [String] = []

    private enum Token {
        static let beginNode: UInt32 = 1
        static let endNode: UInt32 = 2
        static let property: UInt32 = 3
        static let nothing: UInt32 = 4
        static let end: UInt32 = 9
    }

    /// Reads a blob; bytes after its stated size are ignored.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes)
        guard try reader.uint32BigEndian("magic") == 0xd00d_feed else {
            throw ParseFailure(.badMagic, "device tree blob", at: 0)
        }
        let totalSize = Int(try reader.uint32BigEndian("total size"))
        guard totalSize <= Self.sizeLimit else { throw ParseFailure(.tooLarge, "device tree blob", at: 4) }
        guard totalSize >= 40 else { throw ParseFailure(.badLength, "device tree blob", at: 4) }
        guard totalSize <= bytes.byteCount else {
            throw ParseFailure(.truncated, "device tree blob", at: bytes.byteCount)
        }
        let structure = Int(try reader.uint32BigEndian("structure offset"))
        let strings = Int(try reader.uint32BigEndian("strings offset"))
        try reader.skip(4, "memory reservation offset")
        version = try reader.uint32BigEndian("version")
        let oldest = try reader.uint32BigEndian("last compatible version")
        guard version >= 16, oldest <= 17 else { throw ParseFailure(.unsupported, "device tree version", at: 20) }
        try reader.skip(4, "boot processor")
        let stringsSize = Int(try reader.uint32BigEndian("strings size"))
        let structureSize = version >= 17 ? Int(try reader.uint32BigEndian("structure size")) : totalSize - structure
        let blob = bytes.extracting(0..<totalSize)
        var stringReader = ByteReader(blob)
        try stringReader.seek(to: strings, "strings offset")
        let names = try stringReader.bytes(stringsSize, "strings block")
        var structureReader = ByteReader(blob)
        try structureReader.seek(to: structure, "structure offset")
        guard structureSize >= 0, structure.isMultiple(of: 4) else {
            throw ParseFailure(.badLength, "structure block", at: structure)
        }
        let tokens = try structureReader.span(structureSize, "structure block")
        try readStructure(tokens, names: names)
    }

    private mutating func readStructure(_ bytes: RawSpan, names: [UInt8]) throws(ParseFailure) {
        var reader = ByteReader(bytes)
        var path: [String] = []
        while true {
            let offset = reader.offset
            switch try reader.uint32BigEndian("token") {
            case Token.beginNode:
                path.append(try Self.nodeName(&reader))
                guard path.count <= Self.depthLimit else { throw ParseFailure(.tooLarge, "node depth", at: offset) }
                nodes.append(Self.text(path))
            case Token.endNode:
                guard path.popLast() != nil else { throw ParseFailure(.badValue, "end of node", at: offset) }
            case Token.property:
                guard !path.isEmpty else { throw ParseFailure(.badValue, "property outside of a node", at: offset) }
                properties.append(try Self.property(&reader, node: Self.text(path), names: names))
            case Token.nothing: continue
            case Token.end:
                guard path.isEmpty else { throw ParseFailure(.badValue, "end of structure", at: offset) }
                return
            default: throw ParseFailure(.badValue, "token", at: offset)
            }
        }
    }

    private static func property(
        _ reader: inout ByteReader, node: String, names: [UInt8]
    ) throws(ParseFailure) -> Property {
        let length = Int(try reader.uint32BigEndian("property length"))
        let nameOffset = Int(try reader.uint32BigEndian("property name offset"))
        guard nameOffset < names.count else {
            throw ParseFailure(.badValue, "property name offset", at: reader.offset)
        }
        let value = try reader.bytes(length, "property value")
        try align(&reader)
        return Property(node: node, name: DeviceText.decode(names[nameOffset...].prefix(256)), value: value)
    }

    /// Node names are at most 31 characters by the specification; more are met, so the limit is that of a path component.
    private static func nodeName(_ reader: inout ByteReader) throws(ParseFailure) -> String {
        var name: [UInt8] = []
        while true {
            let byte = try reader.uint8("node name")
            if byte == 0 { break }
            guard name.count < 255 else { throw ParseFailure(.tooLarge, "node name", at: reader.offset) }
            name.append(byte)
        }
        try align(&reader)
        return DeviceText.decode(name)
    }

    private static func align(_ reader: inout ByteReader) throws(ParseFailure) {
        let past = reader.offset % 4
        if past != 0 { try reader.skip(4 - past, "padding") }
    }

    private static func text(_ path: [String]) -> String { "/" + path.dropFirst().joined(separator: "/") }

    /// The hardware description in a form that can be hashed: every node and property outside of `/chosen`.
    ///
    /// `/chosen` is what the boot loader tells the kernel (command line, initial RAM disk, random seeds), and differs from
    /// boot to boot.
    var hardwareDescription: [UInt8] {
        var bytes: [UInt8] = []
        for node in nodes where !Self.isChosen(node) { bytes += Array(node.utf8) + [0] }
        for property in properties where !Self.isChosen(property.node) {
            bytes += Array("\(property.node)\0\(property.name)\0\(property.value.count)\0".utf8) + property.value
        }
        return bytes
    }

    private static func isChosen(_ node: String) -> Bool { node == "/chosen" || node.hasPrefix("/chosen/") }
}

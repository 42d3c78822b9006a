internal import AssayBytes

/// `/proc/cpuinfo` as each architecture prints it: one block for each logical processor, and lines that hold for all.
struct CPUInfo: Sendable, Hashable {
    /// Most logical processors that are kept.
    static let processorLimit = 8192
    /// Longest line, in bytes; flags of current processors take about 2,000.
    static let lineLimit = 1 << 16

    /// One logical processor.
    struct Processor: Sendable, Hashable {
        /// Number that the kernel counts it by.
        var number: UInt64
        /// Fields by the names that the kernel prints.
        var fields: [String: String] = [:]
    }

    /// Logical processors in the file's order.
    var processors: [Processor] = []
    /// Fields that stand outside of a processor's block: `Hardware`, `Serial`, `machine` ….
    var shared: [String: String] = [:]

    /// Reads the file's text; lines without a colon are skipped.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        var isInBlock = false
        var reader = ByteReader(bytes)
        while !reader.isAtEnd {
            let line = try Self.line(&reader)
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
                isInBlock = isInBlock && DeviceText.normalize(DeviceText.decode(line)) != nil
                continue
            }
            guard let key = DeviceText.normalize(DeviceText.decode(line[..<colon])) else { continue }
            let value = DeviceText.normalize(DeviceText.decode(line[(colon + 1)...])) ?? ""
            if let number = Self.processorNumber(key, value) {
                guard processors.count < Self.processorLimit else {
                    throw ParseFailure(.tooLarge, "number of processors", at: reader.offset)
                }
                processors.append(Processor(number: number))
                isInBlock = true
                // On s390 the line itself holds the fields: "processor 0: version = FF,  identification = …".
                if key != "processor" { processors[processors.count - 1].fields["processor"] = value }
            } else if isInBlock {
                processors[processors.count - 1].fields[key] = value
            } else {
                shared[key] = value
            }
        }
    }

    /// A field of one processor, or the one that holds for all.
    func field(_ name: String, of processor: Processor) -> String? {
        (processor.fields[name] ?? shared[name]).flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func processorNumber(_ key: String, _ value: String) -> UInt64? {
        if key == "processor" { return UInt64(value) }
        return key.hasPrefix("processor ") ? UInt64(key.dropFirst(10)) : nil
    }

    private static func line(_ reader: inout ByteReader) throws(ParseFailure) -> [UInt8] {
        var line: [UInt8] = []
        while !reader.isAtEnd {
            let byte = try reader.uint8()
            if byte == UInt8(ascii: "\n") { break }
            guard line.count < lineLimit else { throw ParseFailure(.tooLarge, "cpuinfo line", at: reader.offset) }
            line.append(byte)
        }
        return line
    }
}

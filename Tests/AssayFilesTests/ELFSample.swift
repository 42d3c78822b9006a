/// Builds small ELF files with exactly the parts that a test is about.
struct ELFSample {
    var is64Bit = true
    var isBigEndian = false
    var type: UInt16 = 3
    var interpreter: String?
    var needed: [String] = []
    var flags1: UInt64?
    var linkName: String?
    var buildID: [UInt8]?

    /// The file's bytes: header, program or section headers, then interpreter, note, string table and dynamic section.
    var bytes: [UInt8] {
        var data: [UInt8] = []
        var segments: [(type: UInt32, offset: Int, size: Int)] = []
        let isRelocatable = type == 1
        let headerSize = is64Bit ? 64 : 52
        let entrySize = isRelocatable ? (is64Bit ? 64 : 40) : (is64Bit ? 56 : 32)
        let count = [true, interpreter != nil, buildID != nil, hasDynamic].filter { $0 }.count
        let base = headerSize + count * entrySize
        func add(_ type: UInt32, _ part: [UInt8]) {
            segments.append((type, base + data.count, part.count))
            data += part
        }
        if let interpreter { add(3, Array(interpreter.utf8) + [0]) }
        if let buildID { add(isRelocatable ? 7 : 4, note(buildID)) }
        if hasDynamic {
            var strings: [UInt8] = [0]
            for name in needed + [linkName ?? ""] { strings += Array(name.utf8) + [0] }
            let stringsAt = base + data.count
            data += strings
            add(2, dynamic(stringsAt: stringsAt, size: strings.count))
        }
        segments.insert((1, 0, base + data.count), at: 0)
        return header(count: count, entrySize: entrySize) + segments.flatMap { entry($0, isRelocatable) } + data
    }

    private var hasDynamic: Bool { !needed.isEmpty || flags1 != nil || linkName != nil }

    private func header(count: Int, entrySize: Int) -> [UInt8] {
        let isRelocatable = type == 1
        let size = UInt64(is64Bit ? 64 : 52)
        var bytes: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, is64Bit ? 2 : 1, isBigEndian ? 2 : 1, 1]
        bytes += [UInt8](repeating: 0, count: 9)
        bytes += half(type) + half(62) + word(1) + address(0)
        bytes += address(isRelocatable ? 0 : size) + address(isRelocatable ? size : 0)
        bytes += word(0) + half(UInt16(size))
        bytes += isRelocatable ? half(0) + half(0) : half(UInt16(entrySize)) + half(UInt16(count))
        bytes += isRelocatable ? half(UInt16(entrySize)) + half(UInt16(count)) : half(0) + half(0)
        return bytes + half(0)
    }

    private func entry(_ part: (type: UInt32, offset: Int, size: Int), _ isSection: Bool) -> [UInt8] {
        let offset = address(UInt64(part.offset))
        let size = address(UInt64(part.size))
        if isSection {
            return word(0) + word(part.type) + address(0) + address(0) + offset + size + word(0) + word(0) + address(4)
                + address(0)
        }
        // Loaded at 0x10000, so that addresses and offsets differ.
        let place = address(UInt64(part.offset) + 0x10000)
        return word(part.type) + (is64Bit ? word(4) : []) + offset + place + place + size + size
            + (is64Bit ? [] : word(4)) + address(4)
    }

    private func dynamic(stringsAt: Int, size: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var position = 1
        for name in needed {
            bytes += address(1) + address(UInt64(position))
            position += name.utf8.count + 1
        }
        if linkName != nil { bytes += address(14) + address(UInt64(position)) }
        if let flags1 { bytes += address(0x6fff_fffb) + address(flags1) }
        bytes += address(5) + address(UInt64(stringsAt) + 0x10000) + address(10) + address(UInt64(size))
        return bytes + address(0) + address(0)
    }

    private func note(_ id: [UInt8]) -> [UInt8] {
        word(4) + word(UInt32(id.count)) + word(3) + Array("GNU\0".utf8) + id
            + [UInt8](repeating: 0, count: (4 - id.count % 4) % 4)
    }

    private func half(_ value: UInt16) -> [UInt8] { bytes(of: value) }
    private func word(_ value: UInt32) -> [UInt8] { bytes(of: value) }
    private func address(_ value: UInt64) -> [UInt8] {
        is64Bit ? bytes(of: value) : word(UInt32(truncatingIfNeeded: value))
    }

    private func bytes<T: FixedWidthInteger>(of value: T) -> [UInt8] {
        withUnsafeBytes(of: isBigEndian ? value.bigEndian : value.littleEndian) { Array($0) }
    }
}

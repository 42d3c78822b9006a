/// Walks over the brackets, commas and keys of a JSON text and refuses what decoders pass over in silence: nesting without end, a
/// key that is there twice (RFC 8259, 4), a comma with nothing behind it.
///
/// Whether the text is JSON at all is left to the decoder.
struct JSONStructure {
    private struct Level {
        let isObject: Bool
        var keys: Set<String> = []
        /// Key or number of the value that is being read.
        var key = ""
        var number = 0
        var isBehindComma = false
        var awaitsKey: Bool
    }

    private let bytes: [UInt8]
    private let maximumDepth: Int
    private var levels: [Level] = []

    /// Walks over `bytes`; throws at the first thing that is refused.
    static func check(_ bytes: [UInt8], maximumDepth: Int) throws(RecordFailure) {
        var structure = JSONStructure(bytes: bytes, maximumDepth: maximumDepth)
        try structure.walk()
    }

    private init(bytes: [UInt8], maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    private mutating func walk() throws(RecordFailure) {
        var index = 0
        while index < bytes.count {
            let start = index
            index += 1
            switch bytes[start] {
            case 0x20, 0x09, 0x0a, 0x0d: continue
            case UInt8(ascii: "\""):
                let end = endOfText(from: index)
                try takeText(bytes[start..<end])
                index = end
            case UInt8(ascii: "{"): try open(isObject: true)
            case UInt8(ascii: "["): try open(isObject: false)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): try close()
            case UInt8(ascii: ","): takeComma()
            default: takeValue()
            }
        }
    }

    /// Index behind the closing quote, or of the end.
    private func endOfText(from start: Int) -> Int {
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\"): index += 2
            case UInt8(ascii: "\""): return index + 1
            default: index += 1
            }
        }
        return bytes.count
    }

    private mutating func takeText(_ text: ArraySlice<UInt8>) throws(RecordFailure) {
        guard let last = levels.indices.last, levels[last].awaitsKey else { return takeValue() }
        levels[last].awaitsKey = false
        levels[last].isBehindComma = false
        levels[last].key = Self.key(text)
        guard levels[last].keys.insert(levels[last].key).inserted else {
            throw RecordFailure(.duplicate, field: path, detail: "is there twice")
        }
    }

    /// A key as it is compared; what cannot be decoded the decoder refuses.
    private static func key(_ text: ArraySlice<UInt8>) -> String {
        if text.contains(UInt8(ascii: "\\")),
            let decoded = try? CanonicalJSON.decode([String].self, from: [0x5b] + text + [0x5d]).first
        {
            return decoded
        }
        return String(decoding: text.dropFirst().dropLast(), as: UTF8.self)
    }

    private mutating func open(isObject: Bool) throws(RecordFailure) {
        takeValue()
        levels.append(Level(isObject: isObject, awaitsKey: isObject))
        guard levels.count <= maximumDepth else {
            throw RecordFailure(.tooDeep, field: "", detail: "nested deeper than \(maximumDepth) levels")
        }
    }

    private mutating func close() throws(RecordFailure) {
        guard let level = levels.popLast(), level.isBehindComma else { return }
        throw RecordFailure(.malformed, field: path, detail: "ends with a comma")
    }

    private mutating func takeComma() {
        guard let last = levels.indices.last else { return }
        levels[last].isBehindComma = true
        levels[last].awaitsKey = levels[last].isObject
        levels[last].number += 1
    }

    private mutating func takeValue() {
        guard let last = levels.indices.last else { return }
        levels[last].isBehindComma = false
    }

    private var path: String {
        levels.reduce(into: "") { text, level in
            guard level.isObject else {
                text += "[\(level.number)]"
                return
            }
            let name = String(level.key.unicodeScalars.prefix(80).filter { $0.value >= 0x20 }.map(Character.init))
            text += text.isEmpty ? name : "." + name
        }
    }
}

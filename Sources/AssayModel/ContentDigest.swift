/// A SHA-256 of content, written `sha256:<64 lower-case hexadecimal digits>`.
///
/// The 32 bytes stand inline: an inventory holds one for every file, and a text would cost an allocation each.
public struct ContentDigest: Sendable, Hashable {
    /// Number of bytes of a digest.
    public static let byteCount = 32
    /// Number of characters of the text form.
    public static let textLength = prefix.count + byteCount * 2

    private static let prefix = Array("sha256:".utf8)

    /// The bytes as four integers, the first byte on top, so that integers order as bytes and texts do.
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// Wraps the 32 bytes of a SHA-256.
    public init(bytes: some Sequence<UInt8>) {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        var count = 0
        for byte in bytes {
            switch count / 8 {
            case 0: words.0 = words.0 << 8 | UInt64(byte)
            case 1: words.1 = words.1 << 8 | UInt64(byte)
            case 2: words.2 = words.2 << 8 | UInt64(byte)
            case 3: words.3 = words.3 << 8 | UInt64(byte)
            default: break
            }
            count += 1
        }
        precondition(count == Self.byteCount, "a SHA-256 has 32 bytes")
        self.words = words
    }

    /// Reads `sha256:<64 lower-case hexadecimal digits>`; nil for any other text.
    public init?(_ text: some StringProtocol) {
        let read = text.utf8.withContiguousStorageIfAvailable { Self.words(in: UnsafeRawBufferPointer($0)) }
        guard let words = read ?? Array(text.utf8).withUnsafeBytes(Self.words) else { return nil }
        self.words = words
    }

    /// Reads the text form out of UTF-8 bytes; nil for anything else.
    public init?(text: UnsafeRawBufferPointer) {
        guard let words = Self.words(in: text) else { return nil }
        self.words = words
    }

    private static func words(in text: UnsafeRawBufferPointer) -> (UInt64, UInt64, UInt64, UInt64)? {
        guard text.count == textLength, text.prefix(prefix.count).elementsEqual(prefix) else { return nil }
        func word(_ number: Int) -> UInt64? {
            var word: UInt64 = 0
            for digit in text[(prefix.count + number * 16)...].prefix(16) {
                switch digit {
                case 0x30...0x39: word = word << 4 | UInt64(digit - 0x30)
                case 0x61...0x66: word = word << 4 | UInt64(digit - 0x61 + 10)
                default: return nil
                }
            }
            return word
        }
        guard let first = word(0), let second = word(1), let third = word(2), let fourth = word(3) else { return nil }
        return (first, second, third, fourth)
    }

    /// The 32 bytes in order.
    public var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Self.byteCount) { buffer, count in
            for index in 0..<Self.byteCount { buffer[index] = byte(index) }
            count = Self.byteCount
        }
    }

    /// The hexadecimal digits without the algorithm.
    public var hex: String {
        String(unsafeUninitializedCapacity: Self.byteCount * 2) { write(digitsTo: $0, at: 0) }
    }

    /// Appends the text form in UTF-8.
    public func append(to text: inout [UInt8]) {
        text += Self.prefix
        for index in 0..<Self.byteCount {
            let byte = byte(index)
            text.append(Self.digit(byte >> 4))
            text.append(Self.digit(byte & 15))
        }
    }

    private func byte(_ index: Int) -> UInt8 {
        let word =
            switch index / 8 {
            case 0: words.0
            case 1: words.1
            case 2: words.2
            default: words.3
            }
        return UInt8(truncatingIfNeeded: word >> UInt64(56 - index % 8 * 8))
    }

    private func write(digitsTo buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int) -> Int {
        for index in 0..<Self.byteCount {
            let byte = byte(index)
            buffer[start + index * 2] = Self.digit(byte >> 4)
            buffer[start + index * 2 + 1] = Self.digit(byte & 15)
        }
        return start + Self.byteCount * 2
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x61 + value - 10 }

    /// Compares all bytes.
    public static func == (left: ContentDigest, right: ContentDigest) -> Bool { left.words == right.words }

    /// Hashes all bytes: a device may state digests that share their first ones.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
        hasher.combine(words.3)
    }
}

extension ContentDigest: CustomStringConvertible {
    /// The algorithm and the lower-case hexadecimal value, separated by a colon.
    public var description: String {
        String(unsafeUninitializedCapacity: Self.textLength) { buffer in
            for (index, character) in Self.prefix.enumerated() { buffer[index] = character }
            return write(digitsTo: buffer, at: Self.prefix.count)
        }
    }
}

extension ContentDigest: Comparable {
    /// Orders digests as their texts.
    public static func < (left: ContentDigest, right: ContentDigest) -> Bool { left.words < right.words }
}

extension ContentDigest: Codable {
    /// Decodes the text form and refuses anything else.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let digest = ContentDigest(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a sha256 digest")
        }
        self = digest
    }

    /// Encodes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

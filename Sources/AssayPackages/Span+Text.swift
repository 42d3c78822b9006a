internal import AssayBytes
internal import Glibc

extension Span<UInt8> {
    /// Index of the first byte that is neither a blank nor a tab, or the count.
    var firstNonBlank: Int {
        var index = 0
        while index < count, self[index] == 0x20 || self[index] == 0x09 || self[index] == 0x0d { index += 1 }
        return index
    }

    /// Index of the first `byte`, or nil.
    func firstIndex(of byte: UInt8) -> Int? {
        withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, let found = memchr(base, Int32(byte), bytes.count) else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    /// The bytes of `range` as text, as ``DeviceText/decode(_:)`` reads them.
    func text(_ range: Range<Int>) -> String {
        extracting(range).withUnsafeBufferPointer { DeviceText.decode($0) }
    }

    /// The bytes of `range` as text without the blanks at its ends.
    func trimmedText(_ range: Range<Int>) -> String {
        var end = range.upperBound
        while end > range.lowerBound, self[end - 1] == 0x20 || self[end - 1] == 0x09 || self[end - 1] == 0x0d {
            end -= 1
        }
        let start = range.lowerBound + extracting(range.lowerBound..<end).firstNonBlank
        return text(start..<end)
    }

    /// Whether the bytes are a path below `directory`.
    func isBelow(_ directory: [UInt8]) -> Bool {
        guard count > directory.count, self[directory.count] == UInt8(ascii: "/") else { return false }
        for index in directory.indices where self[index] != directory[index] { return false }
        return true
    }
}

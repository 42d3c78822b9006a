/// The forms in which texts are compared.
///
/// Nearly every text of an inventory is ASCII, for which tables of Unicode properties need not be asked; that made a third
/// of the cost of a reconciliation.
package enum FoldedText {
    /// Lower case, runs of blanks as one, none at the ends.
    package static func words(_ text: String) -> String {
        ascii(text, isFolded: isWords, words) ?? collapse(text).lowercased()
    }

    /// Letters and digits alone, in lower case.
    static func alphanumerics(_ text: String) -> String {
        if let folded = ascii(text, isFolded: isAlphanumerics, alphanumerics) { return folded }
        let kept = text.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
        return String(String.UnicodeScalarView(kept))
    }

    /// Runs of blanks as one, none at the ends; letter case stays.
    static func collapse(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var pending = false
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                pending = !result.isEmpty
                continue
            }
            if pending { result.append(" ") }
            pending = false
            result.append(scalar)
        }
        return String(result)
    }

    /// Folds `text` when it is ASCII; nil when it is not.
    ///
    /// Most texts are folded already and cost no copy.
    private static func ascii(
        _ text: String, isFolded: (UnsafeBufferPointer<UInt8>) -> Bool,
        _ fold: (UnsafeBufferPointer<UInt8>, UnsafeMutableBufferPointer<UInt8>) -> Int
    ) -> String? {
        var text = text
        let folded: String?? = text.withUTF8 { source in
            if isFolded(source) { return .some(nil) }
            guard source.allSatisfy({ $0 < 0x80 }) else { return nil }
            return String(unsafeUninitializedCapacity: source.count) { fold(source, $0) }
        }
        guard let folded else { return nil }
        return folded ?? text
    }

    /// Whether ASCII text has neither capitals nor blanks to take out.
    private static func isWords(_ source: UnsafeBufferPointer<UInt8>) -> Bool {
        var previous: UInt8 = 0x20
        for byte in source {
            if byte >= 0x80 || lower(byte) != byte || (0x09...0x0d).contains(byte) { return false }
            if byte == 0x20, previous == 0x20 { return false }
            previous = byte
        }
        return source.isEmpty || previous != 0x20
    }

    private static func isAlphanumerics(_ source: UnsafeBufferPointer<UInt8>) -> Bool {
        source.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7a).contains($0) }
    }

    private static func words(
        _ source: UnsafeBufferPointer<UInt8>, _ target: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var count = 0
        var pending = false
        for byte in source {
            if byte == 0x20 || (0x09...0x0d).contains(byte) {
                pending = count > 0
                continue
            }
            if pending {
                target[count] = 0x20
                count += 1
                pending = false
            }
            target[count] = lower(byte)
            count += 1
        }
        return count
    }

    private static func alphanumerics(
        _ source: UnsafeBufferPointer<UInt8>, _ target: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var count = 0
        for byte in source {
            let folded = lower(byte)
            guard (0x30...0x39).contains(folded) || (0x61...0x7a).contains(folded) else { continue }
            target[count] = folded
            count += 1
        }
        return count
    }

    private static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5a).contains(byte) ? byte | 0x20 : byte }
}

/// A name as a run of words: letters and digits in lower case, everything else a gap between words.
///
/// Names are compared word by word, never within a word: `ZTE Corporation` holds the word `zte`, `ZTEX` and `Aztech` do
/// not.
package struct WordText: Sendable, Hashable {
    /// The words in order.
    let words: [String]

    /// Splits `text`.
    package init(_ text: String) {
        words = Self.ascii(text) ?? text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// The words of a text that is ASCII, as most are; nil for any other.
    private static func ascii(_ text: String) -> [String]? {
        var words: [String] = []
        var word: [UInt8] = []
        for byte in text.utf8 {
            guard byte < 0x80 else { return nil }
            let lower = (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
            if (0x61...0x7a).contains(lower) || (0x30...0x39).contains(lower) {
                word.append(lower)
            } else if !word.isEmpty {
                words.append(String(decoding: word, as: UTF8.self))
                word.removeAll(keepingCapacity: true)
            }
        }
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        return words
    }

    /// Whether the words of `other` follow each other somewhere in this text.
    package func contains(_ other: WordText) -> Bool {
        guard !other.words.isEmpty, other.words.count <= words.count else { return false }
        return (0...(words.count - other.words.count)).contains { start in
            words[start..<(start + other.words.count)].elementsEqual(other.words)
        }
    }
}

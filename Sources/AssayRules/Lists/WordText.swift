/// A name as a run of words: letters and digits in lower case, everything else a gap between words.
///
/// Names are compared word by word, never within a word: `ZTE Corporation` holds the word `zte`, `ZTEX` and `Aztech` do
/// not.
package struct WordText: Sendable, Hashable {
    /// The words in order.
    let words: [String]

    /// Splits `text`.
    package init(_ text: String) {
        words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// Whether the words of `other` follow each other somewhere in this text.
    package func contains(_ other: WordText) -> Bool {
        guard !other.words.isEmpty, other.words.count <= words.count else { return false }
        return (0...(words.count - other.words.count)).contains { start in
            words[start..<(start + other.words.count)].elementsEqual(other.words)
        }
    }
}

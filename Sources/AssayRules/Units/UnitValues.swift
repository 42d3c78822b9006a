package import AssayModel

/// The values that only one unit has, and the stand-ins that take their places in what units share.
///
/// Equal values have equal stand-ins and different values different ones under every form in which texts are compared, so
/// that a rule which compares them answers for the stand-ins as for the values. A value of which that cannot be said
/// stays as it is.
package struct UnitValues: Sendable, Hashable, Codable {
    /// Digits that stand in every stand-in but those of addresses; a hexadecimal number, so that digests can hold them.
    static let mark = "decafbad5e11"
    /// Begins the name of a value as it was read, which is never held against the normalised one beside it.
    static let rawPrefix = "\u{1f}"
    /// Most values of one unit.
    static let limit = 4096

    /// The values, in the order of the numbers of their stand-ins.
    private var originals: [String] = []
    /// Values that stay as they are, since another value is equal to them in one form and not in another.
    private let kept: Set<String>

    /// Takes every value that will be asked for.
    ///
    /// - Parameter texts: all values of a unit, repeated ones too.
    init(of texts: [String], placeholders: PlaceholderList) {
        var byFold: [String: Set<String>] = [:]
        for text in texts { byFold[Self.fold(text), default: []].insert(text) }
        kept = Set(
            byFold.values.flatMap { texts in
                texts.filter { name in
                    let text = Self.text(of: name)
                    return texts.count > 1 || placeholders.contains(text) || FoldedText.alphanumerics(text).isEmpty
                }
            })
        originals = Self.ordered(texts, without: kept)
    }

    private static func ordered(_ texts: [String], without kept: Set<String>) -> [String] {
        var seen = kept
        return texts.filter { seen.insert($0).inserted }
    }

    /// The coarsest form in which two texts are ever compared: letters and digits, in lower case, without the prefix and the
    /// leading zeros of a number.
    private static func fold(_ name: String) -> String {
        let folded = FoldedText.alphanumerics(text(of: name))
        let bare = folded.hasPrefix("0x") ? folded.dropFirst(2) : folded[...]
        return (name.hasPrefix(rawPrefix) ? rawPrefix : "") + bare.drop { $0 == "0" }
    }

    /// The text that a value's name stands for.
    static func text(of name: String) -> String {
        name.hasPrefix(rawPrefix) ? String(name.dropFirst(rawPrefix.count)) : name
    }

    /// The values and further ones, as of a record; nil when one of these is equal to a known one in some form only.
    func adding(_ texts: [String], placeholders: PlaceholderList) -> UnitValues? {
        let known = originals + kept.sorted()
        let all = UnitValues(of: known + texts, placeholders: placeholders)
        return all.originals.starts(with: originals) && all.kept.isSuperset(of: kept) ? all : nil
    }

    /// Whether there are no more than a unit can have.
    var isWithinLimit: Bool { originals.count <= Self.limit }
    /// Number of values that have a stand-in.
    var count: Int { originals.count }

    /// What takes the places of the values, made once for many questions.
    var standIns: StandIns { StandIns(originals) }

    /// What tells these values from those of every other unit.
    package var digest: ContentDigest {
        .sha256(of: (originals + ["\u{1e}"] + kept.sorted()).map { "\($0.utf8.count):\($0)" }.joined().utf8)
    }
}

/// Values and their stand-ins, both ways.
struct StandIns {
    private let byValue: [String: String]
    private let pairs: [(standIn: String, value: String)]
    private let addresses: [(standIn: String, value: String)]

    init(_ values: [String]) {
        pairs = values.enumerated().map {
            (Self.standIn(for: UnitValues.text(of: $1), number: $0), UnitValues.text(of: $1))
        }
        byValue = Dictionary(zip(values, pairs.map(\.standIn))) { first, _ in first }
        addresses = pairs.filter { !$0.standIn.contains(UnitValues.mark) }
    }

    /// What stands for the value with a name; nil where nothing does.
    func standIn(for name: String) -> String? { byValue[name] }

    /// A text with the values in the places of their stand-ins.
    func restored(_ text: String) -> String {
        var text = text
        for (standIn, value) in addresses where text.contains(standIn) { text = text.replacing(standIn, with: value) }
        guard text.contains(UnitValues.mark) else { return text }
        for (standIn, value) in pairs where text.contains(standIn) { text = text.replacing(standIn, with: value) }
        return text
    }

    /// How often stand-ins occur in `bytes`, each counted by itself.
    func occurrences(in bytes: [UInt8]) -> Int {
        ([UnitValues.mark] + addresses.map(\.standIn)).reduce(0) { $0 + Self.count(Array($1.utf8), in: bytes) }
    }

    private static func count(_ needle: [UInt8], in bytes: [UInt8]) -> Int {
        guard let first = needle.first, bytes.count >= needle.count else { return 0 }
        var count = 0
        for start in 0...(bytes.count - needle.count) where bytes[start] == first {
            if bytes[start..<(start + needle.count)].elementsEqual(needle) { count += 1 }
        }
        return count
    }

    /// A digest keeps the form of one, an address its maker's prefix: both are looked at beside being compared.
    private static func standIn(for value: String, number: Int) -> String {
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits
        if ContentDigest(value) != nil {
            return "sha256:" + UnitValues.mark + String(repeating: "0", count: 64 - 12 - 8) + padded
        }
        if value.utf8.count == 17, value.contains(":"), HardwareAddress(value) != nil {
            let suffix = [padded.dropLast(4).suffix(2), padded.dropLast(2).suffix(2), padded.suffix(2)]
            return ([String(value.prefix(8))] + suffix.map(String.init)).joined(separator: ":")
        }
        return UnitValues.mark + padded
    }
}

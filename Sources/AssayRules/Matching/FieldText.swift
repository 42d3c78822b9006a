/// One field value with the form under which it is compared.
struct FieldText: Sendable, Hashable {
    /// How a field's text is brought to one form.
    enum Form: Sendable, Hashable {
        /// Names, models, serials: blanks and letter case do not count.
        case words
        /// Numbers in hexadecimal, UUIDs, MAC addresses, digests: prefix, leading zeros, separators and case do not
        /// count.
        case hexadecimal
    }

    let raw: String
    let folded: String
    let form: Form

    init(_ raw: String, form: Form) {
        self.raw = raw
        self.form = form
        folded = form == .words ? Self.foldWords(raw) : Self.foldHexadecimal(raw)
    }

    /// Whether both say the same.
    func equals(_ other: FieldText) -> Bool { raw == other.raw || folded == other.folded }

    /// Names the normalisation that makes two texts equal; nil when they are equal as they are.
    func normalisation(against other: FieldText) -> String? {
        if raw == other.raw { return nil }
        if form == .hexadecimal { return "differs only in the way the number is written" }
        if FoldedText.collapse(raw) == FoldedText.collapse(other.raw) { return "differs only in blanks" }
        return raw.utf8.count == other.raw.utf8.count
            ? "differs only in letter case" : "differs only in letter case and blanks"
    }

    /// Lower case, runs of blanks as one, none at the ends.
    static func foldWords(_ text: String) -> String { FoldedText.words(text) }

    /// Digits of a number: no prefix, no separators, no leading zeros.
    private static func foldHexadecimal(_ text: String) -> String {
        let digits = FoldedText.alphanumerics(text)
        if let first = digits.utf8.first, first != UInt8(ascii: "0") { return digits }
        let bare = digits.hasPrefix("0x") ? digits.dropFirst(2) : digits[...]
        let significant = bare.drop { $0 == "0" }
        return significant.isEmpty && !bare.isEmpty ? "0" : String(significant)
    }
}

internal import AssayModel

/// One statement about one field; exactly one test, which all of the listed values answer together.
package struct SignalCondition: Sendable, Hashable, Decodable {
    /// What is asked of the text.
    enum Test: Sendable, Hashable {
        /// The text is one of these, letters without case.
        case isOneOf([String])
        /// The text is none of these.
        case isNoneOf([String])
        /// The text has one of these shapes.
        case hasShape([ShapePattern])
        /// The text has none of these shapes.
        case hasNoShape([ShapePattern])
        /// One of these names stands in the text, word by word.
        case holdsWords([WordText])
        /// None of these names stands in the text.
        case holdsNoWords([WordText])
        /// The number is inside of the range; bounds are written as the field is.
        case isWithin(low: UInt64?, high: UInt64?)
        /// The text says nothing: nobody entered a value.
        case isPlaceholder(Bool)
        /// The field was read, or was not.
        case isPresent(Bool)
    }

    /// The field.
    let field: SignalField
    /// The question.
    let test: Test
    /// The question in words, for what a person should expect.
    let words: String

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case field, `is`, isNot, like, unlike, words, noWords, from, to, placeholder, present
    }

    /// Reads the JSON form and refuses more or less than one test.
    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let field = try values.decode(SignalField.self, forKey: .field)
        var tests: [(Test, String)] = []
        func texts(_ key: CodingKeys) throws -> [String]? {
            try values.decodeIfPresent(AcceptedValues.self, forKey: key)?.values
        }
        func add(_ key: CodingKeys, _ prefix: String, _ make: ([String]) -> Test) throws {
            guard let list = try texts(key) else { return }
            tests.append((make(list), prefix + list.joined(separator: " or ")))
        }
        try add(.is, "") { .isOneOf($0.map { $0.lowercased() }) }
        try add(.isNot, "other than ") { .isNoneOf($0.map { $0.lowercased() }) }
        try add(.like, "like ") { .hasShape($0.map(ShapePattern.init)) }
        try add(.unlike, "unlike ") { .hasNoShape($0.map(ShapePattern.init)) }
        try add(.words, "naming ") { .holdsWords($0.map(WordText.init)) }
        try add(.noWords, "not naming ") { .holdsNoWords($0.map(WordText.init)) }
        if let flag = try values.decodeIfPresent(Bool.self, forKey: .placeholder) {
            tests.append((.isPlaceholder(flag), flag ? "a placeholder" : "a value of its own"))
        }
        if let flag = try values.decodeIfPresent(Bool.self, forKey: .present) {
            tests.append((.isPresent(flag), flag ? "present" : "absent"))
        }
        let low = try Self.bound(.from, values, field)
        let high = try Self.bound(.to, values, field)
        if low != nil || high != nil {
            let text = [low.map { "from \($0.text)" }, high.map { "up to \($0.text)" }].compactMap(\.self)
            tests.append((.isWithin(low: low?.value, high: high?.value), text.joined(separator: " ")))
        }
        guard tests.count == 1, let only = tests.first else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "needs exactly one test"))
        }
        self.field = field
        test = only.0
        words = only.1
    }

    private static func bound(
        _ key: CodingKeys, _ values: KeyedDecodingContainer<CodingKeys>, _ field: SignalField
    ) throws -> (value: UInt64, text: String)? {
        guard let text = try values.decodeIfPresent(String.self, forKey: key) else { return nil }
        guard let value = SignalNumber.value(text, field) else {
            throw DecodingError.dataCorruptedError(forKey: key, in: values, debugDescription: "is not a number")
        }
        return (value, text)
    }

    /// Whether the statement is true of a part; nil when the field was not read.
    func holds(for subject: SignalSubject, _ placeholders: PlaceholderList) -> Bool? {
        let text = subject.text(field)
        if case .isPresent(let expected) = test { return (text != nil) == expected }
        guard let text else { return nil }
        switch test {
        case .isOneOf(let list): return list.contains(text.lowercased())
        case .isNoneOf(let list): return !list.contains(text.lowercased())
        case .hasShape(let shapes): return shapes.contains { $0.matches(text) }
        case .hasNoShape(let shapes): return !shapes.contains { $0.matches(text) }
        case .holdsWords(let names):
            let words = WordText(text)
            return names.contains { words.contains($0) }
        case .holdsNoWords(let names):
            let words = WordText(text)
            return !names.contains { words.contains($0) }
        case .isWithin(let low, let high):
            guard let number = SignalNumber.value(text, field) else { return nil }
            return number >= low ?? 0 && number <= high ?? .max
        case .isPlaceholder(let expected): return placeholders.contains(text) == expected
        case .isPresent: return nil
        }
    }
}

extension [SignalCondition] {
    /// Whether every statement is true; nil when one cannot be answered and none is false.
    func allHold(for subject: SignalSubject, _ placeholders: PlaceholderList) -> Bool? {
        var isKnown = true
        for condition in self {
            switch condition.holds(for: subject, placeholders) {
            case false: return false
            case nil: isKnown = false
            case true: continue
            }
        }
        return isKnown ? true : nil
    }
}

/// Numbers as fields spell them.
enum SignalNumber {
    /// Hexadecimal for ids and after `0x`, decimal otherwise.
    static func value(_ text: String, _ field: SignalField) -> UInt64? {
        if text.hasPrefix("0x") { return UInt64(text.dropFirst(2), radix: 16) }
        return UInt64(text, radix: field.isHexadecimal ? 16 : 10)
    }
}

internal import AssayModel

/// `hwprofiles/lists/jep106.json`: the makers of memory modules and dies by their JEP106 code.
package struct MemoryMakerList: Sendable, Decodable {
    /// The schema that this version of the type reads.
    package static let currentSchema = "assay/memory-makers/v1"

    /// One maker.
    package struct Maker: Sendable, Hashable, Decodable {
        /// Its JEP106 code.
        package let code: MemoryMakerCode
        /// Its name.
        package let name: String
        /// Spellings that firmware uses instead of the code.
        let spellings: [WordText]

        private enum CodingKeys: String, CodingKey, CaseIterable { case code, name, spellings }

        /// Reads the JSON form.
        package init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            let text = try values.decode(String.self, forKey: .code)
            guard let code = MemoryMakerCode(text) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .code, in: values, debugDescription: "is not a code like 8a91")
            }
            self.code = code
            name = try values.decode(String.self, forKey: .name)
            spellings = (try values.decodeIfPresent([String].self, forKey: .spellings) ?? []).map(WordText.init)
        }
    }

    /// Day of the copy.
    package let date: CalendarDay
    /// Where the codes come from.
    package let source: String
    /// The makers.
    package let makers: [Maker]

    /// A list that knows nobody.
    static let empty = MemoryMakerList(date: CalendarDay(number: 0), source: "", makers: [])

    private init(date: CalendarDay, source: String, makers: [Maker]) {
        self.date = date
        self.source = source
        self.makers = makers
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case schema, date, source, makers }

    /// Reads the JSON form; unknown keys are refused.
    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        _ = try values.schema(Self.currentSchema, forKey: .schema)
        date = try values.decode(CalendarDay.self, forKey: .date)
        source = try values.decode(String.self, forKey: .source)
        makers = try values.decode([Maker].self, forKey: .makers)
    }

    /// The code behind a name that firmware wrote; nil for a name that the list does not have.
    func code(named text: String) -> MemoryMakerCode? {
        let words = WordText(text)
        return makers.first { words.contains(WordText($0.name)) || $0.spellings.contains { words.contains($0) } }?.code
    }

    /// The name behind a code.
    package func name(of code: MemoryMakerCode) -> String? { makers.first { $0.code == code }?.name }
}

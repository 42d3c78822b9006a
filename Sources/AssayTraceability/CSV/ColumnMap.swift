package import AssayModel

/// Which column of a table is which field of a record; the form is `assay/column-map/v1`.
package struct ColumnMap: Sendable, Hashable, Decodable {
    /// The schema that this version of the type reads.
    package static let currentSchema = "assay/column-map/v1"

    /// Field by the column's header.
    package var columns: [String: String]
    /// Headers of columns that are not imported.
    package var ignore: [String]
    /// Values that every row has, by field.
    package var constants: [String: String]
    /// What cells of a field mean: by field, then by the cell's text.
    package var values: [String: [String: String]]
    /// Separator, where the first row does not show it: one character.
    package var separator: String?

    /// A map that knows no columns beside the usual ones.
    package init(
        columns: [String: String] = [:], ignore: [String] = [], constants: [String: String] = [:],
        values: [String: [String: String]] = [:], separator: String? = nil
    ) {
        self.columns = columns
        self.ignore = ignore
        self.constants = constants
        self.values = values
        self.separator = separator
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case schema, columns, ignore, constants, values, separator
    }

    /// Reads the JSON form.
    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let schema = try container.decode(String.self, forKey: .schema)
        guard schema == Self.currentSchema else {
            throw DecodingError.dataCorruptedError(
                forKey: .schema, in: container, debugDescription: "expected \(Self.currentSchema)")
        }
        self.init(
            columns: try container.decodeIfPresent([String: String].self, forKey: .columns) ?? [:],
            ignore: try container.decodeIfPresent([String].self, forKey: .ignore) ?? [],
            constants: try container.decodeIfPresent([String: String].self, forKey: .constants) ?? [:],
            values: try container.decodeIfPresent([String: [String: String]].self, forKey: .values) ?? [:],
            separator: try container.decodeIfPresent(String.self, forKey: .separator))
    }

    /// Reads and checks a map.
    package init(json bytes: some Collection<UInt8>) throws(RecordFailure) {
        self = try RecordJSON.decode(ColumnMap.self, from: bytes)
        for (header, field) in columns.sorted(by: { $0.key < $1.key }) where RowField(field) == nil {
            throw RecordFailure(.unknownField, field: "columns.\(header)", detail: "\(field) is no field of a record")
        }
        for (field, _) in constants.sorted(by: { $0.key < $1.key }) where RowField(field) == nil {
            throw RecordFailure(.unknownField, field: "constants.\(field)", detail: "is no field of a record")
        }
        for (field, _) in values.sorted(by: { $0.key < $1.key }) where RowField(field) == nil {
            throw RecordFailure(.unknownField, field: "values.\(field)", detail: "is no field of a record")
        }
        if let separator, separator.utf8.count != 1 || separator == "\"" {
            throw RecordFailure(.invalid, field: "separator", detail: "must be one ASCII character")
        }
    }

    /// The separator as a byte.
    var separatorByte: UInt8? { separator?.utf8.first }

    /// What a header means; `.some(nil)` for a column that is left out, nil for one that nobody knows.
    func field(of header: String) -> RowField?? {
        if let name = columns[header] { return .some(RowField(name)) }
        if ignore.contains(header) || header.hasPrefix("x-") { return .some(nil) }
        let key = RowField.key(header)
        if let name = columns.first(where: { RowField.key($0.key) == key })?.value { return .some(RowField(name)) }
        return RowField(usual: header).map { .some($0) }
    }
}

/// Why a record cannot be used.
public struct RecordFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of fault it is.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String { case malformed, tooLarge, tooDeep, unknownSchema, unknownField, invalid }
        private let value: Value

        /// The text is not JSON, or a field has another type.
        public static let malformed = Code(value: .malformed)
        /// There is more than the limits allow.
        public static let tooLarge = Code(value: .tooLarge)
        /// The nesting is deeper than the limits allow.
        public static let tooDeep = Code(value: .tooDeep)
        /// The schema is not one that this version reads.
        public static let unknownSchema = Code(value: .unknownSchema)
        /// A field has a name that the schema does not know.
        public static let unknownField = Code(value: .unknownField)
        /// A value is outside of what the field allows.
        public static let invalid = Code(value: .invalid)

        /// The code's name.
        public var description: String { value.rawValue }
    }

    /// What kind of fault it is.
    public let code: Code
    /// The field: `components[3].ids.vendor`; empty for the record as a whole.
    public let field: String
    /// What is wrong, in words.
    public let detail: String

    /// Describes a fault.
    public init(_ code: Code, field: String, detail: String) {
        self.code = code
        self.field = field
        self.detail = detail
    }

    /// The field and what is wrong with it.
    public var description: String { field.isEmpty ? detail : "\(field): \(detail)" }

    /// Compares code and field; the wording may change.
    public static func == (left: RecordFailure, right: RecordFailure) -> Bool {
        left.code == right.code && left.field == right.field
    }
}

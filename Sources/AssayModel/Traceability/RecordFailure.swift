/// Why a record cannot be used.
public struct RecordFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of fault it is.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String {
            case malformed, tooLarge, tooDeep, unknownSchema, unknownField, invalid, unknownForm, untrusted, cycle,
                dangling
            case duplicate
        }
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
        /// The content is none of the forms that can be imported, or not the one that was named.
        public static let unknownForm = Code(value: .unknownForm)
        /// A signature does not verify, or its issuer is not trusted.
        public static let untrusted = Code(value: .untrusted)
        /// Things refer to each other in a circle.
        public static let cycle = Code(value: .cycle)
        /// A reference names nothing.
        public static let dangling = Code(value: .dangling)
        /// One name stands for two things.
        public static let duplicate = Code(value: .duplicate)

        /// The code's name.
        public var description: String { value.rawValue }
    }

    /// What kind of fault it is.
    public let code: Code
    /// The field: `components[3].ids.vendor`; empty for the record as a whole.
    public let field: String
    /// What is wrong, in words.
    public let detail: String
    /// Further faults of the same document, in their order; forms with rows are read to their end.
    public private(set) var others: [RecordFailure] = []

    /// Describes a fault.
    public init(_ code: Code, field: String, detail: String) {
        self.code = code
        self.field = field
        self.detail = detail
    }

    /// Joins the faults of one document; nil when there are none.
    public init?(_ failures: [RecordFailure]) {
        guard var first = failures.first else { return nil }
        first.others = Array(failures.dropFirst())
        self = first
    }

    /// This fault and the others, each alone.
    public var all: [RecordFailure] {
        var alone = self
        alone.others = []
        return [alone] + others
    }

    /// The field and what is wrong with it.
    public var description: String { field.isEmpty ? detail : "\(field): \(detail)" }

    /// Compares code and field; the wording may change.
    public static func == (left: RecordFailure, right: RecordFailure) -> Bool {
        left.code == right.code && left.field == right.field
    }
}

/// Why a report, one of its sections or a piece of its content is not what it claims to be.
///
/// Two failures are equal when their codes are; a test compares with a freshly made one.
package struct ReportFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of failure.
    package struct Code: Sendable, Hashable {
        /// Lower-case words with dashes, stable: they stand in logs and problem types.
        package let name: String

        /// Not JSON, not base64, or a field is missing or of the wrong form.
        package static let malformed = Code(name: "malformed")
        /// Larger, longer or more numerous than the contract allows.
        package static let tooLarge = Code(name: "too-large")
        /// The envelope's payload type is not that of an in-toto statement.
        package static let wrongPayloadType = Code(name: "wrong-payload-type")
        /// The envelope holds no signature.
        package static let noSignature = Code(name: "no-signature")
        /// The envelope holds more than one signature.
        package static let severalSignatures = Code(name: "several-signatures")
        /// The envelope names another key than the one it is checked against.
        package static let wrongKey = Code(name: "wrong-key")
        /// The signature does not belong to these bytes and this key.
        package static let badSignature = Code(name: "bad-signature")
        /// The statement's type is not in-toto Statement v1.
        package static let wrongStatementType = Code(name: "wrong-statement-type")
        /// The predicate is not an Assay report.
        package static let wrongPredicateType = Code(name: "wrong-predicate-type")
        /// A schema version that this program does not know.
        package static let unsupportedSchema = Code(name: "unsupported-schema")
        /// The statement speaks of another device than the one whose key signed it.
        package static let wrongSubject = Code(name: "wrong-subject")
        /// The inventory root is not the Merkle root over the section digests.
        package static let rootMismatch = Code(name: "root-mismatch")
        /// Content has another digest than the one it was announced with.
        package static let digestMismatch = Code(name: "digest-mismatch")
        /// The bytes end before the structure does.
        package static let truncated = Code(name: "truncated")
    }

    /// The kind of failure.
    package let code: Code
    /// Lower-case words naming the field or thing.
    package let detail: String

    /// Makes a failure about the thing that `detail` names.
    package init(_ code: Code, _ detail: String = "") {
        self.code = code
        self.detail = detail
    }

    /// Compares the codes alone.
    package static func == (left: ReportFailure, right: ReportFailure) -> Bool { left.code == right.code }

    /// The failure in words.
    package var description: String { detail.isEmpty ? code.name : "\(code.name): \(detail)" }
}

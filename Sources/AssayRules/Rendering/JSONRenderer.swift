package import AssayModel

/// Writes a result as JSON:
/// `{"verdict","outcomes":[{"outcome","class","location","expected","observed","fields","rule","source"}]}` and what is
/// known beyond it.
package enum JSONRenderer {
    /// The document, with a final line feed.
    package static func render(_ result: VerifyResult) throws -> String {
        String(decoding: try CanonicalJSON.encodeForPeople(result), as: UTF8.self) + "\n"
    }
}

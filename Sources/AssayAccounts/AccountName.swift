/// The name that a person signs in with: lower-case letters, digits and `.-_@+`, as mail addresses have them.
package enum AccountName {
    private static let marks: Set<Unicode.Scalar> = [".", "-", "_", "@", "+"]

    /// The name in its one form; blanks around it and case make no difference.
    package static func normalized(_ text: String) throws(AccountFailure) -> String {
        let name = String(
            text.lowercased().drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        guard (1...128).contains(name.utf8.count), name.unicodeScalars.allSatisfy(isAllowed),
            name.unicodeScalars.first.map({ !marks.contains($0) }) == true
        else {
            throw AccountFailure(
                .badName, "a sign-in name has 1 to 128 letters a to z, digits, and . - _ @ + behind the first")
        }
        return name
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || marks.contains(scalar)
    }
}

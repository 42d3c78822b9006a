/// Which passwords are taken: long ones that are not the first to be guessed (NIST SP 800-63B, 3.1.1.2).
///
/// There are no rules about kinds of characters: they make passwords harder to keep and not harder to guess.
package enum PasswordRules {
    /// Fewest characters.
    package static let minimumLength = 12
    /// Most bytes of UTF-8; hashing has no use for more.
    package static let maximumSize = 1024
    private static let fewestDifferent = 5

    /// Words that every guesser tries; a password is not one of them, or little more than one.
    private static let frequent = [
        "password", "passwort", "passw0rd", "welcome", "letmein", "qwerty", "qwertz", "azerty", "iloveyou", "admin",
        "administrator", "changeme", "default", "secret", "assay", "collector", "12345678901234567890", "abcdefghij",
    ]

    /// Throws unless a password is good enough for the account called `name`.
    package static func check(_ password: String, for name: String) throws(AccountFailure) {
        guard password.count >= minimumLength else {
            throw AccountFailure(.weakPassword, "a password has at least \(minimumLength) characters")
        }
        guard password.utf8.count <= maximumSize else {
            throw AccountFailure(.weakPassword, "a password has at most \(maximumSize) bytes")
        }
        guard Set(password).count >= fewestDifferent else {
            throw AccountFailure(.weakPassword, "a password has at least \(fewestDifferent) different characters")
        }
        let folded = password.lowercased()
        for word in frequent + [name.lowercased()] where !word.isEmpty {
            let rest = folded.replacing(word, with: "")
            // What is left beside the word would be a short password on its own.
            guard rest.count == folded.count || rest.count >= minimumLength - 4 else {
                throw AccountFailure(
                    .weakPassword, "a password is not the account's name or a word that is tried first")
            }
        }
    }
}

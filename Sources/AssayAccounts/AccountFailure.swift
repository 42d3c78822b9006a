/// Why something about an account is refused or cannot be done.
package struct AccountFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure.
    package enum Code: String, Sendable, Hashable {
        /// A password that is too easy to guess.
        case weakPassword
        /// A name that cannot be a sign-in name.
        case badName
        /// A stored value does not read back.
        case corrupt
        /// The system cannot do it now.
        case unavailable
    }

    /// What kind of failure.
    package let code: Code
    /// What and why, in lower-case words without any secret.
    package let description: String

    /// Describes a failure.
    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// Failures of one kind are equal.
    package static func == (left: AccountFailure, right: AccountFailure) -> Bool { left.code == right.code }

    /// Hashes the kind.
    package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

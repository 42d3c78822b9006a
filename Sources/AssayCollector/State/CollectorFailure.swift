package import AssayModel

/// Why the collector cannot do what it was asked, with the next step for a person.
package struct CollectorFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of failure; the command line turns it into an exit status (sysexits.h).
    package enum Code: String, Sendable, Hashable {
        /// An argument or a setting makes no sense.
        case usage
        /// A file's content is not what it should be.
        case data
        /// A named file or thing does not exist.
        case noInput
        /// A service or port is not to be had.
        case unavailable
        /// A file cannot be created.
        case cannotCreate
        /// Reading or writing failed.
        case inputOutput
        /// The operating system refuses for lack of permission.
        case permission
    }

    /// What kind of failure.
    package let code: Code
    /// What is wrong with what, in lower-case words.
    package let description: String
    /// The single faults, where there are several.
    package let details: [String]
    /// What is wrong with a document, place by place.
    package let faults: [RecordFailure]
    /// What to do about it.
    package let nextStep: String?

    /// Describes a failure.
    package init(
        _ code: Code, _ description: String, details: [String] = [], faults: [RecordFailure] = [],
        nextStep: String? = nil
    ) {
        self.code = code
        self.description = description
        self.details = details
        self.faults = faults
        self.nextStep = nextStep
    }

    /// Failures of one kind are equal.
    package static func == (left: CollectorFailure, right: CollectorFailure) -> Bool { left.code == right.code }
}

internal import AssayHost
internal import Glibc

/// Why the agent's state folder could not be read, written or relied on.
///
/// Two failures are equal when their codes are; a test compares with a freshly made one.
package struct StateFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of failure.
    package struct Code: Sendable, Hashable {
        let name: String

        /// The kernel refused for lack of privilege.
        package static let denied = Code(name: "permission denied")
        /// The file system is full or a quota is reached.
        package static let diskFull = Code(name: "no space left")
        /// Another agent works with the same state folder.
        package static let locked = Code(name: "in use")
        /// A file does not hold what the agent writes there.
        package static let damaged = Code(name: "damaged")
        /// A secret file may be read by others.
        package static let insecure = Code(name: "readable by others")
        /// The device is not enrolled with a collector.
        package static let notEnrolled = Code(name: "not enrolled")
        /// Too many reports wait for a collector.
        package static let spoolFull = Code(name: "spool full")
        /// Any other error of the file system.
        package static let ioError = Code(name: "input/output error")
    }

    /// The kind of failure.
    package let code: Code
    /// File or folder.
    package let path: String
    /// Lower-case words: what was wrong and what to do.
    package let detail: String

    /// Makes a failure about `path`.
    package init(_ code: Code, path: String = "", _ detail: String = "") {
        self.code = code
        self.path = path
        self.detail = detail
    }

    /// Makes a failure from the kernel's error number.
    init(errorNumber: Int32, path: String) {
        switch errorNumber {
        case ENOSPC, EDQUOT:
            self.init(.diskFull, path: path, "nothing was lost; free some space and try again")
        case EACCES, EPERM, EROFS:
            self.init(
                .denied, path: path, "\(ErrorNumber.words(errorNumber)); run as the agent's user or name another folder"
            )
        default: self.init(.ioError, path: path, ErrorNumber.words(errorNumber))
        }
    }

    /// Compares the codes alone.
    package static func == (left: StateFailure, right: StateFailure) -> Bool { left.code == right.code }

    /// The failure in words.
    package var description: String {
        [path, code.name, detail].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}

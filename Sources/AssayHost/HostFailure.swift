package import AssayModel
internal import Glibc

/// Why something below the root could not be read.
///
/// Absence is not a failure: it is nil.
package struct HostFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of failure.
    package struct Code: Sendable, Hashable {
        let name: String

        /// The kernel refused for lack of privilege.
        package static let denied = Code(name: "permission denied")
        /// There is more than the caller's limit.
        package static let tooLarge = Code(name: "too large")
        /// The driver does not offer this attribute for this device.
        package static let unsupported = Code(name: "not supported")
        /// Too many symbolic links, or a loop of them.
        package static let linkLoop = Code(name: "too many symbolic links")
        /// A directory, FIFO, socket or device node where a regular file was expected, or the reverse.
        package static let wrongType = Code(name: "wrong file type")
        /// The directory that was named is not there.
        package static let noDirectory = Code(name: "no such directory")
        /// The device or the file system reported an error.
        package static let ioError = Code(name: "input/output error")
    }

    /// The kind of failure.
    package let code: Code
    /// Path below the root.
    package let path: String
    /// The kernel's error number, or 0.
    package let errorNumber: Int32

    /// Makes a failure about `path`.
    package init(_ code: Code, path: String, errorNumber: Int32 = 0) {
        self.code = code
        self.path = path
        self.errorNumber = errorNumber
    }

    /// Compares the codes alone.
    package static func == (left: HostFailure, right: HostFailure) -> Bool { left.code == right.code }

    /// The failure in words.
    package var description: String { "\(path): \(reason)" }

    /// The kind of gap that this failure leaves in an inventory.
    package var gapKind: Gap.Kind {
        switch code {
        case .denied: .denied
        case .tooLarge: .tooLarge
        case .unsupported: .unsupported
        case .wrongType, .linkLoop: .malformed
        default: .ioError
        }
    }

    /// The gap that this failure leaves in an inventory.
    package func gap(probe: String) -> Gap { Gap(probe: probe, path: path, kind: gapKind, detail: reason) }

    /// The failure for `errorNumber`, or nil when it means that the thing is not there.
    package static func from(errorNumber: Int32, path: String) -> HostFailure? {
        let code: Code
        switch errorNumber {
        case ENOENT, ENOTDIR: return nil
        case EACCES, EPERM: code = .denied
        case ELOOP: code = .linkLoop
        case EOPNOTSUPP, ENODATA, EINVAL, ENODEV, ENXIO, ENOSYS, ENOTTY: code = .unsupported
        case EISDIR: code = .wrongType
        case EFBIG, ENAMETOOLONG: code = .tooLarge
        default: code = .ioError
        }
        return HostFailure(code, path: path, errorNumber: errorNumber)
    }

    private var reason: String {
        let word = code.name
        return isSaidByCode ? word : "\(word) (\(ErrorNumber.words(errorNumber)))"
    }

    /// Whether the kernel's words for the number would only say the code's own again.
    private var isSaidByCode: Bool {
        switch errorNumber {
        case 0, EACCES, EPERM, ELOOP, EOPNOTSUPP, EFBIG, EIO, ENOENT: true
        default: false
        }
    }
}

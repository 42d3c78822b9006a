internal import Glibc

/// Keeps a directory open for as long as the walk or a pending file needs it.
final class DirectoryHandle: Sendable {
    /// The open descriptor.
    let number: Int32

    /// Takes over an open descriptor.
    init(owning number: Int32) { self.number = number }

    deinit { close(number) }
}

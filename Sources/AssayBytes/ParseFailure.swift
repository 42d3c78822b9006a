/// Why bytes that came from a device, a file or the network could not be read as what they claim to be.
///
/// Two failures are equal when their codes are; a test compares with a freshly made one.
public struct ParseFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of failure.
    public struct Code: Sendable, Hashable {
        let name: String

        /// The bytes end before the structure does.
        public static let truncated = Code(name: "truncated")
        /// A magic number, anchor or signature is not there.
        public static let badMagic = Code(name: "bad magic")
        /// A checksum over the bytes is wrong.
        public static let badChecksum = Code(name: "bad checksum")
        /// A length field contradicts the bytes or the standard.
        public static let badLength = Code(name: "bad length")
        /// A field holds a value that the standard does not allow there.
        public static let badValue = Code(name: "bad value")
        /// A declared size, count or depth is over the limit that we set ourselves.
        public static let tooLarge = Code(name: "too large")
        /// A version or form that this parser does not know.
        public static let unsupported = Code(name: "unsupported")
    }

    /// The kind of failure.
    public let code: Code
    /// Lower-case words naming the structure or field.
    public let what: String
    /// Byte offset from the start of the parsed bytes at which reading stopped.
    public let offset: Int

    /// Makes a failure about `what` at `offset`.
    public init(_ code: Code, _ what: String, at offset: Int) {
        self.code = code
        self.what = what
        self.offset = offset
    }

    /// Compares the codes alone.
    public static func == (left: ParseFailure, right: ParseFailure) -> Bool { left.code == right.code }

    /// The failure in words, for a gap's detail or an error message.
    public var description: String { "\(what): \(code.name) at byte \(offset)" }
}

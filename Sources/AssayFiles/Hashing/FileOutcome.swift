internal import AssayModel

/// What came of a file.
enum FileOutcome: Sendable {
    /// It is no longer there, or no longer a regular file.
    case gone
    /// It could not be read.
    case unread(Gap)
    /// What is known of it now.
    case record(ScanCacheRecord)
}

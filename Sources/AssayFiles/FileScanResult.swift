package import AssayModel

/// What a scan of the files came to, beside the lines that it handed out.
package struct FileScanResult: Sendable, Equatable {
    /// What could not be read or was left out, sorted.
    package var gaps: [Gap] = []
    /// Lower-case sentences about the cache; nothing that the inventory misses.
    package var notices: [String] = []
    /// Regular files that the walk met.
    package var filesSeen = 0
    /// Lines handed out.
    package var filesReported = 0
    /// Files whose content was hashed in this scan.
    package var filesHashed = 0
    /// Bytes hashed in this scan.
    package var bytesHashed = 0
}

package import AssayModel

/// One document that an import gave.
package struct ImportedDocument: Sendable, Hashable {
    /// What it is.
    package enum Content: Sendable, Hashable {
        case record(AsBuiltRecord)
        case delta(RecordDelta)
        case profile(HardwareProfile)
    }

    /// What it is.
    package var content: Content
    /// Form that it came in.
    package let form: RecordForm
    /// SHA-256 of the file that it came in.
    package let source: ContentDigest

    /// What findings cite it by.
    package var citation: String {
        switch content {
        case .record(let record): record.citation
        case .delta(let delta): delta.citation
        case .profile(let profile): profile.citation
        }
    }
}

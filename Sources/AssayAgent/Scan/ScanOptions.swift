package import AssayFiles
package import AssayReport

/// What a scan reads, and how.
package struct ScanOptions: Sendable {
    /// Sections that are wanted; what none of them needs is not read.
    package var sections = Set(SectionName.allCases)
    /// Whether device nodes may be opened for facts that the kernel does not cache.
    package var mayOpenDeviceNodes = false
    /// How files are walked and hashed.
    package var files = FileScanOptions()

    /// Everything, with care.
    package init() {}

    /// Whether `section` is wanted.
    package func wants(_ section: SectionName) -> Bool { sections.contains(section) }

    var wantsHardware: Bool {
        !sections.isDisjoint(with: [.platform, .components, .firmware, .boot, .kernel])
    }
}

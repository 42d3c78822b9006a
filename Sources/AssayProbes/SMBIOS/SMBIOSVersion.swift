/// Version of the SMBIOS specification that a table follows.
package struct SMBIOSVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Major version.
    package let major: UInt8
    /// Minor version.
    package let minor: UInt8

    /// Takes the version as the entry point states it.
    ///
    /// Three misprints of 2.3 and 2.6 are known from shipped firmware and are put right.
    package init(major: UInt8, minor: UInt8) {
        switch (major, minor) {
        case (2, 0x1f), (2, 0x21): (self.major, self.minor) = (2, 3)
        case (2, 0x33): (self.major, self.minor) = (2, 6)
        default: (self.major, self.minor) = (major, minor)
        }
    }

    /// What a table without an entry point is read as.
    package static let assumed = SMBIOSVersion(major: 3, minor: 0)

    /// `3.2`.
    package var description: String { "\(major).\(minor)" }

    /// Orders by major, then minor version.
    package static func < (left: Self, right: Self) -> Bool { (left.major, left.minor) < (right.major, right.minor) }
}

/// The version of this program.
package enum CollectorVersion {
    /// As `--version` prints it.
    package static let number = "0.1.0"
}

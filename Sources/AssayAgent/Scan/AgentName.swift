/// Who took a scan.
package struct AgentName: Sendable, Hashable, Codable {
    /// Name of the program.
    package var name: String
    /// Its version.
    package var version: String

    /// This program.
    package static let current = AgentName(name: "assay-agent", version: "0.1.0")
}

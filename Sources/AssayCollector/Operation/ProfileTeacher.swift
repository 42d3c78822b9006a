internal import AssayModel
internal import AssayReport
internal import AssayRules
package import AssayStore

/// Makes a hardware profile from a unit that is known to be good.
package struct ProfileTeacher: Sendable {
    private let operations: Operations

    /// Learns from devices of a store.
    package init(operations: Operations) { self.operations = operations }

    /// Learns from the last report of the device that `name` names.
    package func learn(from name: String, as id: String?, by actor: Actor) async throws -> TraceabilityDocument {
        throw CollectorFailure(.usage, "\(name)")
    }
}

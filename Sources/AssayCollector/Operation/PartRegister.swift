package import AssayModel
internal import AssayRules
package import AssayStore

/// What operators know and say of single parts of the fleet.
package struct PartRegister: Sendable {
    /// Most stays that are shown of one serial number.
    package static let limit = 200
    private let store: any Store

    /// Works on a store.
    package init(store: any Store) { self.store = store }

    /// Says of a part, wherever it is or will be seen, that it is out of use, or takes that back.
    package func mark(
        _ status: PartMark.Status, serial: String, componentClass: ComponentClass?, reason: String, by actor: Actor
    ) async throws -> PartMark {
        guard !PlaceholderList.standard.contains(serial) else {
            throw CollectorFailure(
                .usage, "\(serial) is what parts show where nobody entered a serial number; it names none")
        }
        guard (1...1024).contains(reason.utf8.count) else {
            throw CollectorFailure(.usage, "a reason of 1 to 1024 bytes is required")
        }
        let mark = PartMark(
            status, serial: FleetIdentities.fold(serial: serial), componentClass: componentClass, reason: reason,
            actor: actor.name, at: actor.at)
        try await store.markPart(mark, by: actor)
        return mark
    }

    /// The marks that hold.
    package func marks() async throws -> [PartMark] { try await store.partMarks() }

    /// Where a part is and was, and what was said of it.
    package func history(of serial: String) async throws -> PartHistory {
        let serial = FleetIdentities.fold(serial: serial)
        let stays = try await store.stays(serial: serial, limit: Self.limit)
        let marks = try await store.partMarks().filter { $0.serial == serial }
        guard !stays.isEmpty || !marks.isEmpty else {
            throw CollectorFailure(.noInput, "no device has shown a part with the serial number or address \(serial)")
        }
        return PartHistory(
            serial: serial, marks: marks, stays: stays.map { PartHistory.Stay(part: $0.identity, stay: $0.stay) })
    }
}

/// What is known of the parts with one serial number.
package struct PartHistory: Sendable, Codable {
    /// A part in a device.
    package struct Stay: Sendable, Codable {
        /// The part.
        package let part: FleetIdentity
        /// Where it was, and when.
        package let stay: FleetStay
    }

    /// The serial number or address.
    package let serial: String
    /// What operators said.
    package let marks: [PartMark]
    /// Where it is and was, those that last first.
    package let stays: [Stay]
}

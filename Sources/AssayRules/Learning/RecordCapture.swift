package import AssayModel

/// Writes down what one unit is made of, as the factory's statement about it.
///
/// What a profile leaves out of account stands in no record either. Serial numbers that say nothing are not written.
package struct RecordCapture: Sendable {
    /// Who built the unit, where and when.
    package struct Circumstances: Sendable, Hashable {
        /// Serial number of the unit; that of the device where nil.
        package var serial: String?
        /// Profile that the unit was built to.
        package var profile: String?
        /// Site.
        package var factory: String?
        /// Line.
        package var line: String?
        /// Station.
        package var station: String?
        /// Person or badge.
        package var operatorName: String?
        /// When, RFC 3339.
        package var builtAt: String?

        /// States nothing yet.
        package init() {}
    }

    /// What came out.
    package struct Result: Sendable, Hashable {
        /// The record.
        package var record: AsBuiltRecord
        /// Parts that nothing but their kind tells apart: they show no serial number.
        package var untraced: [Component]
    }

    private let placeholders: PlaceholderList
    private let learner: ProfileLearner

    /// A writer that knows which texts say nothing.
    package init(placeholders: PlaceholderList = .standard) {
        self.placeholders = placeholders
        learner = ProfileLearner(placeholders: placeholders)
    }

    /// Writes the record of a unit; nil when neither the device nor `circumstances` states its serial number.
    package func record(of inventory: InventorySnapshot, _ circumstances: Circumstances) -> Result? {
        let device = inventory.device
        guard let serial = circumstances.serial ?? meaningful(device.serial) else { return nil }
        let parts = learner.parts(of: inventory)
        let images = (inventory.firmware + inventory.components.filter { $0.componentClass == .firmware })
            .filter(\.isPresent)
        var unit = AsBuiltRecord.Unit(
            serial: serial, id: device.id, manufacturer: meaningful(device.manufacturer),
            model: meaningful(device.model))
        unit.revision = meaningful(device.version)
        var record = AsBuiltRecord(device: unit, components: (parts + images).map(built))
        record.profile = circumstances.profile
        record.factory = circumstances.factory
        record.line = circumstances.line
        record.station = circumstances.station
        record.operatorName = circumstances.operatorName
        record.builtAt = circumstances.builtAt
        record.traceabilityLevel = .advanced
        record.source = RecordProvenance(
            origin: "learned", date: circumstances.builtAt, author: circumstances.operatorName)
        return Result(record: record, untraced: parts.filter { meaningful($0.serial) == nil })
    }

    private func meaningful(_ text: String?) -> String? {
        text.flatMap { placeholders.contains($0) ? nil : $0 }
    }

    private func built(_ component: Component) -> BuiltComponent {
        var part = learner.expectation(component).part
        part.serial = LearningPolicy.isRootHub(component) ? nil : meaningful(component.serial)
        part.firmwareVersion = meaningful(component.firmwareVersion).map { VersionRequirement(versions: [$0]) }
        for name in LearningPolicy.unitProperties {
            if let value = component.properties[name], !placeholders.contains(value) {
                part.properties[name] = AcceptedValues(value)
            }
        }
        return BuiltComponent(component.componentClass, at: component.location, part: part)
    }
}

extension AsBuiltRecord {
    /// Fields in which two records of one unit contradict each other, in the order of the schema; none where both say the same.
    ///
    /// What only one states is no contradiction, but for the lists of parts and of firmware, which are whole. Who
    /// stood where, and the form that a record came in, tell nothing of the unit.
    public func contradictions(to other: AsBuiltRecord) -> [String] {
        func differ(_ left: String?, _ right: String?) -> Bool {
            guard let left, let right else { return false }
            return FoldedText(left) != FoldedText(right)
        }
        let stated: [(String, Bool)] = [
            ("device.serial", differ(device.serial, other.device.serial)),
            ("device.id", differ(device.id, other.device.id)),
            ("device.manufacturer", differ(device.manufacturer, other.device.manufacturer)),
            ("device.model", differ(device.model, other.device.model)),
            ("device.revision", differ(device.revision, other.device.revision)),
            ("profile", differ(profile, other.profile)), ("factory", differ(factory, other.factory)),
            (
                "builtAt",
                builtAt.flatMap { RecordMoment($0) } != other.builtAt.flatMap { RecordMoment($0) }
                    && builtAt != nil && other.builtAt != nil
            ),
            ("firmwareManifest", Set(firmwareManifest) != Set(other.firmwareManifest)),
            ("covers", covers.map { Set($0) } != other.covers.map { Set($0) }),
            ("components", Self.counts(components) != Self.counts(other.components)),
        ]
        return stated.filter(\.1).map(\.0)
    }

    /// Equal parts and how many of them there are, whoever states them.
    private static func counts(_ parts: [BuiltComponent]) -> [BuiltComponent: Int] {
        parts.reduce(into: [:]) { counts, part in
            var part = part
            part.statedBy = nil
            part.evidenceDocument = nil
            part.registryEntry = nil
            counts[part, default: 0] += 1
        }
    }
}

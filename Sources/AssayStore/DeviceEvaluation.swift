package import AssayModel

/// A device whose standing is out of date.
package struct DirtyDevice: Sendable {
    /// The device, with the head of its chain.
    package var device: Device
    /// Counts changes; the evaluation that read this number settles all changes up to it.
    package var generation: Int64

    /// Describes a device to evaluate.
    package init(device: Device, generation: Int64) {
        self.device = device
        self.generation = generation
    }
}

/// The result of evaluating one device, to be written in one piece.
package struct DeviceEvaluation: Sendable {
    /// The device.
    package var deviceID: ContentDigest
    /// The number that `DirtyDevice` carried.
    package var generation: Int64
    /// What lists and answers show; findings are counted by the store.
    package var standing: Standing
    /// What the device says of itself in the evaluated report.
    package var facts: DeviceFacts
    /// Every finding that holds now; open ones that are not among them are settled by this evaluation.
    package var findings: [StoredFinding]
    /// What the evaluation found out that holds for equal inputs, see ``Store/keepEvaluation(_:for:)``.
    package var kept: [KeptEvaluation]
    /// What the device shows that nothing expects; nil when that could not be told.
    package var population: PopulationReview?

    /// Describes a result.
    package init(
        deviceID: ContentDigest, generation: Int64, standing: Standing, facts: DeviceFacts, findings: [StoredFinding],
        kept: [KeptEvaluation] = []
    ) {
        self.deviceID = deviceID
        self.generation = generation
        self.standing = standing
        self.facts = facts
        self.findings = findings
        self.kept = kept
    }
}

/// What equal inputs gave, under the digest of these inputs.
package struct KeptEvaluation: Sendable, Hashable {
    /// Digest of the inputs.
    package var key: ContentDigest
    /// What they gave.
    package var result: [UInt8]

    /// Names a result.
    package init(_ result: [UInt8], for key: ContentDigest) {
        self.key = key
        self.result = result
    }
}

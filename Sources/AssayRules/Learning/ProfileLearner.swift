package import AssayModel

/// Makes a profile from one unit that is known to be good.
///
/// What goes in, by class, stands in ``LearningPolicy``. Serials never do, since they differ from unit to unit;
/// placeholders never do, since they say nothing. Firmware goes in as the lowest version allowed.
package struct ProfileLearner: Sendable {
    /// Most digests of binaries without an owner that a profile lists.
    package static let digestLimit = 4096

    private let placeholders: PlaceholderList

    /// A learner that knows which texts say nothing.
    package init(placeholders: PlaceholderList = .standard) { self.placeholders = placeholders }

    /// Learns from an inventory.
    ///
    /// - Parameters:
    ///   - inventory: the good unit.
    ///   - id: id of the new profile.
    ///   - version: version of the new profile.
    ///   - source: where the profile comes from.
    ///   - ownerless: the binaries of the good unit that no package owns; nil when files were not scanned.
    package func learn(
        from inventory: InventorySnapshot, id: String, version: String = "1", source: RecordProvenance,
        ownerless: [FileEntry]? = nil
    ) -> HardwareProfile {
        var profile = HardwareProfile(id: id, version: version)
        let device = inventory.device
        profile.title = [device.manufacturer, device.model].compactMap(meaningful).joined(separator: " ")
        if profile.title?.isEmpty != false { profile.title = id }
        profile.appliesTo = DeviceMatch(
            manufacturers: list(device.manufacturer), models: list(device.model),
            compatibles: device.compatible?.first.map { [$0] } ?? [], boards: list(device.boardModel),
            // A machine that hides its hypervisor's name, or is none, is not bound to one.
            hypervisors: device.hypervisor.map { $0 == "present" ? [] : list($0) } ?? [])
        profile.classes = LearningPolicy.policies
        profile.components = parts(of: inventory).map(expectation)
        let images = inventory.firmware + inventory.components.filter { $0.componentClass == .firmware }
        profile.firmware = images.filter(\.isPresent).map(requirement)
        profile.boot = boot(inventory.boot)
        profile.files = files(ownerless)
        profile.source = source
        return profile
    }

    /// The parts of which a profile speaks.
    func parts(of inventory: InventorySnapshot) -> [Component] {
        inventory.components.filter {
            $0.isPresent && $0.viewOf == nil && $0.componentClass != .firmware
                && !LearningPolicy.isLeftOut($0.componentClass)
        }
    }

    private func meaningful(_ text: String?) -> String? {
        text.flatMap { placeholders.contains($0) ? nil : $0 }
    }

    private func list(_ text: String?) -> [String] {
        meaningful(text).map { [$0.replacing("*", with: "")] } ?? []
    }

    /// A firmware version is a lower bound only where versions have an order with themselves.
    private func lowerBound(_ version: String?) -> VersionRequirement? {
        guard let version = meaningful(version) else { return nil }
        return VersionRequirement(minimum: version)
    }

    private func weakestAccess(_ part: Component) -> Evidence.Access? {
        part.evidence.access.weakness > Evidence.Access.reported.weakness ? part.evidence.access : nil
    }

    /// What a profile asks for that was learned from a unit with `part`.
    func expectation(_ part: Component) -> ExpectedComponent {
        if LearningPolicy.isRootHub(part) { return rootHub(part) }
        let properties = part.properties.filter { name, value in
            LearningPolicy.properties.contains(name) && !placeholders.contains(value)
        }
        let digests = part.digests.filter { LearningPolicy.digests.contains($0.key) }
        let description = PartDescription(
            manufacturer: meaningful(part.manufacturer), model: meaningful(part.model),
            partNumber: meaningful(part.partNumber), revision: meaningful(part.revision),
            firmwareVersion: lowerBound(part.firmwareVersion),
            ids: part.ids.filter { LearningPolicy.isModelID($0.key) }.mapValues { AcceptedValues($0) },
            digests: digests.mapValues { AcceptedValues($0.description) },
            properties: properties.mapValues { AcceptedValues($0) })
        return ExpectedComponent(
            part.componentClass, slot: part.location, part: description, access: weakestAccess(part))
    }

    /// The kernel itself answers for a root hub: names and revision are those of the kernel.
    private func rootHub(_ part: Component) -> ExpectedComponent {
        let ids = part.ids.filter { ["vendor", "device", "class"].contains($0.key) }.mapValues { AcceptedValues($0) }
        return ExpectedComponent(
            part.componentClass, slot: part.location, part: PartDescription(ids: ids), access: weakestAccess(part))
    }

    private func requirement(_ image: Component) -> FirmwareRequirement {
        FirmwareRequirement(
            location: image.location, manufacturer: meaningful(image.manufacturer),
            version: lowerBound(image.firmwareVersion) ?? VersionRequirement(), access: weakestAccess(image))
    }

    /// Secure Boot is required only where the good unit has it on.
    private func boot(_ state: BootState) -> BootPolicy? {
        guard state.secureBoot == true else { return nil }
        var policy = BootPolicy()
        policy.secureBoot = true
        return policy
    }

    private func files(_ ownerless: [FileEntry]?) -> FilePolicy? {
        guard let ownerless else { return nil }
        let digests = Set(ownerless.map(\.digest)).sorted()
        if digests.count <= Self.digestLimit { return FilePolicy(allowedDigests: digests) }
        return FilePolicy(unknown: .notice, allowedDigests: Array(digests.prefix(Self.digestLimit)))
    }
}

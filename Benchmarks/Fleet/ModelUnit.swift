internal import AssayModel
internal import AssayReport
internal import AssayRules

/// Units of a few models: equal but for the numbers of the unit and of the parts that have one.
struct ModelUnit {
    /// Number of models.
    static let models = 10
    /// Parts of a unit.
    static let parts = 24
    /// Of these, parts with a serial number; the machine's serial number and UUID make ten identities of a unit.
    static let serials = 8

    let model: Int
    let number: Int

    /// The unit with a number, the models taking turns.
    init(_ number: Int) {
        self.number = number
        model = number % Self.models
    }

    var inventory: InventorySnapshot {
        var inventory = InventorySnapshot(device: facts, components: components)
        inventory.firmware = [
            Component(
                .firmware, at: "fw/bios", evidence: Evidence(probe: "smbios/tables", path: "/sys/firmware/dmi"),
                manufacturer: "Maker", firmwareVersion: "1.\(model)")
        ]
        inventory.packages = (0..<100).map { package in
            let version = "1.\(model).\(package)"
            return Package(
                type: "deb", name: "package-\(package)", version: version,
                purl: "pkg:deb/debian/package-\(package)@\(version)", database: "/var/lib/dpkg/status")
        }
        return inventory
    }

    private var facts: DeviceFacts {
        var facts = DeviceFacts()
        facts.manufacturer = "Example Works"
        facts.model = "Edge \(model)"
        facts.serial = "EW-\(10_000_000 + number)"
        facts.uuid = "4c4c4544-0051-3010-8052-" + String(0xb4c0_4f00_0000 + number, radix: 16)
        facts.hostname = "edge-\(number)"
        return facts
    }

    private var components: [Component] {
        (0..<Self.parts).map { index in
            let hasSerial = index < Self.serials
            let kind: ComponentClass = hasSerial ? (index < 4 ? .memory : .storage) : .pci
            let location = hasSerial ? "slot/\(index)" : "pci/0000:0\(index % 10):\(index).0"
            return Component(
                kind, at: location, evidence: Evidence(probe: "bench", path: "/sys/\(location)"),
                manufacturer: "Maker \(index % 7)", model: "Model \(model)-\(index % 5)", partNumber: "PN-\(index % 6)",
                serial: hasSerial ? "SN\(1_000_000_000 + number * 100 + index)" : nil, revision: "0\(index % 4)",
                ids: hasSerial ? [:] : ["vendor": "10\(index % 7)6", "device": "2\(index % 10)30", "class": "020000"],
                digests: hasSerial ? ["structure": .sha256(of: "\(number) \(index)".utf8)] : [:])
        }
    }

    /// The sections of a report, with their bytes.
    func sections() throws -> (descriptors: [String: SectionDescriptor], objects: [(ContentDigest, [UInt8])]) {
        var (descriptors, objects) = Self.shared[model]
        try Self.add(.platform, [CanonicalJSON.encode(facts)], to: &descriptors, &objects)
        try Self.add(.components, components.map { try CanonicalJSON.encode($0) }, to: &descriptors, &objects)
        return (descriptors, objects)
    }

    /// The sections that are equal for all units of a model.
    private static let shared = (0..<models).map { model in
        var descriptors: [String: SectionDescriptor] = [:]
        var objects: [(ContentDigest, [UInt8])] = []
        let inventory = ModelUnit(model).inventory
        for name in SectionName.allCases where ![.platform, .components].contains(name) {
            let lines: [[UInt8]?] =
                switch name {
                case .firmware: inventory.firmware.map { try? CanonicalJSON.encode($0) }
                case .packages: inventory.packages.map { try? CanonicalJSON.encode($0) }
                default: []
                }
            add(name, lines.compactMap(\.self), to: &descriptors, &objects)
        }
        return (descriptors, objects)
    }

    private static func add(
        _ name: SectionName, _ lines: [[UInt8]], to descriptors: inout [String: SectionDescriptor],
        _ objects: inout [(ContentDigest, [UInt8])]
    ) {
        let bytes = lines.reduce(into: [UInt8]()) { $0 += $1 + [0x0a] }
        let digest = ContentDigest.sha256(of: bytes)
        descriptors[name.rawValue] = SectionDescriptor(digest: digest, lines: lines.count, size: bytes.count)
        objects.append((digest, bytes))
    }

    /// The profile of the unit's model.
    ///
    /// - Parameter minimum: lowest version of the firmware.
    func profile(version: String, minimum: String) -> HardwareProfile {
        var profile = ProfileLearner().learn(
            from: inventory, id: "edge-\(model)", version: version, source: RecordProvenance(origin: "bench"))
        profile.firmware = [
            FirmwareRequirement(location: "fw/bios", version: VersionRequirement(minimum: minimum))
        ]
        return profile
    }
}

package import AssayModel

/// What units of one model may be made of.
package struct ProfilePage: ConsolePage {
    package static let template = "profile"
    package static let place: ConsolePlace? = .expected
    package var title: String { name }

    /// Most rows of one table; the whole of it is in the JSON.
    package static let rowLimit = 500

    /// A slot with the part that belongs there.
    struct Slot: Sendable, Hashable {
        let kind: String
        let place: String?
        // Not `name`: what is nil here would be looked for in the page, which has one.
        let label: String?
        let quantity: Int
        let isOptional: Bool
        let part: String
        let details: [String]
        let alternates: [String]
        let access: String?
    }

    /// Firmware at one location.
    struct Firmware: Sendable, Hashable {
        let location: String
        let name: String?
        let version: String
        let digests: [String]
        let isOptional: Bool
    }

    /// How parts of one class are compared.
    struct Policy: Sendable, Hashable {
        let kind: String
        let fields: [String]
        let reactions: [String]
        let reason: String?
    }

    let id: String
    let name: String
    let version: String
    let revision: Int
    let isNewest: Bool
    let imported: MomentView
    let path: String
    let json: String
    let facts: [NamedFact]
    let slots: [Slot]
    let hasSlots: Bool
    let moreSlots: Int?
    let firmware: [Firmware]
    let hasFirmware: Bool
    let policies: [Policy]
    let hasPolicies: Bool
    let revisions: [DocumentRevision]
    let hasSeveral: Bool
    let mayRegister: Bool

    /// Shows a revision of the profile at `path`, whose JSON is at `json`.
    package init(
        _ profile: HardwareProfile, revision: Int, imported: MomentView, path: String, json: String,
        revisions: [DocumentRevision], mayRegister: Bool
    ) {
        id = profile.id
        name = profile.title ?? profile.id
        version = profile.version
        self.revision = revision
        isNewest = revision == revisions.count
        self.imported = imported
        self.path = path
        self.json = json
        facts = Self.facts(of: profile)
        slots = profile.components.prefix(Self.rowLimit).map(Slot.init)
        hasSlots = !slots.isEmpty
        let more = profile.components.count - slots.count
        moreSlots = more > 0 ? more : nil
        firmware = profile.firmware.prefix(Self.rowLimit).map(Firmware.init)
        hasFirmware = !firmware.isEmpty
        policies = profile.classes.sorted { $0.key.rawValue < $1.key.rawValue }.map(Policy.init)
        hasPolicies = !policies.isEmpty
        self.revisions = revisions.reversed()
        hasSeveral = revisions.count > 1
        self.mayRegister = mayRegister
    }

    private static func facts(of profile: HardwareProfile) -> [NamedFact] {
        let match = profile.appliesTo
        var facts = [
            NamedFact("Makers", list: match.manufacturers), NamedFact("Models", list: match.models),
            NamedFact("Base boards", list: match.boards), NamedFact("Compatible", list: match.compatibles),
            NamedFact("Hypervisors", list: match.hypervisors),
            NamedFact("Approved suppliers", list: profile.approvedSuppliers),
            NamedFact("USB functions", list: profile.usbInterfaces),
            NamedFact("Intended use", list: profile.intendedUse),
        ]
        if let boot = profile.boot {
            facts.append(NamedFact("Secure Boot", boot.secureBoot.map { $0 ? "must be on" : "must be off" }))
            facts.append(NamedFact("Kernel lockdown", list: boot.lockdown))
        }
        if let files = profile.files {
            facts.append(NamedFact("Unknown binaries", files.unknown.rawValue))
            facts.append(NamedFact("Modified files", files.modified.rawValue))
            facts.append(NamedFact("Allowed paths", list: Array(files.allowedPaths.prefix(50))))
        }
        if let source = profile.source {
            facts.append(
                NamedFact("Origin", [source.origin, source.author].compactMap(\.self).joined(separator: ", ")))
            facts.append(NamedFact("Learned from", list: source.learnedFrom))
            facts.append(NamedFact("Notes", source.notes))
        }
        return facts.compactMap(\.self)
    }
}

extension ProfilePage.Slot {
    init(_ expected: ExpectedComponent) {
        kind = expected.componentClass.rawValue
        place = expected.slot
        label = expected.name
        quantity = expected.quantity
        isOptional = expected.optional
        let words = PartText.summary(expected.part)
        details = PartText.details(expected.part)
        part = words.isEmpty && details.isEmpty ? "any" : words
        alternates = expected.alternates.map { alternate in
            let words = [PartText.summary(alternate.part)] + PartText.details(alternate.part)
            return [alternate.name, words.filter { !$0.isEmpty }.joined(separator: ", ")].compactMap(\.self)
                .joined(separator: ": ")
        }
        access = expected.access?.rawValue
    }
}

extension ProfilePage.Firmware {
    init(_ requirement: FirmwareRequirement) {
        location = requirement.location
        name = [requirement.manufacturer, requirement.name].compactMap(\.self).joined(separator: " ")
        version = requirement.version.isEmpty ? "any" : requirement.version.description
        digests = requirement.digests.map { String($0.hex.prefix(16)) }
        isOptional = requirement.optional
    }
}

extension ProfilePage.Policy {
    init(_ kind: ComponentClass, _ policy: ClassPolicy) {
        self.kind = kind == HardwareProfile.anyClass ? "every other class" : kind.rawValue
        fields = policy.fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.rawValue)" }
        reactions = [
            policy.missing.map { "missing: \($0.rawValue)" }, policy.unexpected.map { "unexpected: \($0.rawValue)" },
            policy.duplicate.map { "duplicate: \($0.rawValue)" },
            policy.access.map { "weakest evidence: \($0.rawValue)" },
        ].compactMap(\.self)
        reason = policy.reason
    }
}

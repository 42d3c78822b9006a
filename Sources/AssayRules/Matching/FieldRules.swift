internal import AssayModel

/// The rules of a class policy by field, with their names taken apart.
struct FieldRules: Sendable {
    private var own: [(name: FieldName, rule: FieldRule)] = []
    private var ids: FieldRule?
    private var digests: FieldRule?
    private var properties: FieldRule?

    /// Takes the rules of `policy`; those for fields that no part has rule nothing.
    init(_ policy: ClassPolicy) {
        for (text, rule) in policy.fields {
            switch text {
            case "ids.*": ids = rule
            case "properties.*": properties = rule
            default: if let name = FieldName(text) { own.append((name, rule)) }
            }
        }
        digests = policy.fields["digests.*"]
    }

    /// The rule for a field, its own before that of its group (`properties.*`); nil when the policy has neither.
    func rule(for field: FieldName) -> FieldRule? {
        for (name, rule) in own where name == field { return rule }
        switch field {
        case .id: return ids
        case .digest: return digests
        case .property: return properties
        default: return nil
        }
    }
}

/// The rules of every class of a profile.
struct ClassRules: Sendable {
    private let own: [ComponentClass: FieldRules]
    private let any: FieldRules

    /// Takes the policies of `profile`; without one no field has a rule.
    init(_ profile: HardwareProfile?) {
        own = profile?.classes.mapValues(FieldRules.init) ?? [:]
        any = own[HardwareProfile.anyClass] ?? FieldRules(ClassPolicy())
    }

    /// The rules of a class, or those for any class.
    subscript(componentClass: ComponentClass) -> FieldRules { own[componentClass] ?? any }
}

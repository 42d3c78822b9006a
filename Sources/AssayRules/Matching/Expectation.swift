internal import AssayModel

/// One part that should be there: a line of a profile, a part of an as-built record, or both laid over each other.
struct Expectation {
    /// A set of fields that makes the part the right one.
    struct Variant {
        /// Name of the alternate; nil for the first choice.
        let alternate: String?
        var fields: [ExpectedField]
    }

    var componentClass: ComponentClass
    /// Where it belongs; nil when any place will do.
    var slot: Pattern?
    var optional: Bool
    var variants: [Variant]
    /// Record that asks for the part, as findings cite it.
    var source: String
    /// Weakest evidence that counts.
    var access: Evidence.Access
    /// Name for people.
    var name: String?
    /// What is worth saying about the expectation itself.
    var notes: [String] = []

    /// Names of all fields that any variant states.
    var fieldNames: Set<String> {
        var names: Set<String> = []
        for variant in variants { for field in variant.fields { names.insert(field.name) } }
        return names
    }

    /// The place, when it is one place.
    var exactSlot: String? {
        guard let slot, slot.isLiteral else { return nil }
        return slot.text
    }

    /// Serial that the first choice must have; nil when none is stated.
    var serialKey: String? {
        for field in variants.first?.fields ?? [] where field.name == "serial" && field.rule != .ignore {
            if case .values(let values) = field.accepted { return values.first?.folded }
        }
        return nil
    }

    /// The expected part in one line for a person.
    var summary: String {
        let fields = variants.first?.fields ?? []
        func value(_ name: String) -> String? { fields.first { $0.name == name }?.expectation }
        var words = [value("manufacturer"), value("model"), value("partNumber")].compactMap(\.self)
        if let vendor = value("ids.vendor"), let device = value("ids.device") ?? value("ids.product") {
            words.append(words.isEmpty ? "\(vendor):\(device)" : "[\(vendor):\(device)]")
        }
        if words.isEmpty { words.append(name ?? "any \(componentClass.rawValue)") }
        if let revision = value("revision") { words.append("revision \(revision)") }
        if let firmware = value("firmwareVersion") { words.append("firmware \(firmware)") }
        if let serial = value("serial") { words.append("serial \(serial)") }
        return words.joined(separator: " ")
    }
}

internal import AssayModel

/// One part that should be there: a line of a profile, a part of an as-built record, or both laid over each other.
///
/// An object, since the units of a model, and the parts of one line, share what the profile says.
final class Expectation: Sendable {
    /// A set of fields that makes the part the right one.
    struct Variant: Sendable {
        /// Name of the alternate; nil for the first choice.
        let alternate: String?
        let fields: [ExpectedField]
    }

    let componentClass: ComponentClass
    /// Where it belongs; nil when any place will do.
    let slot: Pattern?
    let optional: Bool
    /// What the record states of the part, whichever variant was built in.
    let recorded: [ExpectedField]
    let variants: [Variant]
    /// Record that asks for the part, as findings cite it.
    let source: String
    /// Weakest evidence that counts.
    let access: Evidence.Access
    /// Name for people.
    let name: String?
    /// What is worth saying about the expectation itself.
    let notes: [String]

    init(
        componentClass: ComponentClass, slot: Pattern?, optional: Bool, recorded: [ExpectedField] = [],
        variants: [Variant], source: String, access: Evidence.Access, name: String? = nil, notes: [String] = []
    ) {
        self.componentClass = componentClass
        self.slot = slot
        self.optional = optional
        self.recorded = recorded
        self.variants = variants
        self.source = source
        self.access = access
        self.name = name
        self.notes = notes
    }

    /// The place, when it is one place.
    var exactSlot: String? { slot.flatMap { $0.isLiteral ? $0.text : nil } }

    /// Serial that the first choice must have; nil when none is stated.
    var serialKey: String? { firstChoice { $0.name == .serial && $0.rule != .ignore }?.values.first?.folded }

    /// What is stated of a field of the first choice, the record's word before the profile's.
    func firstChoice(_ name: FieldName) -> ExpectedField? { firstChoice { $0.name == name } }

    private func firstChoice(_ isWanted: (ExpectedField) -> Bool) -> ExpectedField? {
        for field in recorded where isWanted(field) { return field }
        for field in variants.first?.fields ?? [] where isWanted(field) { return field }
        return nil
    }

    /// The expected part in one line for a person.
    var summary: String {
        func value(_ name: FieldName) -> String? { firstChoice(name)?.expectation }
        var line = WordLine()
        for name in [FieldName.manufacturer, .model, .partNumber] { if let word = value(name) { line.add(word) } }
        if let vendor = value(.id("vendor")), let device = value(.id("device")) ?? value(.id("product")) {
            let ids = "\(vendor):\(device)"
            line.add(line.isEmpty ? ids : "[\(ids)]")
        }
        if line.isEmpty { line.add(name ?? "any \(componentClass.rawValue)") }
        if let revision = value(.revision) { line.add("revision ", revision) }
        if let firmware = value(.firmwareVersion) { line.add("firmware ", firmware) }
        if let serial = value(.serial) { line.add("serial ", serial) }
        return line.text
    }
}

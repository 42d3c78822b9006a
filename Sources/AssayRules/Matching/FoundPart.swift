internal import AssayModel

/// A part that takes part in a comparison: one of the inventory, or one of a record that is laid over a profile.
///
/// An object that remembers what it folded: most texts agree as they are and are never folded, the others are compared
/// with many expectations.
final class FoundPart {
    /// The part; for one of a record its class and place alone.
    let component: Component
    /// Where it is; nil when that is not known, as for a part of a record.
    let location: String?
    /// What a record states of the part; nil for a part of the inventory.
    private let statements: [ExpectedField]?
    private let placeholders: PlaceholderList
    private var folded: [FieldName: FieldText] = [:]
    private var telling: [FieldName: Bool] = [:]

    /// Serial that names the part; nil when there is none or a placeholder.
    private(set) lazy var serialKey: String? = value(of: .serial).flatMap { serial in
        placeholders.contains(serial) ? nil : FieldText.foldWords(serial)
    }

    /// Takes a part of the inventory.
    init(_ component: Component, placeholders: PlaceholderList) {
        self.component = component
        statements = nil
        location = component.location.isEmpty ? nil : component.location
        self.placeholders = placeholders
    }

    /// Takes a part of a record, and what it states of it.
    init(_ built: BuiltComponent, _ statements: [ExpectedField], placeholders: PlaceholderList) {
        component = Component(
            built.componentClass, at: built.location ?? "",
            evidence: Evidence(probe: "record", path: "", access: .reported))
        self.statements = statements
        location = built.location?.isEmpty == true ? nil : built.location
        self.placeholders = placeholders
    }

    /// Value of a field as it was read; a record's part shows the first of those that it accepts, and no digest.
    func value(of field: FieldName) -> String? {
        guard let statements else { return component.value(of: field) }
        if case .digest = field { return nil }
        for statement in statements where statement.name == field { return statement.preferred }
        return nil
    }

    /// The digests that the part shows.
    var digests: [String] { component.digests.values.map(\.description) }

    /// `value` of a field in the form in which it is compared.
    func text(of field: FieldName, _ value: String) -> FieldText {
        if let known = folded[field] { return known }
        let text = FieldText(value, form: field.form)
        folded[field] = text
        return text
    }

    /// Whether `value` of a field says nothing.
    func isPlaceholder(_ field: FieldName, _ value: String) -> Bool {
        if let known = telling[field] { return known }
        let answer = placeholders.contains(value)
        telling[field] = answer
        return answer
    }
}

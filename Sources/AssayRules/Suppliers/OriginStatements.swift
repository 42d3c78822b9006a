internal import AssayModel

/// What a record, and the supplier graphs behind it, say of where a unit and its parts were made.
struct OriginStatements: Sendable {
    /// One statement.
    struct Statement: Sendable, Hashable {
        /// What was made.
        let place: String
        /// Where, as it stands there: a code of ISO 3166-1, or whatever somebody wrote.
        let country: String
        /// Who says so, in words.
        let basis: String
        /// How sure it is.
        let confidence: Finding.Confidence
        var componentClass: ComponentClass?
        var location: String?
    }

    /// Of the unit as a whole.
    private(set) var unit: [Statement] = []
    /// Of its parts.
    private(set) var parts: [Statement] = []

    /// Reads a record; the countries of factories and of suppliers' places stand in `directory`.
    init(_ record: AsBuiltRecord?, _ directory: SupplierDirectory) {
        guard let record else { return }
        for part in record.components {
            let statements = Self.statements(part, directory)
            if part.componentClass == .system { unit += statements } else { parts += statements }
        }
        guard unit.isEmpty, let factory = record.factory else { return }
        // Which of several places of one name is meant, nobody says.
        let countries = directory.countries(ofPlace: factory)
        guard let country = countries.first, countries.count == 1 else { return }
        unit.append(
            Statement(
                place: "the unit", country: country, basis: "factory \(factory) of the record, in \(country)",
                confidence: .b))
    }

    private static func statements(_ part: BuiltComponent, _ directory: SupplierDirectory) -> [Statement] {
        let spot = part.location ?? part.designator
        let name = [part.componentClass.rawValue, spot].compactMap(\.self).joined(separator: " ")
        func statement(_ country: String, _ basis: String, _ confidence: Finding.Confidence) -> Statement {
            Statement(
                place: part.componentClass == .system ? "the unit" : name, country: country, basis: basis,
                confidence: confidence, componentClass: part.componentClass, location: spot)
        }
        if let origin = part.origin { return [statement(origin, "recorded origin \(origin)", .a)] }
        guard let supplier = part.supplier else { return [] }
        var found: [Statement] = []
        for company in directory.companies(named: supplier) {
            let known = directory.supplier(company)
            if let site = known.sites.first(where: { $0.id == company.site }) {
                found.append(statement(site.country, "recorded supplier's place \(supplier), in \(site.country)", .b))
            } else {
                // A supplier may sell what others made; where it makes things itself is a hint.
                for country in Set(known.sites.map(\.country)).sorted() {
                    found.append(statement(country, "recorded supplier \(known.name) has a place in \(country)", .c))
                }
            }
        }
        return found
    }
}

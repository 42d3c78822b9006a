package import AssayModel

/// A field in which known-good units of one model differ, and what the profile makes of it.
package struct GoldenVariation: Sendable, Hashable, Codable {
    /// Kind of part.
    package var componentClass: ComponentClass
    /// Where the part is in the first unit that has it.
    package var location: String
    /// Field that differs; `presence` for a part that not every unit has, `part` for one of several makes.
    package var field: String
    /// What was seen and on how many units.
    package var values: [String: Int]
    /// What the profile does about it.
    package var treatment: String

    private enum CodingKeys: String, CodingKey {
        case componentClass = "class"
        case location, field, values, treatment
    }

    /// The variation in one line for a person.
    package var summary: String {
        let seen = values.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) (\($0.value))" }
        return "\(location) \(field): \(seen.joined(separator: ", ")): \(treatment)"
    }
}

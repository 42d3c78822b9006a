package import AssayModel

/// A part of a device: what was expected beside what was observed.
package struct PartRow: Sendable, Hashable {
    /// A field that differs.
    package struct Difference: Sendable, Hashable {
        let name: String
        // Names of their own: in a template an absent value would be looked for in the row around it.
        let should: String?
        let shows: String?
        let remark: String?
    }

    let location: String
    let kind: String
    /// Class of the row in the style sheet.
    let style: String
    let outcome: BadgeView?
    let expected: String?
    let observed: String?
    let differences: [Difference]
    let source: String?
    let notes: [String]
    let access: String?
    /// Whether a person should look at it.
    package let differs: Bool

    /// Shows what became of an expected or found part.
    ///
    /// - Parameter words: Adds names to the numbers of a part.
    package init(_ outcome: Outcome, words: (ComponentClass, String) -> String) {
        location = outcome.location ?? "not stated"
        kind = outcome.componentClass.rawValue
        differs = outcome.fails || outcome.kind == .notVerifiable
        style = outcome.fails ? "fail" : outcome.kind == .notVerifiable ? "unsure" : ""
        self.outcome = BadgeView(outcome)
        expected = outcome.expected.map { words(outcome.componentClass, $0) }
        observed = outcome.observed.map { words(outcome.componentClass, $0) }
        let fields = differs ? outcome.fields : outcome.fields.filter { $0.expected != $0.observed }
        differences = fields.map {
            Difference(name: $0.name, should: $0.expected, shows: $0.observed, remark: $0.note)
        }
        source = outcome.expected == nil ? nil : outcome.source
        notes = outcome.notes
        access = nil
    }

    /// Shows a part that no record speaks of, or that was not compared.
    package init(_ component: Component, text: String) {
        location = component.location
        kind = component.componentClass.rawValue
        differs = false
        style = ""
        outcome = nil
        expected = nil
        observed = text
        differences = []
        source = nil
        notes = []
        access =
            switch component.evidence.access {
            case .direct: nil
            case .bridged: "seen through a bridge"
            case .virtual: "shown by a hypervisor"
            case .reported: "stated by a table"
            }
    }

    /// Orders by place, numbers in it by their value.
    package static func precedes(_ left: PartRow, _ right: PartRow) -> Bool {
        if left.location == right.location { return left.kind < right.kind }
        return pieces(left.location).lexicographicallyPrecedes(pieces(right.location))
    }

    private static func pieces(_ text: String) -> [String] {
        // A number counts by its length first, so that `dimm/10` comes behind `dimm/9`.
        text.unicodeScalars.split(separator: "/").map { piece in
            let digits = piece.prefix { ("0"..."9").contains($0) }
            let text = String(String.UnicodeScalarView(piece))
            return digits.isEmpty || digits.count > 9 ? text : String(digits.count) + text
        }
    }
}

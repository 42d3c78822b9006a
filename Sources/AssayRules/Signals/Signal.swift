package import AssayModel

/// One thing that gives a counterfeit, a clone or a missing identity away, as the data states it.
///
/// An object, since every signal of a class is asked about every part of it.
package final class Signal: Sendable, Decodable {
    /// Rule id of its findings: `signal/ftdi-bricked`.
    package let id: String
    /// One line for a person.
    package let title: String
    /// Kind of part that it speaks of.
    package let componentClass: ComponentClass
    /// What kind of conclusion it is.
    package let category: Finding.Category
    /// How sure it is by itself.
    package let confidence: Finding.Confidence
    /// Which property of the part it rests on; two signals combine only when these differ.
    package let about: String
    /// Paths on which the part itself was seen.
    let access: [Evidence.Access]
    /// What must be true of a part before the question is asked.
    let conditions: [SignalCondition]
    /// The question.
    let check: SignalCheck
    /// Attribute below the part's own path that shows the value; nil where the path itself is the file.
    let reads: String?
    /// What to do.
    let advice: String
    /// Key of the source in its list.
    package let source: String
    /// Parts on which it must show, and on which it must not.
    package let examples: SignalExamples

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, title, category, confidence, about, access, check, reads, advice, source, examples
        case componentClass = "class"
        case conditions = "when"
    }

    /// Reads the JSON form; unknown keys are refused.
    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(String.self, forKey: .id)
        title = try values.decode(String.self, forKey: .title)
        componentClass = try values.decode(ComponentClass.self, forKey: .componentClass)
        category = try values.decode(Finding.Category.self, forKey: .category)
        confidence = try values.decode(Finding.Confidence.self, forKey: .confidence)
        about = try values.decode(String.self, forKey: .about)
        access = try values.decodeIfPresent([Evidence.Access].self, forKey: .access) ?? [.direct]
        conditions = try values.decodeIfPresent([SignalCondition].self, forKey: .conditions) ?? []
        check = try values.decode(SignalCheck.self, forKey: .check)
        reads = try values.decodeIfPresent(String.self, forKey: .reads)
        advice = try values.decode(String.self, forKey: .advice)
        source = try values.decode(String.self, forKey: .source)
        examples = try values.decode(SignalExamples.self, forKey: .examples)
    }

    /// What the signal says of a part; nil when it does not apply or cannot tell.
    func answer(_ subject: SignalSubject, _ placeholders: PlaceholderList) -> SignalAnswer? {
        guard access.contains(subject.part.evidence.access),
            conditions.allHold(for: subject, placeholders) == true
        else { return nil }
        return check.mechanism.judge(subject, placeholders)
    }

    /// Weight of a finding by what it concludes and how surely.
    var severity: Finding.Severity {
        switch confidence {
        case .a: .high
        case .b: .medium
        case .c: .info
        }
    }
}

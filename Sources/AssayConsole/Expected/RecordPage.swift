package import AssayModel

/// What one unit was built of, and what was changed since.
package struct RecordPage: ConsolePage {
    package static let template = "record"
    package static let place: ConsolePlace? = .expected
    package var title: String { "Record of \(name)" }

    /// A part.
    struct Part: Sendable, Hashable {
        let kind: String
        let place: String?
        let part: String
        let serial: String?
        let batch: String?
        let supplier: String?
        let statedBy: String?
        let details: [String]
    }

    /// What is wrong with the chain of changes.
    package struct Defect: Sendable, Hashable {
        let link: String
        let summary: String
        let part: String?
        let expected: String?
        let observed: String?
        let style: String

        /// Shows a defect.
        package init(_ defect: ChainDefect) {
            link = defect.link
            summary = defect.summary
            part = defect.part
            expected = defect.expected
            observed = defect.observed
            style = defect.isNotice ? "unsure" : "fail"
        }
    }

    /// A change of the unit since it was built.
    package struct Change: Sendable, Hashable {
        let id: String
        let kind: String?
        let day: String?
        let reason: String?
        let parts: [String]

        /// Shows a delta under the id of its document.
        package init(_ delta: RecordDelta, id: String) {
            self.id = id
            kind = delta.kind?.rawValue
            day = delta.changedAt
            reason = delta.reason
            parts = delta.changes.prefix(100).map { change in
                let place = change.component.location ?? change.component.designator
                return ["\(change.status.rawValue):", change.component.summary, place.map { "at \($0)" }]
                    .compactMap(\.self).joined(separator: " ")
            }
        }
    }

    let id: String
    let name: String
    let path: String
    let json: String
    let facts: [NamedFact]
    let parts: [Part]
    let hasParts: Bool
    let moreParts: Int?
    let changes: [Change]
    let hasChanges: Bool
    let defects: [Defect]
    let hasDefects: Bool
    let revisions: [DocumentRevision]
    let hasSeveral: Bool
    let shown: Int?

    /// Shows a unit as it should be now, or one revision of its record as it came.
    package init(
        id: String, _ record: AsBuiltRecord, changes: [Change], defects: [Defect], path: String, json: String,
        revisions: [DocumentRevision], shown: Int?
    ) {
        self.id = id
        name = record.device.serial ?? record.device.id ?? id
        self.path = path
        self.json = json
        facts = Self.facts(of: record)
        parts = record.components.prefix(ProfilePage.rowLimit).map(Part.init)
        hasParts = !parts.isEmpty
        let more = record.components.count - parts.count
        moreParts = more > 0 ? more : nil
        self.changes = changes
        hasChanges = !changes.isEmpty
        self.defects = defects
        hasDefects = !defects.isEmpty
        self.revisions = revisions.reversed()
        hasSeveral = revisions.count > 1
        self.shown = shown
    }

    private static func facts(of record: AsBuiltRecord) -> [NamedFact] {
        let unit = record.device
        let source = record.source
        return [
            NamedFact("Maker", unit.manufacturer), NamedFact("Model", unit.model),
            NamedFact("Revision", unit.revision), NamedFact("Device", unit.id), NamedFact("Profile", record.profile),
            NamedFact("Factory", record.factory), NamedFact("Line", record.line),
            NamedFact("Station", record.station), NamedFact("Operator", record.operatorName),
            NamedFact("Built", record.builtAt),
            NamedFact("Form", source?.form), NamedFact("Certificate", source?.certificate?.description),
            NamedFact(
                "Signature",
                source?.signature.map { signature in
                    [signature.state.rawValue, signature.issuer.map { "by \($0)" }].compactMap(\.self)
                        .joined(separator: " ")
                }), NamedFact("Notes", source?.notes),
        ].compactMap(\.self)
    }
}

extension RecordPage.Part {
    init(_ component: BuiltComponent) {
        kind = component.componentClass.rawValue
        place = component.location ?? component.designator
        let words = PartText.summary(component.part)
        part = words.isEmpty ? component.componentClass.rawValue : words
        serial = component.part.serial
        batch = [component.lot.map { "lot \($0)" }, component.dateCode.map { "date code \($0)" }]
            .compactMap(\.self).joined(separator: ", ")
        supplier = [component.supplier, component.origin.map { "(\($0))" }].compactMap(\.self).joined(separator: " ")
        statedBy = component.statedBy
        var bare = component.part
        bare.serial = nil
        details = PartText.details(bare) + component.addresses.map { "\($0)" }
    }
}

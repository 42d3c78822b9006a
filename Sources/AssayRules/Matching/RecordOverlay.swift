internal import AssayModel

/// Lays the parts of an as-built record over the lines of a profile.
struct RecordOverlay {
    private let design: PreparedProfile?
    private let record: AsBuiltRecord
    private let placeholders: PlaceholderList
    private let citation: String
    private let remark: [String]

    init(design: PreparedProfile?, record: AsBuiltRecord, placeholders: PlaceholderList) {
        self.design = design
        self.record = record
        self.placeholders = placeholders
        citation = record.citation
        remark = design.map { ["\($0.profile.citation) has no line for this part"] } ?? []
    }

    /// One part of the record with what it states, as its findings cite it.
    private struct Statement {
        let part: BuiltComponent
        let fields: [ExpectedField]
        let source: String
    }

    /// Lays the parts of one class over the profile's lines for it, each part over one line at most.
    ///
    /// - Parameters:
    ///   - indices: the parts of the record.
    ///   - dropsOptions: whether the record is complete for the class, so that an optional line which it leaves empty is
    ///     not expected.
    func lay(_ indices: [Int], on lines: [Expectation], dropsOptions: Bool) -> [Expectation] {
        let statements = indices.map(statement)
        let built = statements.map { FoundPart($0.part, $0.fields, placeholders: placeholders) }
        let match = ClassMatcher(placeholders: placeholders).match(lines, built)
        var expectations = lines
        for pair in match.pairs {
            expectations[pair.row] = laid(statements[pair.column], over: lines[pair.row])
        }
        if dropsOptions {
            let unused = Set(match.unmatchedRows.filter { lines[$0].optional })
            expectations = expectations.indices.filter { !unused.contains($0) }.map { expectations[$0] }
        }
        return expectations + match.unmatchedColumns.map { own(statements[$0]) }
    }

    /// The record's serials are exact whatever the policy says; its firmware is what left the factory, hence the lowest
    /// that may run.
    private func statement(_ index: Int) -> Statement {
        let part = record.components[index]
        // The record, or the delta that brought the part in.
        let source = part.statedBy ?? "\(citation) component #\(index + 1)"
        let rules = design?.rules[part.componentClass]
        func rule(_ name: FieldName) -> FieldRule {
            name == .serial ? .exact : rules?.rule(for: name) ?? Self.defaultRule(name)
        }
        var fields = part.part.fields(source: source, placeholders: placeholders, rule: rule)
        for (name, texts, absence) in part.furtherStatements {
            fields.append(
                ExpectedField(
                    name: name, accepted: .values(texts.map { FieldText($0, form: name.form) }), rule: rule(name),
                    source: source, placeholders: placeholders, absence: absence))
        }
        return Statement(part: part, fields: fields, source: source)
    }

    private static func defaultRule(_ name: FieldName) -> FieldRule {
        switch name {
        case .firmwareVersion: .minimum
        // It says how the part is fitted, not which part it is.
        case .fieldReplaceable: .notice
        default: .exact
        }
    }

    private func laid(_ statement: Statement, over line: Expectation) -> Expectation {
        Expectation(
            componentClass: line.componentClass, slot: statement.part.location.map { Pattern($0) } ?? line.slot,
            optional: false, recorded: statement.fields, variants: line.variants,
            source: "\(statement.source); \(line.source)", access: line.access, name: line.name,
            notes: line.notes + statement.part.traceNotes)
    }

    private func own(_ statement: Statement) -> Expectation {
        let part = statement.part
        return Expectation(
            componentClass: part.componentClass, slot: part.location.map { Pattern($0) }, optional: false,
            recorded: statement.fields, variants: [Expectation.Variant(alternate: nil, fields: [])],
            source: statement.source, access: design?.profile.policy(for: part.componentClass).access ?? .reported,
            name: part.designator, notes: part.traceNotes + remark)
    }
}

extension BuiltComponent {
    /// What the record states beside the description of the part.
    ///
    /// No interface of a device shows the first two, lists that other programs collected do. The address that a network
    /// interface was made with is read; that of a Bluetooth or other radio stands in no file of the kernel. Any of
    /// several addresses will do, since a scan shows one for each interface.
    fileprivate var furtherStatements: [(name: FieldName, texts: [String], absence: ExpectedField.Absence)] {
        var statements: [(name: FieldName, texts: [String], absence: ExpectedField.Absence)] = []
        if let manufacturerID { statements.append((.manufacturerID, [manufacturerID], .saysNothing)) }
        if let fieldReplaceable {
            statements.append((.fieldReplaceable, [fieldReplaceable ? "true" : "false"], .saysNothing))
        }
        let known = addresses.filter(\.isWellFormed).map(\.value)
        // The property is the same statement in the words of a scan.
        if !known.isEmpty, part.properties["permanentAddress"] == nil {
            statements.append((.addresses, known, componentClass == .network ? .leavesOpen : .isNoted))
        }
        return statements
    }

    /// Lot and date code, which no interface shows, for the person who holds the part.
    fileprivate var traceNotes: [String] {
        var notes: [String] = []
        if let lot { notes.append("built from lot \(lot)") }
        if let dateCode { notes.append("date code \(dateCode)") }
        if let supplier { notes.append("supplied by \(supplier)") }
        return notes
    }
}

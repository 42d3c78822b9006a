package import AssayModel
internal import AssayTerminal

/// Writes a result for people: the verdict, then each difference in one line that a line worker understands, with its
/// origin and the next step below.
package enum TextRenderer {
    /// How the text will be read.
    package struct Style: Sendable, Hashable {
        /// Whether the verdict stands in letters of five lines.
        package var largeVerdict: Bool
        /// Whether ANSI colours may be used.
        package var color: Bool

        /// For a pipe or a file.
        package static let plain = Style(largeVerdict: false, color: false)
        /// For a terminal.
        package static let terminal = Style(largeVerdict: true, color: true)

        /// Chooses a style.
        package init(largeVerdict: Bool, color: Bool) {
            self.largeVerdict = largeVerdict
            self.color = color
        }
    }

    /// The text, with a final line feed.
    ///
    /// - Parameter explain: Adds names to a part of a class that is stated by its numbers, for example from a list that
    ///   this machine has.
    package static func render(
        _ result: VerifyResult, style: Style = .plain,
        explain: (ComponentClass, String) -> String = { _, text in text }
    ) -> String {
        var result = result
        for index in result.outcomes.indices {
            let kind = result.outcomes[index].componentClass
            result.outcomes[index].expected = result.outcomes[index].expected.map { explain(kind, $0) }
            result.outcomes[index].observed = result.outcomes[index].observed.map { explain(kind, $0) }
        }
        var lines = heading(result.verdict, style)
        lines += result.outcomes.filter { $0.fails || $0.kind == .notVerifiable }.flatMap { entry($0, result) }
        lines += result.findings.filter(\.decidesAlone).flatMap(entry)
        let noticed = result.outcomes.filter { !$0.fails && $0.reaction == .notice }
        if !noticed.isEmpty { lines += ["", "Noted, decides nothing:"] + noticed.map(line) }
        let listed = Set(result.outcomes.map(\.rule))
        let others = result.findings.filter {
            !listed.contains($0.rule) && !$0.rule.hasPrefix("files/") && !$0.decidesAlone && !$0.isNote
        }
        if !others.isEmpty {
            lines += ["", "Also:"] + others.map { safe("\($0.severity.rawValue): \($0.title)") }
        }
        let notes = result.findings.count(where: \.isNote)
        if notes > 0 { lines += ["", "\(notes) notes about parts, which decide nothing; the JSON has them."] }
        lines += result.reasons.map(safe)
        lines += ["", summary(result)] + place(result) + [""]
        return lines.joined(separator: "\n")
    }

    /// What a verdict is called at the line.
    package static func word(_ verdict: Verdict) -> String {
        switch verdict {
        case .pass: "PASS"
        case .fail: "FAIL"
        case .undetermined, .unverified: "CANNOT DECIDE"
        }
    }

    private static func heading(_ verdict: Verdict, _ style: Style) -> [String] {
        let lines = style.largeVerdict ? ["", ""] + LargeLetters.lines(word(verdict)) + [""] : [word(verdict)]
        guard style.color else { return lines }
        let code = verdict == .pass ? 32 : verdict == .fail ? 31 : 33
        return lines.map { $0.isEmpty ? $0 : "\u{1b}[1;\(code)m\($0)\u{1b}[0m" }
    }

    /// A difference with what stands below it: where it comes from and what to do.
    private static func entry(_ outcome: Outcome, _ result: VerifyResult) -> [String] {
        let origin = [outcome.path.map { "read from \($0)" }, outcome.source, "rule \(outcome.rule)"]
        var lines = [line(outcome), "    " + safe(origin.compactMap(\.self).joined(separator: "; "))]
        let findings = result.findings.filter { $0.rule == outcome.rule }
        let finding = findings.first { $0.location == outcome.location } ?? findings.first
        if let advice = finding?.advice, !advice.isEmpty { lines.append("    " + safe(advice)) }
        return lines
    }

    /// A finding that decides with what stands below it: what shows it, where the rule comes from and what to do.
    private static func entry(_ finding: Finding) -> [String] {
        let word =
            finding.category == .restrictedSupplier
            ? "RESTRICTED" : finding.isSuspicion ? "SUSPECT PART" : "NOT ALLOWED"
        let shown =
            finding.reproduction.map { "\($0.path) shows \($0.value), should be \($0.expected)" }
            ?? finding.path.map { "read from \($0)" }
        let origin = [shown, finding.source, "rule \(finding.rule)"].compactMap(\.self)
        return [
            safe(word + String(repeating: " ", count: 16 - word.count) + finding.title),
            "    " + safe(origin.joined(separator: "; ")), "    " + safe(finding.advice),
        ]
    }

    /// One outcome in one line.
    package static func line(_ outcome: Outcome) -> String {
        let (word, text) = parts(outcome)
        return safe(word + String(repeating: " ", count: max(1, 16 - word.count)) + text)
    }

    /// The word of an outcome and what it is about.
    static func words(_ outcome: Outcome) -> [String] {
        let (word, text) = parts(outcome)
        return [word, text]
    }

    /// One line, long enough for any fact and no longer than a hostile device may make it.
    package static func safe(_ text: String) -> String { TerminalText.safe(text, limit: 400) }

    private static func parts(_ outcome: Outcome) -> (word: String, text: String) {
        let place = outcome.whereabouts
        let expected = outcome.expected ?? "nothing"
        let observed = outcome.observed ?? "nothing"
        return switch outcome.kind {
        case .matched: ("OK", "\(place): \(observed)")
        case .matchedAlternate: ("OK", "\(place): \(observed) (approved alternate)")
        case .missing: ("MISSING", "\(place): should be \(expected), nothing found")
        case .unexpected: ("EXTRA", "\(place): \(observed), no record asks for it")
        case .duplicate: ("SAME SERIAL", "\(place): \(observed); \(fields(outcome))")
        case .moved: ("OTHER DEVICE'S", "\(place): \(observed)")
        case .notVerifiable: ("CANNOT CHECK", "\(place): should be \(expected)\(doubts(outcome))")
        case .mismatched where outcome.rule == RuleID.firmwareOutOfRange:
            ("WRONG FIRMWARE", "\(place): \(fields(outcome))")
        case .mismatched where outcome.componentClass == "file": ("CHANGED FILE", "\(place): \(observed)")
        case .mismatched: ("DIFFERENT", "\(place): \(fields(outcome))")
        }
    }

    private static func fields(_ outcome: Outcome) -> String {
        outcome.fields.map { field in
            var text = "\(field.name) is \(field.observed ?? "not shown")"
            if let expected = field.expected { text += ", should be \(expected)" }
            if let note = field.note { text += " (\(note))" }
            return text
        }.joined(separator: "; ")
    }

    private static func doubts(_ outcome: Outcome) -> String {
        let reasons = outcome.fields.compactMap(\.note) + outcome.notes
        return reasons.first.map { "; \($0)" } ?? ""
    }

    /// Where the unit was verified, and by whom.
    private static func place(_ result: VerifyResult) -> [String] {
        let words = [result.station.map { "station \($0)" }, result.operator.map { "operator \($0)" }]
            .compactMap(\.self)
        return words.isEmpty ? [] : [safe(words.joined(separator: ", "))]
    }

    private static func summary(_ result: VerifyResult) -> String {
        let matched = result.outcomes.count { $0.kind == .matched || $0.kind == .matchedAlternate }
        let failed = result.outcomes.count(where: \.fails)
        let open = result.outcomes.count { $0.kind == .notVerifiable }
        let ignored = result.ignored.values.reduce(0, +)
        let suspect = result.findings.count(where: \.isSuspicion)
        let forbidden = result.findings.count { $0.decidesAlone && !$0.isSuspicion }
        return "\(matched) matched, \(failed) different, \(open) not verifiable"
            + (suspect > 0 ? ", \(suspect) suspect" : "")
            + (forbidden > 0 ? ", \(forbidden) not allowed" : "")
            + (ignored > 0 ? ", \(ignored) not compared" : "")
    }
}

extension Finding {
    /// Whether this alone makes a unit fail although no outcome shows it.
    ///
    /// A rule that the catalog does not have is a signal, which stands in a list, or one of the collector's, which fail
    /// a unit from `high` on. A broken chain of records leaves a verdict open instead.
    package var decidesAlone: Bool {
        guard outcome == nil, isDecisive, severity > .info, !rule.hasPrefix("record/") else { return false }
        if isSuspicion { return true }
        return RuleCatalog.descriptor(rule)?.decides ?? (severity >= .high)
    }

    /// Whether the part itself or its maker speaks against the unit.
    fileprivate var isSuspicion: Bool { confidence != nil && isDecisive && severity > .info }

    /// Whether this is a weak sign or a missing identity, of which a machine may have dozens.
    fileprivate var isNote: Bool { confidence != nil && severity == .info }
}

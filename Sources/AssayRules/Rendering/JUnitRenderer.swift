package import AssayModel
internal import AssayTerminal

/// Writes a result as JUnit XML, one test case an outcome or finding that decides, for a manufacturing execution system.
///
/// A difference is a failure; what could not be told is an error, since a test that was not made must not look passed.
package enum JUnitRenderer {
    /// The document, with a final line feed.
    package static func render(_ result: VerifyResult, suite: String = "assay verify") -> String {
        let deciding = result.findings.filter(\.decidesAlone)
        let failures = result.outcomes.count(where: \.fails) + deciding.count
        let errors = result.outcomes.count { $0.kind == .notVerifiable }
        let verdictFails = result.verdict == .fail && failures == 0
        let verdictErrs = result.verdict != .fail && result.verdict != .pass && errors == 0
        let counts =
            "tests=\"\(result.outcomes.count + deciding.count + 1)\" failures=\"\(failures + (verdictFails ? 1 : 0))\" "
            + "errors=\"\(errors + (verdictErrs ? 1 : 0))\" skipped=\"0\""
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites \(counts)>",
            "  <testsuite name=\"\(escape(suite))\" \(counts)>",
        ]
        lines += properties(result)
        for outcome in result.outcomes { lines += testCase(outcome) }
        for finding in deciding { lines += testCase(finding) }
        lines += verdictCase(result, fails: verdictFails, errs: verdictErrs)
        lines += ["  </testsuite>", "</testsuites>", ""]
        return lines.joined(separator: "\n")
    }

    /// What a manufacturing execution system files the result under.
    private static func properties(_ result: VerifyResult) -> [String] {
        let values = [
            ("station", result.station), ("operator", result.operator), ("fleet", result.fleet?.rawValue),
        ]
        let lines = values.compactMap { name, value in
            value.map { "      <property name=\"\(name)\" value=\"\(escape($0))\"/>" }
        }
        return lines.isEmpty ? [] : ["    <properties>"] + lines + ["    </properties>"]
    }

    private static func testCase(_ outcome: Outcome) -> [String] {
        let name = [outcome.location, outcome.expected ?? outcome.observed].compactMap(\.self).joined(separator: ": ")
        let open = "    <testcase classname=\"\(escape(outcome.componentClass.rawValue))\" name=\"\(escape(name))\""
        let element = outcome.fails ? "failure" : outcome.kind == .notVerifiable ? "error" : nil
        guard let element else { return [open + "/>"] }
        let message = TextRenderer.words(outcome).joined(separator: " ")
        let start = "      <\(element) type=\"\(outcome.kind.rawValue)\" message=\"\(escape(message))\">"
        return [open + ">", start + escape(details(outcome)) + "</\(element)>", "    </testcase>"]
    }

    private static func testCase(_ finding: Finding) -> [String] {
        let details = [
            "rule \(finding.rule)", "source \(finding.source)", finding.basis, finding.path.map { "read from \($0)" },
        ]
        let start =
            "      <failure type=\"\(finding.category?.rawValue ?? "finding")\" message=\"\(escape(finding.title))\">"
        return [
            "    <testcase classname=\"\(escape(finding.rule))\" name=\"\(escape(finding.title))\">",
            start + escape(details.compactMap(\.self).joined(separator: "; ")) + "</failure>", "    </testcase>",
        ]
    }

    private static func verdictCase(_ result: VerifyResult, fails: Bool, errs: Bool) -> [String] {
        let open = "    <testcase classname=\"verdict\" name=\"\(result.verdict.rawValue)\""
        guard fails || errs else { return [open + "/>"] }
        let element = fails ? "failure" : "error"
        let reasons = result.reasons + result.findings.filter { $0.severity > .info }.map(\.title)
        let message = escape(reasons.joined(separator: "; "))
        let body = "      <\(element) type=\"\(result.verdict.rawValue)\" message=\"\(message)\"/>"
        return [open + ">", body, "    </testcase>"]
    }

    private static func details(_ outcome: Outcome) -> String {
        var parts = ["rule \(outcome.rule)", "source \(outcome.source)"]
        if let path = outcome.path { parts.append("read from \(path)") }
        for field in outcome.fields {
            parts.append("\(field.name): expected \(field.expected ?? "-"), found \(field.observed ?? "-")")
        }
        return (parts + outcome.notes).joined(separator: "; ")
    }

    /// Escapes the characters of XML 1.0, 2.4; what XML or the eye cannot take was spelled out before.
    private static func escape(_ text: String) -> String {
        var result = ""
        for character in TerminalText.safe(text, limit: 2000).unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&apos;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}

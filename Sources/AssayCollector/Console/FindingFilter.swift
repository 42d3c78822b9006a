internal import AssayConsole
internal import AssayModel
internal import AssayRules
internal import AssayStore

/// What a list of findings is narrowed to, as addresses and forms carry it.
struct FindingFilter: Sendable, Hashable {
    /// The fields, in the order in which addresses have them.
    static let fields = ["text", "severity", "state", "rule", "model", "site", "device", "cause"]
    private static let lengthLimit = 256

    private var values: [String: String] = [:]

    /// Takes the fields that are not empty.
    init(_ value: (String) -> String?) throws(Problem) {
        for field in Self.fields {
            guard let text = value(field), !text.isEmpty else { continue }
            guard text.utf8.count <= Self.lengthLimit else {
                throw .malformed("\(field) has more than \(Self.lengthLimit) bytes")
            }
            values[field] = text
        }
        try check("severity", of: Finding.Severity.allCases.map(\.rawValue))
        try check("state", of: FindingState.allCases.map(\.rawValue) + ["all"])
    }

    private func check(_ field: String, of words: [String]) throws(Problem) {
        guard let value = values[field] else { return }
        guard words.contains(value) else {
            throw .malformed("\(field) must be one of \(words.joined(separator: ", "))")
        }
    }

    /// One field.
    subscript(_ field: String) -> String? { values[field] }

    /// Whether it leaves anything out.
    var isSet: Bool { !values.isEmpty }

    /// Whether it holds findings that are over, which are not counted by cause.
    var includesResolved: Bool { ["resolved", "all"].contains(values["state"]) }

    /// The same with another value of a field.
    func with(_ field: String, _ value: String?) -> FindingFilter {
        var other = self
        other.values[field] = value
        return other
    }

    /// The query of an address, with further parameters behind it.
    func address(_ path: String, _ further: [(String, String?)] = []) -> String {
        ConsoleServer.address(path, Self.fields.map { ($0, values[$0]) } + further)
    }

    /// What the store is asked.
    func query(_ operations: Operations) async throws -> FindingQuery {
        var query = FindingQuery(includesResolved: includesResolved)
        if let state = values["state"].flatMap(FindingState.init(rawValue:)) { query.states = [state] }
        if let device = values["device"] {
            query.deviceID = try await named { try await operations.device(device).id }
        }
        query.severity = values["severity"]
        query.rule = values["rule"]
        query.cause = values["cause"]
        query.text = values["text"]
        query.site = values["site"]
        // Written as one reads it on a device's page, or as waivers name it.
        query.model = values["model"].map(DeviceFacts.searchForm)
        return query
    }

    /// The form.
    var view: FindingsPage.Filter {
        let rules = Set(RuleCatalog.descriptors.map(\.id) + [values["rule"]].compactMap(\.self)).sorted()
        return FindingsPage.Filter(
            severities: ChoiceView.list(
                [("", "any")] + Finding.Severity.allCases.map { ($0.rawValue, $0.rawValue) },
                chosen: values["severity"]),
            states: ChoiceView.list(
                [("", "not resolved")] + FindingState.allCases.map { ($0.rawValue, $0.rawValue) } + [("all", "all")],
                chosen: values["state"]),
            rules: ChoiceView.list([("", "any")] + rules.map { ($0, $0) }, chosen: values["rule"]),
            model: values["model"] ?? "", site: values["site"] ?? "", device: values["device"] ?? "",
            text: values["text"] ?? "", cause: values["cause"], isSet: isSet)
    }
}

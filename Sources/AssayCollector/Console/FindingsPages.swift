internal import AssayAccounts
internal import AssayConsole
internal import AssayModel
internal import AssayStore
internal import HTTPTypes
internal import Hummingbird

/// Findings of the fleet: by cause, one by one, and as a table for other programs.
struct FindingsPages: Sendable {
    static let pageSize = 50

    let operations: Operations
    let wakeEvaluation: @Sendable () -> Void

    private var store: any Store { operations.store }

    /// Adds the pages.
    func add(to table: ConsoleRouteTable) {
        table.page("/findings") { request, _, visit in
            try request.allowQuery(FindingFilter.fields + ["view", "after", "done"])
            let filter = try FindingFilter { request.query($0) }
            return .page(
                try await page(filter, isList: request.query("view") == "list", after: request.query("after"), visit))
        }
        table.page("/findings.csv") { request, _, visit in
            try request.allowQuery(FindingFilter.fields)
            let query = try await FindingFilter { request.query($0) }.query(operations)
            return FindingExport(store: store, query: query).file(at: visit.now)
        }
        table.form("/findings/judge", for: .triage, judge)
        FindingPages(operations: operations, wakeEvaluation: wakeEvaluation).add(to: table)
    }

    private func page(
        _ filter: FindingFilter, isList: Bool, after: String?, _ visit: ConsoleVisit, problem: String? = nil,
        result: String? = nil
    ) async throws -> FindingsPage {
        let query = try await filter.query(operations)
        let canGroup = !filter.includesResolved && filter["cause"] == nil
        let isGrouped = canGroup && !isList
        let (content, next) =
            isGrouped
            ? try await causes(query, filter, after: after, visit)
            : try await findings(query, after: after, visit)
        let view = isGrouped ? nil : "list"
        let links = FindingsPage.Links(
            grouped: canGroup ? filter.address("/findings") : nil,
            list: filter.address("/findings", [("view", "list")]), export: filter.address("/findings.csv"),
            next: next.map { filter.address("/findings", [("view", view), ("after", $0)]) },
            first: after.map { _ in filter.address("/findings", [("view", view)]) })
        let action = FindingsPage.Action(
            formToken: visit.formToken,
            filter: FindingFilter.fields.compactMap { field in filter[field].map { .init(field, $0) } },
            back: view ?? "")
        return FindingsPage(
            content, filter: filter.view, links: links, action: visit.may(.triage) ? action : nil, problem: problem,
            result: result)
    }

    private func causes(
        _ query: FindingQuery, _ filter: FindingFilter, after: String?, _ visit: ConsoleVisit
    ) async throws -> (FindingsPage.Content, next: String?) {
        let cursor = try after.map { text in
            guard let cursor = CauseCursor(text) else { throw Problem.badCursor }
            return cursor
        }
        let (causes, next) = try await store.causes(query, after: cursor, limit: Self.pageSize)
        let rows = causes.map { cause in
            // A cause without a name, of findings from before there were any, is no address.
            let link =
                cause.cause.isEmpty
                ? filter.with("rule", cause.rule).address("/findings", [("view", "list")])
                : filter.with("cause", cause.cause).address("/findings")
            return FindingsPage.CauseRow(
                cause: cause.cause, severity: cause.severity, title: cause.title, rule: cause.rule,
                devices: cause.devices.grouped, link: link, example: cause.example,
                first: MomentView(cause.firstSeen, at: visit.now), last: MomentView(cause.lastSeen, at: visit.now))
        }
        return (.causes(rows), next?.description)
    }

    private func findings(
        _ query: FindingQuery, after: String?, _ visit: ConsoleVisit
    ) async throws -> (FindingsPage.Content, next: String?) {
        let cursor = try after.map { text in
            guard let cursor = Int64(text) else { throw Problem.badCursor }
            return cursor
        }
        let (findings, next) = try await store.findings(query, after: cursor, limit: Self.pageSize)
        var names = DeviceNames(store: store)
        var rows: [FindingsPage.Row] = []
        for finding in findings {
            rows.append(
                FindingsPage.Row(
                    id: finding.id, severity: finding.severity, state: finding.state.rawValue, title: finding.title,
                    rule: finding.rule, device: try await names.view(finding.deviceID),
                    last: MomentView(finding.lastSeen, at: visit.now)))
        }
        return (.findings(rows), next.map { String($0) })
    }

    /// Does one thing with everything that is ticked.
    private func judge(
        _ form: FormBody, _ context: CollectorContext, _ visit: ConsoleVisit
    ) async throws -> ConsoleAnswer {
        let filter = try FindingFilter { form[$0] }
        let isList = form["back"] == "list"
        do {
            let selection = FindingSelection(
                causes: form.all("chosen"), findings: form.all("finding"),
                within: try await filter.query(operations))
            let result = try await judge(selection, form, visit)
            return .page(try await page(filter, isList: isList, after: nil, visit, result: result))
        } catch let failure as CollectorFailure where [.usage, .noInput].contains(failure.code) {
            return .page(try await page(filter, isList: isList, after: nil, visit, problem: failure.sentence))
        }
    }

    private func judge(
        _ selection: FindingSelection, _ form: FormBody, _ visit: ConsoleVisit
    ) async throws -> String {
        let passed: BulkView
        let words: String
        switch form["do"] {
        case "acknowledge":
            passed = try await operations.acknowledge(selection, note: form["note"], by: visit.actor)
            words = "Acknowledged: \(passed.count.grouped)."
        case "waive":
            passed = try await operations.waive(selection, WaiverRequest(form), by: visit.actor)
            wakeEvaluation()
            words = "Waivers made: \(passed.count.grouped). The devices are evaluated again with them."
        default: throw CollectorFailure(.usage, "nothing was asked for")
        }
        guard !passed.passedOver.isEmpty else { return words }
        return words + " Passed over: " + passed.passedOver.joined(separator: "; ") + "."
    }
}

extension WaiverRequest {
    /// Reads the fields of a form.
    init(_ form: FormBody) throws(CollectorFailure) {
        guard let scope = Waiver.Scope(rawValue: form["scope"]) else {
            throw CollectorFailure(.usage, "a waiver is for a unit, a model or a site")
        }
        let days = form["days"].isEmpty ? nil : Int(form["days"])
        guard form["days"].isEmpty || days.map({ (1...366).contains($0) }) ?? false else {
            throw CollectorFailure(.usage, "days must be a number from 1 to 366")
        }
        self.init(
            scope: scope, owner: form["owner"].isEmpty ? nil : form["owner"], reason: form["reason"],
            duration: days.map { .seconds($0 * 86_400) })
    }
}

/// Names of devices, each looked up once a page.
struct DeviceNames {
    let store: any Store
    private var known: [ContentDigest: DeviceNameView] = [:]

    /// Looks in a store.
    init(store: any Store) { self.store = store }

    /// What people call a device.
    mutating func view(_ id: ContentDigest) async throws -> DeviceNameView {
        if let view = known[id] { return view }
        let facts = try await store.device(id)?.facts
        let model = [facts?.manufacturer, facts?.model].compactMap(\.self).joined(separator: " ")
        let view = DeviceNameView(id: id.description, serial: facts?.serial, model: model.isEmpty ? nil : model)
        known[id] = view
        return view
    }
}

extension Int {
    /// The number with a thin gap between thousands.
    var grouped: String {
        var digits = Array(String(magnitude).reversed())
        for place in stride(from: 3, to: digits.count, by: 3).reversed() { digits.insert("\u{202f}", at: place) }
        return (self < 0 ? "-" : "") + String(digits.reversed())
    }
}

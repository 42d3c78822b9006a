internal import AssayAccounts
internal import AssayConsole
internal import AssayModel
internal import AssayRules
internal import AssayStore
internal import Hummingbird

/// One finding, and what may be done with it.
struct FindingPages: Sendable {
    private static let othersShown = 10

    let operations: Operations
    let wakeEvaluation: @Sendable () -> Void

    private var store: any Store { operations.store }

    /// Adds the pages.
    func add(to table: ConsoleRouteTable) {
        table.page("/findings/{id}") { _, context, visit in .page(try await page(Self.id(context), visit)) }
        table.form("/findings/{id}/acknowledge", for: .triage) { form, context, visit in
            try await attempt(context, visit, notice: .acknowledged) {
                _ = try await operations.acknowledge($0, note: form["note"], by: visit.actor)
            }
        }
        table.form("/findings/{id}/waive", for: .triage) { form, context, visit in
            try await attempt(context, visit, notice: .waived) {
                _ = try await operations.waive($0, WaiverRequest(form), by: visit.actor)
            }
        }
        table.form("/findings/{id}/unwaive", for: .triage) { form, context, visit in
            try await attempt(context, visit, notice: .unwaived) {
                _ = try await operations.unwaive($0, reason: try Self.reason(form), by: visit.actor)
            }
        }
        table.form("/findings/{id}/settle", for: .triage) { form, context, visit in
            try await attempt(context, visit, notice: .settled) {
                let isSettled = try await store.settleFinding($0, reason: try Self.reason(form), by: visit.actor)
                guard isSettled else { throw CollectorFailure(.usage, "this finding is settled by evidence alone") }
            }
        }
    }

    private static func id(_ context: CollectorContext) -> String { context.parameters.get("id") ?? "" }

    private static func reason(_ form: FormBody) throws -> String {
        let reason = form["reason"]
        guard (1...Operations.textLimit).contains(reason.utf8.count) else {
            throw CollectorFailure(.usage, "a reason of 1 to \(Operations.textLimit) bytes is required")
        }
        return reason
    }

    /// Does something to a finding, and shows what is wrong on its page.
    private func attempt(
        _ context: CollectorContext, _ visit: ConsoleVisit, notice: ConsoleNotice,
        _ body: (String) async throws -> Void
    ) async throws -> ConsoleAnswer {
        let finding = try await named { try await operations.finding(Self.id(context)) }
        do {
            try await body(finding.id)
            wakeEvaluation()
            return .go(to: "/findings/\(finding.id)", notice: notice)
        } catch let failure as CollectorFailure where failure.code == .usage {
            return .page(try await page(finding.id, visit, problem: failure.sentence))
        }
    }

    // MARK: The page

    private func page(_ name: String, _ visit: ConsoleVisit, problem: String? = nil) async throws -> FindingPage {
        let stored = try await named { try await operations.finding(name) }
        let view = try FindingView(stored)
        let device = try await store.device(stored.deviceID)
        var names = DeviceNames(store: store)
        let (others, count) = try await others(stored, &names)
        let waiver = try await waiver(of: stored, device)
        let people = try await ActorNames(store: store)
        return FindingPage(
            FindingPage.Head(
                id: stored.id, heading: stored.title, severity: stored.severity, state: stored.state.rawValue,
                device: try await names.view(stored.deviceID)),
            judgement: Self.judgement(view, device, visit), others: others, othersCount: Self.words(count),
            othersLink: count > others.count ? "/findings?cause=\(stored.cause)" : nil,
            events: try await store.findingHistory(stored.id).map { event in
                FindingPage.Event(
                    at: MomentView(event.at, at: visit.now), what: event.event.rawValue,
                    who: people.name(event.actor), why: event.detail)
            },
            waiver: waiver.map { waiver in
                FindingPage.WaiverView(
                    owner: waiver.owner, reason: waiver.reason,
                    scope: waiver.scope == .unit ? "this device" : "the \(waiver.scope.rawValue) \(waiver.subject)",
                    ends: MomentView(waiver.expiresAt, at: visit.now), by: people.name(waiver.createdBy))
            }, actions: try await actions(stored, device, waiver, visit), problem: problem)
    }

    private static func judgement(
        _ view: FindingView, _ device: Device?, _ visit: ConsoleVisit
    ) -> FindingPage.Judgement {
        let finding = view.finding
        return FindingPage.Judgement(
            expected: finding.expected, observed: finding.observed,
            differences: finding.fields.map {
                FindingPage.Difference(name: $0.name, expected: $0.expected, observed: $0.observed)
            }, facts: facts(view, device, visit), terms: terms(finding),
            notes: finding.notes + (finding.more.map { ["and \($0) more of the same kind"] } ?? []),
            matters: view.matters, advice: finding.advice)
    }

    private static func facts(
        _ view: FindingView, _ device: Device?, _ visit: ConsoleVisit
    ) -> [FindingPage.Fact] {
        let finding = view.finding
        return [
            .init("Rule", finding.rule, isCode: true),
            .init("What it asks", RuleCatalog.descriptor(finding.rule)?.summary),
            .init("Part", finding.componentClass?.rawValue), .init("Place", finding.location, isCode: true),
            .init("Read from", finding.path, isCode: true), .init("By probe", finding.probe, isCode: true),
            .init("Expectation from", finding.source), .init("Basis", finding.basis),
            .init(
                "See for yourself",
                finding.reproduction.map { "\($0.path) shows \($0.value), should be \($0.expected)" }),
            .init("Restriction", finding.restriction.map { "\($0.entry) on \($0.list) (\($0.status))" }),
            .init("Site", device?.site), .init("First seen", view.firstSeen.description),
            .init("Last seen", view.lastSeen.description),
            .init("First report", view.firstReport.description, isCode: true),
            .init("Last report", view.lastReport.description, isCode: true),
            .init("Ended", view.resolvedAt?.description), .init("Ended by", view.resolution),
        ].compactMap(\.self)
    }

    private static func terms(_ finding: Finding) -> [FindingPage.Term] {
        let confidence = finding.confidence.map { confidence in
            let meaning =
                switch confidence {
                case .a: "near proof: the value does not occur on genuine parts"
                case .b: "strong, but one more signal is needed before anybody acts on it"
                case .c: "weak: a note that counts only together with others"
                }
            return FindingPage.Term("Confidence", "\(confidence.rawValue): \(meaning)")
        }
        let plain = FindingPage.Term("Confidence", "a plain difference from a record: what was read is what it says")
        return [confidence ?? plain] + (finding.category.map { [FindingPage.Term("Kind", $0.rawValue)] } ?? [])
    }

    // MARK: What belongs to it

    private func others(
        _ finding: StoredFinding, _ names: inout DeviceNames
    ) async throws -> (shown: [FindingPage.Other], count: Int) {
        guard !finding.cause.isEmpty else { return ([], 0) }
        var query = FindingQuery()
        query.cause = finding.cause
        let found = try await store.findings(query, after: nil, limit: Self.othersShown + 1).findings
        var shown: [FindingPage.Other] = []
        for other in found where other.deviceID != finding.deviceID && shown.count < Self.othersShown {
            shown.append(
                FindingPage.Other(
                    finding: other.id, device: try await names.view(other.deviceID), state: other.state.rawValue))
        }
        let all = try await store.subjects(ofCause: finding.cause, FindingQuery(), limit: 10_000)
        let devices = all.reduce(0) { $0 + $1.devices }
        return (shown, max(shown.count, finding.state == .resolved ? devices : devices - 1))
    }

    private static func words(_ others: Int) -> String {
        switch others {
        case 0: "No other device shows this cause."
        case 1: "One other device shows this cause."
        default: "\(others.grouped) other devices show this cause."
        }
    }

    private func waiver(of finding: StoredFinding, _ device: Device?) async throws -> Waiver? {
        guard let id = finding.waiver, let device else { return nil }
        let all = try await store.waivers(for: device.id, model: device.facts.modelName, site: device.site)
        return all.first { $0.id == id }
    }

    private func actions(
        _ finding: StoredFinding, _ device: Device?, _ waiver: Waiver?, _ visit: ConsoleVisit
    ) async throws -> FindingPage.Actions? {
        guard visit.may(.triage), finding.state != .resolved, let device else { return nil }
        let terms = try await operations.terms(for: device)
        let most = terms.maximumDays ?? 366
        // A finding about a model is waived for the model or not at all.
        let isOfModel = finding.scope == .model
        let unit = [ChoiceView("unit", "this device", isChosen: true)]
        let model = (isOfModel ? finding.model : device.facts.modelName).map {
            [ChoiceView("model", "the model \($0)", isChosen: isOfModel)]
        }
        let site = device.site.map { [ChoiceView("site", "the site \($0)", isChosen: false)] }
        let scopes = isOfModel ? model ?? [] : unit + (model ?? []) + (site ?? [])
        return FindingPage.Actions(
            formToken: visit.formToken, acknowledges: finding.state == .open,
            waives: waiver == nil && !finding.cause.isEmpty, unwaives: waiver != nil,
            settles: ChainAnomaly.Kind(rawValue: finding.rule) != nil, scopes: scopes,
            owner: terms.owner ?? visit.account.name, days: min(terms.days ?? 30, most), mostDays: most)
    }
}

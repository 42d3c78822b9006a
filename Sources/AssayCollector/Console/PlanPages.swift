internal import AssayAccounts
internal import AssayConsole
internal import AssayModel
internal import AssayReport
internal import AssayStore
internal import HTTPTypes
internal import Hummingbird

/// Planned changes: what a file would do to the stored verdicts, before somebody imports it.
struct PlanPages: Sendable {
    let desk: PlanDesk
    let wakeEvaluation: @Sendable () -> Void

    /// Adds the pages.
    func add(to table: ConsoleRouteTable) {
        table.page("/expected/plan", for: .register) { _, _, visit in
            .page(PlanFormPage(formToken: visit.formToken))
        }
        table.form("/expected/plan", for: .register, limit: RecordPages.uploadLimit, takeFile)
        table.page("/expected/plans/{id}", for: .register) { _, context, visit in
            .page(Self.page(try await draft(context), visit))
        }
        table.form("/expected/plans/{id}/apply", for: .register) { _, context, visit in
            let draft = try await draft(context)
            guard !draft.isPolicy || visit.may(.administer) else { throw Problem.notPermitted(.administer) }
            _ = try await named { try await desk.apply(draft.id, by: visit.actor) }
            wakeEvaluation()
            return .go(to: Self.path(draft), notice: .imported)
        }
    }

    private static func path(_ draft: PlanDesk.Draft) -> String { "/expected/plans/\(draft.id)" }

    private func draft(_ context: CollectorContext) async throws -> PlanDesk.Draft {
        try await named { try desk.draft(ExpectedPages.id(context)) }
    }

    private func takeFile(
        _ form: FormBody, _ context: CollectorContext, _ visit: ConsoleVisit
    ) async throws -> ConsoleAnswer {
        do {
            guard let bytes = form.file("file", orText: "text") else {
                throw CollectorFailure(.usage, "choose a file, or enter its text")
            }
            return .go(to: Self.path(try await desk.submit(bytes, by: visit.actor)))
        } catch let failure as CollectorFailure where failure.code == .data || failure.code == .usage {
            return .page(
                PlanFormPage(
                    problem: failure.sentence, faults: failure.faults.map(ImportFault.init), formToken: visit.formToken)
            )
        }
    }

    private static func page(_ draft: PlanDesk.Draft, _ visit: ConsoleVisit) -> PlanPage {
        let state: PlanPage.State
        switch draft.state {
        case .waiting: state = .working(devices: 0)
        case .judging(let devices): state = .working(devices: devices)
        case .failed(let words): state = .failed(words)
        case .applied: state = .applied
        case .planned(let plan): state = .planned(effect(of: plan))
        }
        return PlanPage(
            id: draft.id, author: draft.author, made: MomentView(draft.createdAt, at: visit.now),
            documents: zip(draft.documents, draft.basis).map { document, basis in
                PlanPage.Document(noun: document.kind.noun, id: document.id, isNew: basis == 0)
            }, state: state, mayApply: draft.isPolicy ? visit.may(.administer) : visit.may(.register),
            formToken: visit.formToken)
    }

    private static func effect(of plan: Plan) -> PlanPage.Effect {
        func words(_ entries: [Plan.Entry]) -> [String] {
            let words = entries.prefix(5).map { "\($0.title) (\($0.severity))" }
            return entries.count > words.count ? words + ["\(entries.count - words.count) more"] : words
        }
        return PlanPage.Effect(
            changed: plan.changed, unchanged: plan.unchanged, undecided: plan.undecided.count,
            turns: plan.turns.map { turn in
                PlanPage.Turn(
                    from: VerdictBadge(turn.verdict.rawValue), to: VerdictBadge(turn.planned.rawValue),
                    devices: turn.devices)
            },
            changes: plan.changes.map { change in
                PlanPage.Change(
                    device: String(change.device.hex.prefix(12)), path: "/devices/\(change.device.hex)",
                    from: VerdictBadge(change.verdict.rawValue), to: VerdictBadge(change.planned.rawValue),
                    come: words(change.opened), go: words(change.resolved), reweighed: words(change.reweighed))
            })
    }
}

/// One finding with all that is needed to judge it.
package struct FindingPage: ConsolePage {
    package static let template = "finding"
    package static let place: ConsolePlace? = .findings
    package var title: String { heading }

    /// A name and what stands under it.
    package struct Fact: Sendable, Hashable {
        let name: String
        let value: String
        let isCode: Bool

        /// Shows a fact; nil where there is nothing to show.
        package init?(_ name: String, _ value: String?, isCode: Bool = false) {
            guard let value, !value.isEmpty else { return nil }
            self.name = name
            self.value = value
            self.isCode = isCode
        }
    }

    /// A field that differs.
    package struct Difference: Sendable, Hashable {
        let name: String
        let expected: String
        let observed: String

        /// Shows a field; nil is nothing.
        package init(name: String, expected: String?, observed: String?) {
            self.name = name
            self.expected = expected ?? "nothing"
            self.observed = observed ?? "nothing"
        }
    }

    /// A word that a rule uses, and what it means.
    package struct Term: Sendable, Hashable {
        let word: String
        let meaning: String

        /// Explains a word.
        package init(_ word: String, _ meaning: String) {
            self.word = word
            self.meaning = meaning
        }
    }

    /// Another device with the same cause.
    package struct Other: Sendable, Hashable {
        let finding: String
        let device: DeviceNameView
        let state: StateView

        /// Shows a finding of another device.
        package init(finding: String, device: DeviceNameView, state: String) {
            self.finding = finding
            self.device = device
            self.state = StateView(state)
        }
    }

    /// One event of its life.
    package struct Event: Sendable, Hashable {
        let at: MomentView
        let what: String
        let who: String
        let why: String

        /// Shows an event.
        package init(at: MomentView, what: String, who: String, why: String) {
            self.at = at
            self.what = what
            self.who = who
            self.why = why
        }
    }

    /// Somebody's word that it may stand.
    package struct WaiverView: Sendable, Hashable {
        let owner: String
        let reason: String
        let scope: String
        let ends: MomentView
        let by: String

        /// Shows a waiver.
        package init(owner: String, reason: String, scope: String, ends: MomentView, by: String) {
            self.owner = owner
            self.reason = reason
            self.scope = scope
            self.ends = ends
            self.by = by
        }
    }

    /// What a visitor may do with it now.
    package struct Actions: Sendable, Hashable {
        let formToken: String
        let acknowledges: Bool
        let waives: Bool
        let unwaives: Bool
        let settles: Bool
        let scopes: [ChoiceView]
        let owner: String
        let days: Int
        let mostDays: Int

        /// Shows forms; `owner` and the days are those of the policy.
        package init(
            formToken: String, acknowledges: Bool, waives: Bool, unwaives: Bool, settles: Bool,
            scopes: [ChoiceView], owner: String, days: Int, mostDays: Int
        ) {
            self.formToken = formToken
            self.acknowledges = acknowledges
            self.waives = waives
            self.unwaives = unwaives
            self.settles = settles
            self.scopes = scopes
            self.owner = owner
            self.days = days
            self.mostDays = mostDays
        }
    }

    /// What is wrong, and with which device.
    package struct Head: Sendable, Hashable {
        let id: String
        let heading: String
        let severity: String
        let state: StateView
        let device: DeviceNameView

        /// Shows a finding in a line.
        package init(id: String, heading: String, severity: String, state: String, device: DeviceNameView) {
            self.id = id
            self.heading = heading
            self.severity = severity
            self.state = StateView(state)
            self.device = device
        }
    }

    /// What was compared, and why it matters.
    package struct Judgement: Sendable, Hashable {
        let expected: String
        let observed: String
        let differences: [Difference]
        let facts: [Fact]
        let terms: [Term]
        let notes: [String]
        let matters: String?
        let advice: String

        /// Shows what a rule said.
        package init(
            expected: String?, observed: String?, differences: [Difference], facts: [Fact], terms: [Term],
            notes: [String], matters: String?, advice: String
        ) {
            self.expected = expected ?? "nothing"
            self.observed = observed ?? "nothing"
            self.differences = differences
            self.facts = facts
            self.terms = terms
            self.notes = notes
            self.matters = matters
            self.advice = advice
        }
    }

    let id: String
    let heading: String
    let severity: String
    let state: StateView
    let device: DeviceNameView
    let judgement: Judgement
    let hasDifferences: Bool
    let hasNotes: Bool
    let others: [Other]
    let othersCount: String
    let othersLink: String?
    let events: [Event]
    let waiver: WaiverView?
    let actions: Actions?
    let problem: String?

    /// Shows a finding; `othersLink` leads to all of its cause where there are more.
    package init(
        _ head: Head, judgement: Judgement, others: [Other], othersCount: String, othersLink: String?,
        events: [Event], waiver: WaiverView?, actions: Actions?, problem: String? = nil
    ) {
        id = head.id
        heading = head.heading
        severity = head.severity
        state = head.state
        device = head.device
        self.judgement = judgement
        hasDifferences = !judgement.differences.isEmpty
        hasNotes = !judgement.notes.isEmpty
        self.others = others
        self.othersCount = othersCount
        self.othersLink = othersLink
        self.events = events
        self.waiver = waiver
        self.actions = actions
        self.problem = problem
    }
}

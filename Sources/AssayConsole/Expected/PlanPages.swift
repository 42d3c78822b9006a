/// Asks for a file whose effect is to be seen before it is imported.
package struct PlanFormPage: ConsolePage {
    package static let template = "plan-form"
    package static let place: ConsolePlace? = .expected
    package var title: String { "Plan a change" }

    let problem: String?
    let faults: [ImportFault]
    let hasFaults: Bool
    let formToken: String

    /// Asks, or says what is wrong with what was sent.
    package init(problem: String? = nil, faults: [ImportFault] = [], formToken: String) {
        self.problem = problem
        self.faults = faults
        hasFaults = !faults.isEmpty
        self.formToken = formToken
    }
}

/// What a document would change if it were imported.
package struct PlanPage: ConsolePage {
    package static let template = "plan"
    package static let place: ConsolePlace? = .expected
    package var title: String { "Planned change" }

    /// What would be imported.
    package struct Document: Sendable, Hashable {
        let noun: String
        let id: String
        let isNew: Bool

        /// Names a document.
        package init(noun: String, id: String, isNew: Bool) {
            self.noun = noun
            self.id = id
            self.isNew = isNew
        }
    }

    /// Devices that go from one verdict to another.
    package struct Turn: Sendable, Hashable {
        let from: VerdictBadge
        let to: VerdictBadge
        let devices: Int
        let staysSame: Bool

        /// Counts a turn.
        package init(from: VerdictBadge, to: VerdictBadge, devices: Int) {
            self.from = from
            self.to = to
            self.devices = devices
            staysSame = from == to
        }
    }

    /// A device whose standing would change.
    package struct Change: Sendable, Hashable {
        let device: String
        let path: String
        let from: VerdictBadge
        let to: VerdictBadge
        let come: [String]
        let go: [String]
        let reweighed: [String]

        /// Shows a change.
        package init(
            device: String, path: String, from: VerdictBadge, to: VerdictBadge, come: [String], go: [String],
            reweighed: [String]
        ) {
            self.device = device
            self.path = path
            self.from = from
            self.to = to
            self.come = come
            self.go = go
            self.reweighed = reweighed
        }
    }

    /// What came of a plan.
    package struct Effect: Sendable, Hashable {
        let changed: Int
        let unchanged: Int
        let undecided: Int?
        let turns: [Turn]
        let changes: [Change]
        let more: Int?
        let changesNothing: Bool

        /// States an effect; `changed` counts those that are not listed too.
        package init(changed: Int, unchanged: Int, undecided: Int, turns: [Turn], changes: [Change]) {
            self.changed = changed
            self.unchanged = unchanged
            self.undecided = undecided > 0 ? undecided : nil
            self.turns = turns
            self.changes = changes
            more = changed > changes.count ? changed - changes.count : nil
            changesNothing = changed == 0
        }
    }

    /// How far it is.
    package enum State: Sendable, Hashable {
        case working(devices: Int)
        case failed(String)
        case planned(Effect)
        case applied
    }

    let id: String
    let author: String
    let made: MomentView
    let documents: [Document]
    let moreDocuments: Int?
    let isWorking: Bool
    let devices: Int?
    let failure: String?
    let effect: Effect?
    let isApplied: Bool
    let mayApply: Bool
    let formToken: String

    /// Shows a plan; at most 50 documents are named.
    package init(
        id: String, author: String, made: MomentView, documents: [Document], state: State, mayApply: Bool,
        formToken: String
    ) {
        self.id = id
        self.author = author
        self.made = made
        self.documents = Array(documents.prefix(50))
        moreDocuments = documents.count > 50 ? documents.count - 50 : nil
        var devices: Int?
        var failure: String?
        var effect: Effect?
        switch state {
        case .working(let count): devices = count
        case .failed(let words): failure = words
        case .planned(let planned): effect = planned
        case .applied: break
        }
        self.devices = devices
        isWorking = devices != nil
        self.failure = failure
        self.effect = effect
        isApplied = state == .applied
        self.mayApply = mayApply && effect != nil
        self.formToken = formToken
    }
}

/// A verdict with the class that gives it its colour.
package struct VerdictBadge: Sendable, Hashable {
    let word: String
    let style: String

    /// Shows a verdict by its word.
    package init(_ word: String) {
        self.word = word
        style =
            switch word {
            case "pass": "pass"
            case "fail": "fail"
            case "undetermined": "unsure"
            case "pending": "wait"
            default: ""
            }
    }
}

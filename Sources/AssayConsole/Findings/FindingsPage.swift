/// Findings of the fleet: grouped by cause, or one by one.
package struct FindingsPage: ConsolePage {
    package static let template = "findings"
    package static let place: ConsolePlace? = .findings
    package var title: String { isGrouped ? "Findings by cause" : "Findings" }

    /// What the list is narrowed to.
    package struct Filter: Sendable, Hashable {
        let severities: [ChoiceView]
        let states: [ChoiceView]
        let rules: [ChoiceView]
        let model: String
        let site: String
        let device: String
        let text: String
        let cause: String?
        let isSet: Bool

        /// Shows a filter.
        package init(
            severities: [ChoiceView], states: [ChoiceView], rules: [ChoiceView], model: String, site: String,
            device: String, text: String, cause: String?, isSet: Bool
        ) {
            self.severities = severities
            self.states = states
            self.rules = rules
            self.model = model
            self.site = site
            self.device = device
            self.text = text
            self.cause = cause
            self.isSet = isSet
        }
    }

    /// One cause.
    package struct CauseRow: Sendable, Hashable {
        let cause: String
        let isNamed: Bool
        let severity: String
        let title: String
        let rule: String
        let devices: String
        let link: String
        let example: String
        let first: MomentView
        let last: MomentView

        /// Shows a cause; `link` leads to its findings, `example` is the id of one.
        package init(
            cause: String, severity: String, title: String, rule: String, devices: String, link: String,
            example: String, first: MomentView, last: MomentView
        ) {
            self.cause = cause
            isNamed = !cause.isEmpty
            self.severity = severity
            self.title = title
            self.rule = rule
            self.devices = devices
            self.link = link
            self.example = example
            self.first = first
            self.last = last
        }
    }

    /// One finding.
    package struct Row: Sendable, Hashable {
        let id: String
        let severity: String
        let state: StateView
        let title: String
        let rule: String
        let device: DeviceNameView
        let last: MomentView

        /// Shows a finding.
        package init(
            id: String, severity: String, state: String, title: String, rule: String, device: DeviceNameView,
            last: MomentView
        ) {
            self.id = id
            self.severity = severity
            self.state = StateView(state)
            self.title = title
            self.rule = rule
            self.device = device
            self.last = last
        }
    }

    /// What may be done with what is ticked.
    package struct Action: Sendable, Hashable {
        let formToken: String
        let filter: [FieldView]
        let back: String

        /// Shows the form; `filter` bounds the causes, `back` is where it leads afterwards.
        package init(formToken: String, filter: [FieldView], back: String) {
            self.formToken = formToken
            self.filter = filter
            self.back = back
        }
    }

    /// A field that a form sends along.
    package struct FieldView: Sendable, Hashable {
        let name: String
        let value: String

        /// Shows a field.
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    let filter: Filter
    let isGrouped: Bool
    let canGroup: Bool
    let groupedLink: String
    let listLink: String
    let exportLink: String
    let causes: [CauseRow]
    let findings: [Row]
    let isEmpty: Bool
    let next: String?
    let first: String?
    let action: Action?
    let problem: String?
    let result: String?

    /// Where other forms of the list are.
    package struct Links: Sendable, Hashable {
        let grouped: String?
        let list: String
        let export: String
        let next: String?
        let first: String?

        /// Shows addresses; without a grouped form there is none, and `first` leads back from a later page.
        package init(grouped: String?, list: String, export: String, next: String?, first: String?) {
            self.grouped = grouped
            self.list = list
            self.export = export
            self.next = next
            self.first = first
        }
    }

    /// What a page holds.
    package enum Content: Sendable {
        /// Causes.
        case causes([CauseRow])
        /// Findings one by one.
        case findings([Row])
    }

    /// Shows a page; `problem` and `result` tell of what was just tried.
    package init(
        _ content: Content, filter: Filter, links: Links, action: Action?, problem: String? = nil,
        result: String? = nil
    ) {
        switch content {
        case .causes(let rows): (causes, findings, isGrouped) = (rows, [], true)
        case .findings(let rows): (causes, findings, isGrouped) = ([], rows, false)
        }
        isEmpty = causes.isEmpty && findings.isEmpty
        self.filter = filter
        canGroup = links.grouped != nil
        groupedLink = links.grouped ?? ""
        listLink = links.list
        exportLink = links.export
        next = links.next
        first = links.first
        self.action = isEmpty ? nil : action
        self.problem = problem
        self.result = result
    }
}

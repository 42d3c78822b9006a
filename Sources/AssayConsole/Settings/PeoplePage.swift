/// Who may sign in, and as what.
package struct PeoplePage: ConsolePage {
    package static let template = "people"
    package static let place: ConsolePlace? = .settings
    package var title: String { "People" }

    /// A person.
    package struct Row: Sendable, Hashable {
        let id: String
        let name: String
        let role: String
        let roles: [ChoiceView]
        let state: String
        let badge: String
        let hasFactor: Bool
        let ends: MomentView?
        let seen: MomentView?
        let isClosed: Bool
        let isSelf: Bool

        /// Shows a person.
        package init(
            id: String, name: String, role: String, roles: [ChoiceView], state: String, hasFactor: Bool,
            ends: MomentView?, seen: MomentView?, isSelf: Bool
        ) {
            self.id = id
            self.name = name
            self.role = role
            self.roles = roles
            self.state = state
            badge =
                switch state {
                case "active": "pass"
                case "invited": "wait"
                case "locked": "unsure"
                default: ""
                }
            self.hasFactor = hasFactor
            self.ends = ends
            self.seen = seen
            isClosed = state == "closed" || state == "locked"
            self.isSelf = isSelf
        }
    }

    let places: SettingsPlaces
    let formToken: String
    let people: [Row]
    let roles: [ChoiceView]
    let problem: String?
    let link: String?
    let linkFor: String?

    /// Shows people, and the link of a new invitation: the only time that it is shown.
    package init(
        places: SettingsPlaces, formToken: String, people: [Row], roles: [ChoiceView], problem: String? = nil,
        link: String? = nil, linkFor: String? = nil
    ) {
        self.places = places
        self.formToken = formToken
        self.people = people
        self.roles = roles
        self.problem = problem
        self.link = link
        self.linkFor = linkFor
    }
}

/// Tokens with which devices join, and those with which programs use the API.
package struct TokensPage: ConsolePage {
    package static let template = "tokens"
    package static let place: ConsolePlace? = .settings
    package var title: String { "Tokens" }

    /// A join token.
    package struct JoinRow: Sendable, Hashable {
        let id: String
        let state: String
        let uses: String
        let profile: String?
        let made: MomentView
        let ends: MomentView
        let isActive: Bool

        /// Shows a token; `uses` says how many of its uses are used up.
        package init(
            id: String, state: String, uses: String, profile: String?, made: MomentView, ends: MomentView
        ) {
            self.id = id
            self.state = state
            self.uses = uses
            self.profile = profile
            self.made = made
            self.ends = ends
            isActive = state == "active"
        }
    }

    /// An operator token.
    package struct OperatorRow: Sendable, Hashable {
        let id: String
        let name: String
        let state: String
        let may: String
        let made: MomentView
        let ends: MomentView?
        let isActive: Bool

        /// Shows a token; `may` names what it allows.
        package init(
            id: String, name: String, state: String, may: String, made: MomentView, ends: MomentView?
        ) {
            self.id = id
            self.name = name
            self.state = state
            self.may = may
            self.made = made
            self.ends = ends
            isActive = state == "active"
        }
    }

    let places: SettingsPlaces
    let formToken: String
    let join: [JoinRow]
    let hasJoin: Bool
    let mayRegister: Bool
    let programs: [OperatorRow]
    let hasPrograms: Bool
    let mayAdminister: Bool
    let permissions: [ChoiceView]
    let problem: String?
    let secret: String?
    let secretFor: String?

    /// Shows tokens, and the text of a new one: the only time that it is shown.
    package init(
        places: SettingsPlaces, formToken: String, join: [JoinRow], mayRegister: Bool, programs: [OperatorRow]?,
        permissions: [ChoiceView], problem: String? = nil, secret: String? = nil, secretFor: String? = nil
    ) {
        self.places = places
        self.formToken = formToken
        self.join = join
        hasJoin = !join.isEmpty
        self.mayRegister = mayRegister
        self.programs = programs ?? []
        hasPrograms = !(programs ?? []).isEmpty
        mayAdminister = programs != nil
        self.permissions = permissions
        self.problem = problem
        self.secret = secret
        self.secretFor = secretFor
    }
}

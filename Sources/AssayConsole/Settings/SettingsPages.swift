/// The places of the settings that a visitor may open.
package struct SettingsPlaces: Sendable, Hashable {
    let overview: Bool
    let people: Bool
    let tokens: Bool
    let audit: Bool

    /// Shows places; people and the audit trail are for those who may see them.
    package init(people: Bool, audit: Bool) {
        overview = true
        tokens = true
        self.people = people
        self.audit = audit
    }
}

/// What a collector judges with: policies, and lists with their ages.
package struct SettingsPage: ConsolePage {
    package static let template = "settings"
    package static let place: ConsolePlace? = .settings
    package var title: String { "Settings" }

    /// A policy.
    package struct PolicyRow: Sendable, Hashable {
        let id: String
        let link: String
        let name: String?
        let group: String
        let revision: String
        let imported: MomentView

        /// Shows a policy; `group` says in words for which devices it is.
        package init(
            id: String, link: String, name: String?, group: String, revision: String, imported: MomentView
        ) {
            self.id = id
            self.link = link
            self.name = name
            self.group = group
            self.revision = revision
            self.imported = imported
        }
    }

    /// A list.
    package struct ListRow: Sendable, Hashable {
        let id: String
        let name: String
        let date: String
        let age: String
        let isOutdated: Bool
        let entries: String
        let origin: String

        /// Shows a list.
        package init(
            id: String, name: String, date: String, age: String, isOutdated: Bool, entries: String, origin: String
        ) {
            self.id = id
            self.name = name
            self.date = date
            self.age = age
            self.isOutdated = isOutdated
            self.entries = entries
            self.origin = origin
        }
    }

    let places: SettingsPlaces
    let policies: [PolicyRow]
    let lists: [ListRow]
    let hasPolicies: Bool

    /// Shows both.
    package init(places: SettingsPlaces, policies: [PolicyRow], lists: [ListRow]) {
        self.places = places
        self.policies = policies
        self.lists = lists
        hasPolicies = !policies.isEmpty
    }
}

/// One policy, and what it changes.
package struct PolicyPage: ConsolePage {
    package static let template = "policy"
    package static let place: ConsolePlace? = .settings
    package var title: String { "Policy \(id)" }

    /// What it says of a rule.
    package struct RuleRow: Sendable, Hashable {
        let rule: String
        let effect: String
        let reason: String?

        /// Shows an effect.
        package init(rule: String, effect: String, reason: String?) {
            self.rule = rule
            self.effect = effect
            self.reason = reason
        }
    }

    let places: SettingsPlaces
    let id: String
    let name: String?
    let revision: String
    let imported: MomentView
    let vouchedBy: String
    let group: String
    let uses: String?
    let waivers: String
    let rules: [RuleRow]
    let hasRules: Bool
    let json: String

    /// Shows a policy; `json` is its file.
    package init(
        places: SettingsPlaces, id: String, name: String?, revision: String, imported: MomentView,
        vouchedBy: String, group: String, uses: String?, waivers: String, rules: [RuleRow], json: String
    ) {
        self.places = places
        self.id = id
        self.name = name
        self.revision = revision
        self.imported = imported
        self.vouchedBy = vouchedBy
        self.group = group
        self.uses = uses
        self.waivers = waivers
        self.rules = rules
        hasRules = !rules.isEmpty
        self.json = json
    }
}

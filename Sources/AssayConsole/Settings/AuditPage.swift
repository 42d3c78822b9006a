/// Who changed what.
package struct AuditPage: ConsolePage {
    package static let template = "audit"
    package static let place: ConsolePlace? = .settings
    package var title: String { "Audit trail" }

    /// An entry.
    package struct Row: Sendable, Hashable {
        let at: MomentView
        let who: String
        let actor: String
        let action: String
        let subject: String
        let detail: String

        /// Shows an entry; `who` is the actor for people.
        package init(at: MomentView, who: String, actor: String, action: String, subject: String, detail: String) {
            self.at = at
            self.who = who
            self.actor = actor
            self.action = action
            self.subject = subject
            self.detail = detail
        }
    }

    let places: SettingsPlaces
    let actor: String
    let action: String
    let subject: String
    let rows: [Row]
    let isEmpty: Bool
    let isFiltered: Bool
    let next: String?

    /// Shows a page of the trail.
    package init(
        places: SettingsPlaces, actor: String, action: String, subject: String, rows: [Row], next: String?
    ) {
        self.places = places
        self.actor = actor
        self.action = action
        self.subject = subject
        self.rows = rows
        isEmpty = rows.isEmpty
        isFiltered = !(actor + action + subject).isEmpty
        self.next = next
    }
}

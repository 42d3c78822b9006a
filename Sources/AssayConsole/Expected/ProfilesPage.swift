package import AssayModel

/// The models that units are held against.
package struct ProfilesPage: ConsolePage {
    package static let template = "profiles"
    package static let place: ConsolePlace? = .expected
    package var title: String { "Models" }

    /// One profile.
    package struct Row: Sendable, Hashable {
        let path: String
        let name: String
        let id: String
        let version: String
        let revision: Int
        let parts: Int
        let learned: Bool
        let imported: MomentView

        /// Shows the newest revision of a profile.
        package init(_ profile: HardwareProfile, path: String, revision: Int, imported: MomentView) {
            self.path = path
            name = profile.title ?? profile.id
            id = profile.id
            version = profile.version
            self.revision = revision
            parts = profile.components.reduce(0) { $0 + $1.quantity }
            learned = profile.source?.origin == "learned"
            self.imported = imported
        }
    }

    let rows: [Row]
    let next: String?
    let isFirst: Bool
    let mayRegister: Bool
    let formToken: String

    /// Lists profiles; `next` leads to the next page.
    package init(rows: [Row], next: String?, isFirst: Bool, mayRegister: Bool, formToken: String) {
        self.rows = rows
        self.next = next
        self.isFirst = isFirst
        self.mayRegister = mayRegister
        self.formToken = formToken
    }
}

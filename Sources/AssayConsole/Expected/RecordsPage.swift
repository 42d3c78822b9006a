/// What single units were built of.
package struct RecordsPage: ConsolePage {
    package static let template = "records"
    package static let place: ConsolePlace? = .expected
    package var title: String { "As-built records" }

    /// One record.
    package struct Row: Sendable, Hashable {
        let path: String
        let serial: String
        let id: String
        let model: String?
        let factory: String?
        let built: String?
        let parts: Int
        let revision: Int
        let imported: MomentView

        /// Shows the newest revision of a record.
        package init(
            path: String, serial: String, id: String, model: String?, factory: String?, built: String?, parts: Int,
            revision: Int, imported: MomentView
        ) {
            self.path = path
            self.serial = serial
            self.id = id
            self.model = model
            self.factory = factory
            self.built = built
            self.parts = parts
            self.revision = revision
            self.imported = imported
        }
    }

    let serial: String
    let rows: [Row]
    let isEmpty: Bool
    let isSearch: Bool
    let next: String?
    let mayRegister: Bool

    /// Lists records, all or those whose serial number begins with `serial`.
    package init(serial: String, rows: [Row], next: String?, mayRegister: Bool) {
        self.serial = serial
        self.rows = rows
        isEmpty = rows.isEmpty
        isSearch = !serial.isEmpty
        self.next = next
        self.mayRegister = mayRegister
    }
}

/// The devices: filtered, sorted and searched, a page at a time.
package struct DevicesPage: ConsolePage {
    package static let template = "devices"
    package static let place: ConsolePlace? = .devices
    package var title: String { "Devices" }

    /// One device in the list.
    package struct Row: Sendable, Hashable {
        let id: String
        let name: String
        let short: String?
        let model: String?
        let serial: String?
        let site: String?
        let verdict: BadgeView
        let isOutOfDate: Bool
        let isRevoked: Bool
        let isSilent: Bool
        let findings: [BadgeView]
        let hasFindings: Bool
        let seen: MomentView?

        /// Shows a device; `name` is what people call it.
        package init(
            id: String, name: String, model: String?, serial: String?, site: String?, verdict: BadgeView,
            isOutOfDate: Bool, isRevoked: Bool, isSilent: Bool, findings: [BadgeView], seen: MomentView?
        ) {
            self.id = id
            self.name = name
            let short = String(id.prefix(12))
            self.short = name == short ? nil : short
            self.model = model
            self.serial = serial
            self.site = site
            self.verdict = verdict
            self.isOutOfDate = isOutOfDate
            self.isRevoked = isRevoked
            self.isSilent = isSilent
            self.findings = findings
            hasFindings = !findings.isEmpty
            self.seen = seen
        }
    }

    /// What the list was asked for.
    package struct Filter: Sendable, Hashable {
        let text: String
        let model: String
        let site: String
        let isSilent: Bool
        let silence: String
        let verdicts: [ChoiceView]
        let orders: [ChoiceView]
        let models: [String]
        let sites: [String]

        /// Shows a filter, and what can be chosen in it.
        package init(
            text: String, model: String, site: String, isSilent: Bool, silence: String, verdicts: [ChoiceView],
            orders: [ChoiceView], models: [String], sites: [String]
        ) {
            self.text = text
            self.model = model
            self.site = site
            self.isSilent = isSilent
            self.silence = silence
            self.verdicts = verdicts
            self.orders = orders
            self.models = models
            self.sites = sites
        }
    }

    /// Where the page's links and forms lead.
    package struct Links: Sendable, Hashable {
        let here: String
        let first: String?
        let next: String?
        let table: String

        /// Names the links; `first` and `next` where there are such pages, `table` for the same as CSV.
        package init(here: String, first: String?, next: String?, table: String) {
            self.here = here
            self.first = first
            self.next = next
            self.table = table
        }
    }

    let filter: Filter
    let rows: [Row]
    let isEmpty: Bool
    let isFiltered: Bool
    let isCut: Bool
    let links: Links
    let mayRegister: Bool
    let mayAdminister: Bool
    let formToken: String

    /// Shows a page of the list.
    package init(
        filter: Filter, rows: [Row], isFiltered: Bool, isCut: Bool, links: Links, mayRegister: Bool,
        mayAdminister: Bool, formToken: String
    ) {
        self.filter = filter
        self.rows = rows
        isEmpty = rows.isEmpty
        self.isFiltered = isFiltered
        self.isCut = isCut
        self.links = links
        self.mayRegister = mayRegister
        self.mayAdminister = mayAdminister
        self.formToken = formToken
    }
}

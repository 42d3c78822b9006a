package import AssayModel

/// The software packages of a device.
package struct DevicePackagesPage: ConsolePage {
    package static let template = "device-packages"
    package static let place: ConsolePlace? = .devices
    package var title: String { "Packages of \(head.name)" }

    /// One package.
    package struct Row: Sendable, Hashable {
        let name: String
        let version: String
        let type: String
        let architecture: String?
        let supplier: String?
        let state: String?

        /// Shows a package.
        package init(_ package: Package) {
            name = package.name
            version = package.version
            type = package.type
            architecture = package.architecture
            supplier = package.supplier
            state = package.state
        }
    }

    let head: DeviceHead
    let list: SectionList
    let rows: [Row]

    /// Shows a page of packages.
    package init(head: DeviceHead, list: SectionList, packages: [Package]) {
        self.head = head
        self.list = list
        rows = packages.map(Row.init)
    }
}

/// The files of a device whose content decides what it does.
package struct DeviceFilesPage: ConsolePage {
    package static let template = "device-files"
    package static let place: ConsolePlace? = .devices
    package var title: String { "Files of \(head.name)" }

    /// One file.
    package struct Row: Sendable, Hashable {
        let path: String
        let kind: String
        let size: String
        let mode: String
        let digest: String
        let owner: String?
        let manifest: BadgeView?

        /// Shows a file.
        package init(_ file: FileEntry) {
            path = file.path
            kind = file.kind.rawValue
            size = String(file.size)
            mode = file.mode
            digest = file.digest.hex
            owner = file.package
            manifest =
                switch file.manifest {
                case .matches: BadgeView("as packaged", style: "badge pass")
                case .modified: BadgeView("modified", style: "badge fail")
                case .configured: BadgeView("configuration changed")
                case .unstated: BadgeView("no digest in the package")
                case nil: nil
                }
        }
    }

    let head: DeviceHead
    let list: SectionList
    let rows: [Row]
    let parts: [PartRow]
    let hasParts: Bool
    let moreParts: Int?
    let findings: [DevicePage.FindingRow]
    let hasProblems: Bool

    /// Shows a page of files, what became of those that were compared, and the open findings about files.
    package init(
        head: DeviceHead, list: SectionList, files: [FileEntry], outcomes: [PartRow], outcomeCount: Int,
        problems: [DevicePage.FindingRow]
    ) {
        self.head = head
        self.list = list
        rows = files.map(Row.init)
        parts = outcomes
        hasParts = !outcomes.isEmpty
        moreParts = outcomeCount > outcomes.count ? outcomeCount - outcomes.count : nil
        findings = problems
        hasProblems = !problems.isEmpty
    }
}

/// What is the same for every list of a section's lines.
package struct SectionList: Sendable, Hashable {
    let text: String
    let total: String
    let isEmpty: Bool
    let isFiltered: Bool
    let hasReported: Bool
    let first: String?
    let next: String?
    let faulty: Int?
    /// Whether it is the first page of all that there is.
    package var isWhole: Bool { !isFiltered && first == nil }

    /// Describes a list.
    ///
    /// - Parameters:
    ///   - text: What is looked for.
    ///   - total: Lines of the whole section; nil before the first report.
    ///   - shown: Lines on this page.
    ///   - first: Link to the first page, on others.
    ///   - next: Link to the next page, where there is one.
    ///   - faulty: Lines of this page that cannot be read.
    package init(text: String, total: Int?, shown: Int, first: String?, next: String?, faulty: Int) {
        self.text = text
        self.total = total.map(String.init) ?? "0"
        isEmpty = shown == 0
        isFiltered = !text.isEmpty
        hasReported = total != nil
        self.first = first
        self.next = next
        self.faulty = faulty > 0 ? faulty : nil
    }
}

/// The reports of a device, newest first.
package struct DeviceReportsPage: ConsolePage {
    package static let template = "device-reports"
    package static let place: ConsolePlace? = .devices
    package var title: String { "Reports of \(head.name)" }

    /// One report.
    package struct Row: Sendable, Hashable {
        let sequence: String
        let digest: String
        let root: String
        let received: MomentView
        let isFresh: Bool
        let isChanged: Bool
        let isFirst: Bool
        let isFrom: Bool
        let isTo: Bool

        /// Shows a report.
        ///
        /// - Parameters:
        ///   - isChanged: Whether its inventory is another than that of the report before it; nil for the first.
        ///   - isFrom: Whether it is offered as the earlier side of a comparison.
        ///   - isTo: Whether it is offered as the later side.
        package init(
            sequence: Int64, digest: String, root: String, received: MomentView, isFresh: Bool, isChanged: Bool?,
            isFrom: Bool, isTo: Bool
        ) {
            self.sequence = String(sequence)
            self.digest = String(digest.prefix(16))
            self.root = String(root.prefix(12))
            self.received = received
            self.isFresh = isFresh
            self.isChanged = isChanged ?? false
            isFirst = isChanged == nil
            self.isFrom = isFrom
            self.isTo = isTo
        }
    }

    let head: DeviceHead
    let rows: [Row]
    let isEmpty: Bool
    let canCompare: Bool
    let first: String?
    let next: String?

    /// Shows a page of reports.
    package init(head: DeviceHead, rows: [Row], first: String?, next: String?) {
        self.head = head
        self.rows = rows
        isEmpty = rows.isEmpty
        canCompare = rows.count > 1
        self.first = first
        self.next = next
    }
}

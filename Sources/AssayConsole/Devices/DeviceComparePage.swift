/// What changed between two reports of a device.
package struct DeviceComparePage: ConsolePage {
    package static let template = "device-compare"
    package static let place: ConsolePlace? = .devices
    package var title: String { "Changes of \(head.name)" }

    /// A field that changed.
    package struct Field: Sendable, Hashable {
        let name: String
        let before: String?
        let after: String?

        /// Shows a field.
        package init(name: String, before: String?, after: String?) {
            self.name = name
            self.before = before
            self.after = after
        }
    }

    /// A line that came, went or changed.
    package struct Change: Sendable, Hashable {
        let badge: BadgeView
        let name: String
        let fields: [Field]

        /// Shows a change: `added`, `removed` or `changed`.
        package init(kind: String, name: String, fields: [Field]) {
            switch kind {
            case "added": badge = BadgeView("new", style: "badge pass")
            case "removed": badge = BadgeView("gone", style: "badge fail")
            default: badge = BadgeView("changed", style: "badge unsure")
            }
            self.name = name
            self.fields = fields
        }
    }

    /// What changed in one section.
    package struct Section: Sendable, Hashable {
        let name: String
        let changes: [Change]
        let more: Int?
        let isUnfinished: Bool
        let isUnchanged: Bool

        /// Shows a section.
        ///
        /// - Parameters:
        ///   - more: Differing lines that are not listed.
        ///   - isWhole: Whether all of the section was compared.
        package init(name: String, changes: [Change], more: Int, isWhole: Bool) {
            self.name = name
            self.changes = changes
            self.more = more > 0 ? more : nil
            isUnfinished = !isWhole
            isUnchanged = changes.isEmpty && more == 0 && isWhole
        }
    }

    let head: DeviceHead
    let from: String
    let to: String
    let taken: MomentView
    let takenBefore: MomentView
    let sections: [Section]
    let unchanged: String?
    let isSame: Bool

    /// Shows a comparison.
    package init(
        head: DeviceHead, from: Int64, to: Int64, before: MomentView, after: MomentView, sections: [Section]
    ) {
        self.head = head
        self.from = String(from)
        self.to = String(to)
        takenBefore = before
        taken = after
        self.sections = sections.filter { !$0.isUnchanged }
        let same = sections.filter(\.isUnchanged).map(\.name)
        unchanged = same.isEmpty || same.count == sections.count ? nil : same.joined(separator: ", ")
        isSame = same.count == sections.count
    }
}

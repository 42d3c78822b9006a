package import AssayModel

/// One device: what it should be made of beside what it is made of.
package struct DevicePage: ConsolePage {
    package static let template = "device"
    package static let place: ConsolePlace? = .devices
    package var title: String { head.name }

    /// A finding of the device.
    package struct FindingRow: Sendable, Hashable {
        let id: String
        let title: String
        let severity: BadgeView
        let state: String
        let rule: String
        let first: MomentView

        /// Shows a finding.
        package init(id: String, title: String, severity: BadgeView, state: String, rule: String, first: MomentView) {
            self.id = id
            self.title = title
            self.severity = severity
            self.state = state
            self.rule = rule
            self.first = first
        }
    }

    /// Something that could not be read.
    package struct GapRow: Sendable, Hashable {
        let kind: String
        let path: String
        let probe: String
        let detail: String

        /// Shows a gap.
        package init(_ gap: Gap) {
            kind = GapRow.words[gap.kind] ?? gap.kind.rawValue
            path = gap.path
            probe = gap.probe
            detail = gap.detail
        }

        private static let words: [Gap.Kind: String] = [
            .absent: "not there", .denied: "denied", .malformed: "malformed", .tooLarge: "too large",
            .timedOut: "timed out", .unsupported: "not supported", .ioError: "input/output error",
            .excluded: "excluded by a rule",
        ]
    }

    /// The inventory of the last report.
    package struct Inventory: Sendable, Hashable {
        let hasParts: Bool
        let parts: [PartRow]
        let partCount: Int
        let morePartCount: Int?
        let showsAll: Bool
        let reasons: [String]
        let isJudged: Bool
        let isOlderJudgement: Bool
        let firmware: [PartRow]
        let boot: [FactView]
        let kernel: [FactView]
        let gaps: [GapRow]
        let hasGaps: Bool
        let moreGaps: Int?
        let damage: [GapRow]
        let fileOutcomes: Int?

        /// Puts the inventory together.
        ///
        /// - Parameters:
        ///   - parts: Parts and outcomes, those that are to be shown.
        ///   - partCount: How many there are in all.
        ///   - gaps: What could not be read; at most the first of them are shown.
        ///   - damage: What of the report itself cannot be read.
        ///   - fileOutcomes: How many files were compared, which are shown elsewhere.
        package init(
            parts: [PartRow], partCount: Int, showsAll: Bool, reasons: [String], isJudged: Bool,
            isOlderJudgement: Bool, firmware: [PartRow], boot: BootState, kernel: KernelState, modules: Int,
            gaps: [Gap], gapCount: Int, damage: [Gap], fileOutcomes: Int = 0
        ) {
            self.parts = parts
            hasParts = !parts.isEmpty
            self.partCount = partCount
            morePartCount = partCount > parts.count ? partCount - parts.count : nil
            self.showsAll = showsAll
            self.reasons = reasons
            self.isJudged = isJudged
            self.isOlderJudgement = isOlderJudgement
            self.firmware = firmware
            self.boot = FactView.facts(of: boot)
            self.kernel = FactView.facts(of: kernel, modules: modules)
            self.gaps = gaps.map(GapRow.init)
            hasGaps = !gaps.isEmpty
            moreGaps = gapCount > gaps.count ? gapCount - gaps.count : nil
            self.damage = damage.map(GapRow.init)
            self.fileOutcomes = fileOutcomes > 0 ? fileOutcomes : nil
        }
    }

    let head: DeviceHead
    let inventory: Inventory?
    let findings: [FindingRow]
    let hasFindings: Bool
    let moreFindings: Bool
    let profiles: [String]
    let sites: [String]
    let mayRegister: Bool
    let mayRevoke: Bool
    let formToken: String

    /// Shows a device; without an inventory it has not reported yet.
    package init(
        head: DeviceHead, inventory: Inventory?, findings: [FindingRow], moreFindings: Bool, profiles: [String],
        sites: [String], mayRegister: Bool, mayRevoke: Bool, formToken: String
    ) {
        self.head = head
        self.inventory = inventory
        self.findings = findings
        hasFindings = !findings.isEmpty
        self.moreFindings = moreFindings
        self.profiles = profiles
        self.sites = sites
        self.mayRegister = mayRegister
        self.mayRevoke = mayRevoke
        self.formToken = formToken
    }
}

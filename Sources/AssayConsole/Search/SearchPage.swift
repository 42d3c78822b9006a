package import AssayModel

/// The answer to which devices hold something.
package struct SearchPage: ConsolePage {
    package static let template = "search"
    package static let place: ConsolePlace? = nil
    package var title: String { query.isEmpty ? "Search" : "Search: \(query)" }

    /// A device.
    package struct Device: Sendable, Hashable {
        let name: String
        let short: String
        let path: String
        let verdict: BadgeView
        let site: String?
        let last: MomentView?
        let label: String?
        let place: String?

        /// Names a device, and where on it something is.
        package init(
            name: String, id: ContentDigest, verdict: String, site: String?, last: MomentView?, label: String? = nil,
            place: String? = nil
        ) {
            self.name = name
            short = String(id.hex.prefix(12))
            path = "/devices/\(id.hex)"
            self.verdict = BadgeView(verdict: verdict)
            self.site = site
            self.last = last
            self.label = label
            self.place = place
        }
    }

    /// A finding.
    package struct Item: Sendable, Hashable {
        let title: String
        let path: String
        let severity: BadgeView
        let state: String

        /// Names a finding.
        package init(title: String, id: String, severity: String, state: String) {
            self.title = title
            path = "/findings/\(id)"
            self.severity = BadgeView(severity: severity)
            self.state = state
        }
    }

    /// Something that devices hold.
    package struct Match: Sendable, Hashable {
        let kind: String
        let key: String
        let label: String?
        let devices: String
        let path: String

        /// Names it; `path` leads to the devices.
        package init(kind: String, key: String, label: String?, devices: Int, hasMore: Bool, path: String) {
            self.kind = Self.words[kind] ?? kind
            self.key = key
            self.label = label == key ? nil : label
            self.devices = hasMore ? "more than \(devices)" : "\(devices)"
            self.path = path
        }

        private static let words = [
            "id": "vendor:product", "serial": "serial number", "part": "part or model", "image": "digest of a part",
            "firmware": "firmware version", "name": "name of a device", "file": "SHA-256 of a file",
        ]
    }

    /// Where a part was.
    package struct Stay: Sendable, Hashable {
        let part: String
        let short: String
        let path: String
        let place: String
        let from: MomentView
        let until: MomentView

        /// Names a part and the device in which it was.
        package init(part: String, id: ContentDigest, place: String, from: MomentView, until: MomentView) {
            self.part = part
            short = String(id.hex.prefix(12))
            path = "/devices/\(id.hex)"
            self.place = place
            self.from = from
            self.until = until
        }
    }

    /// What was found.
    package struct Answer: Sendable, Hashable {
        let devices: [Device]
        let hasDevices: Bool
        let findings: [Item]
        let hasFindings: Bool
        let matches: [Match]
        let hasMatches: Bool
        let isCut: Bool
        let selected: Match?
        let holders: [Device]
        let next: String?
        let former: [Stay]
        let hasFormer: Bool
        let isNothing: Bool
        let back: String?

        /// Puts the parts together; of a selected match the devices are shown in the place of the matches.
        package init(
            devices: [Device], findings: [Item], matches: [Match], isCut: Bool, selected: Match?, holders: [Device],
            next: String?, former: [Stay], back: String?
        ) {
            self.devices = devices
            hasDevices = !devices.isEmpty
            self.findings = findings
            hasFindings = !findings.isEmpty
            self.matches = matches
            hasMatches = selected == nil && !matches.isEmpty
            self.isCut = isCut
            self.selected = selected
            self.holders = holders
            self.next = next
            self.former = former
            hasFormer = !former.isEmpty
            self.back = back
            isNothing = devices.isEmpty && findings.isEmpty && matches.isEmpty && former.isEmpty
        }
    }

    let query: String
    let problem: String?
    let answer: Answer?

    /// Shows an answer, or why there is none; neither before the first question.
    package init(query: String, problem: String? = nil, answer: Answer? = nil) {
        self.query = query
        self.problem = problem
        self.answer = answer
    }
}

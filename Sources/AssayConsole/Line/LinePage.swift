/// The unit that was just verified, for everybody who stands at the line.
package struct LinePage: ConsolePage {
    package static let template = "line"
    package static let place: ConsolePlace? = .line
    package var title: String { station.map { "Line \($0)" } ?? "Factory line" }

    /// What came of the last unit.
    package struct Last: Sendable, Hashable {
        let word: String
        let style: String
        let unit: String
        let model: String?
        let station: String?
        let person: String?
        let at: MomentView
        let reasons: [String]
        let more: Int?
        let hasReasons: Bool
        let path: String

        /// Most lines that can be read from three metres.
        private static let lines = 5

        /// Shows a result.
        package init(
            verdict: String, unit: String, model: String?, station: String?, person: String?, at: MomentView,
            reasons: [String], path: String
        ) {
            (word, style) = LinePage.words(verdict)
            self.unit = unit
            self.model = model
            self.station = station
            self.person = person
            self.at = at
            self.reasons = Array(reasons.prefix(Self.lines))
            more = reasons.count > Self.lines ? reasons.count - Self.lines : nil
            hasReasons = !reasons.isEmpty
            self.path = path
        }
    }

    /// A unit before.
    package struct Unit: Sendable, Hashable {
        let word: String
        let style: String
        let unit: String
        let model: String?
        let station: String?
        let at: MomentView

        /// Shows a result in a line.
        package init(verdict: String, unit: String, model: String?, station: String?, at: MomentView) {
            let (word, style) = LinePage.words(verdict)
            self.word = word
            self.style = "badge \(style)"
            self.unit = unit
            self.model = model
            self.station = station
            self.at = at
        }
    }

    /// What came off a station.
    package struct Station: Sendable, Hashable {
        let name: String
        let path: String
        let isThis: Bool
        let units: Int
        let results: Int
        let failed: Int
        let firstPass: String
        let share: Int
        let rest: Int

        /// Shows the yield of a station in tenths of a percent.
        package init(
            name: String, path: String, isThis: Bool, units: Int, results: Int, failed: Int, firstPass: Double
        ) {
            self.name = name
            self.path = path
            self.isThis = isThis
            self.units = units
            self.results = results
            self.failed = failed
            self.firstPass = "\(firstPass) %"
            share = min(max(Int((firstPass * 10).rounded()), 0), 1000)
            rest = 1000 - share
        }
    }

    let station: String?
    let last: Last?
    let units: [Unit]
    let hasUnits: Bool
    let stations: [Station]
    let hasStations: Bool
    let events: String

    /// Shows a line; `version` is the number of the last result.
    package init(station: String?, last: Last?, units: [Unit], stations: [Station], version: Int64) {
        self.station = station
        self.last = last
        self.units = units
        hasUnits = !units.isEmpty
        self.stations = stations
        hasStations = !stations.isEmpty
        events = "/events/line?seen=\(version)"
    }

    /// A verdict in one word that can be read from afar.
    private static func words(_ verdict: String) -> (word: String, style: String) {
        switch verdict {
        case "pass": ("PASS", "pass")
        case "fail": ("FAIL", "fail")
        case "undetermined": ("UNDECIDED", "unsure")
        default: ("NO RECORD", "plain")
        }
    }
}

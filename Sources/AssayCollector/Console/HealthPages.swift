internal import AssayConsole
internal import AssayModel
internal import Hummingbird

/// How the collector itself is.
struct HealthPages: Sendable {
    /// Free space below which nobody should wait.
    private static let leastFree: Int64 = 2 << 30
    /// Age of a backup after which there should be another, in days.
    private static let oldestBackup: Int64 = 7

    let watch: FleetWatch

    /// Adds the page.
    func add(to table: ConsoleRouteTable) {
        table.page("/settings/health") { request, _, visit in
            try request.allowQuery(["done"])
            let health = try await watch.health(at: visit.now)
            return .page(
                HealthPage(
                    places: visit.settingsPlaces, store: Self.store(health, at: visit.now),
                    work: Self.work(health, at: visit.now),
                    lists: health.lists.map { list in
                        HealthPage.List(
                            title: list.title, id: list.id, date: list.date, age: list.age, entries: list.entries,
                            isOutdated: list.outdated == true)
                    }))
        }
    }

    private static func store(_ health: CollectorHealth, at now: Timestamp) -> [HealthPage.Fact] {
        let isTight = health.freeSpace.map { $0 < leastFree } ?? false
        let days = health.backedUpAt.map { (now.seconds - $0.seconds) / 86_400 }
        let backup: String? =
            switch days {
            case nil: "there is none that the collector knows of: run assay-collector backup FILE."
            case .some(let days) where days > oldestBackup: "it is \(days) days old: run assay-collector backup FILE."
            default: nil
            }
        return [
            HealthPage.Fact("Devices", "\(health.devices)"),
            HealthPage.Fact("Database", size(health.databaseSize)),
            HealthPage.Fact(
                "Free space", health.freeSpace.map(size) ?? "not known",
                advice: isTight ? "less than \(size(leastFree)) are left; reports are refused when nothing is." : nil),
            HealthPage.Fact(
                "Last backup", health.backedUpAt.map { moment($0, now) } ?? "none", advice: backup),
        ]
    }

    private static func work(_ health: CollectorHealth, at now: Timestamp) -> [HealthPage.Fact] {
        let hours = max(Double(now.seconds - health.startedAt.seconds) / 3600, 1.0 / 60)
        let reports = health.reports.values.reduce(0, +)
        let details = health.reports.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        return [
            HealthPage.Fact("Version", health.version),
            HealthPage.Fact("Serving since", moment(health.startedAt, now)),
            HealthPage.Fact(
                "Reports",
                "\(reports), \(Int((Double(reports) / hours).rounded())) an hour"
                    + (details.isEmpty ? "" : " (\(details.joined(separator: ", ")))")),
            HealthPage.Fact("Waiting for evaluation", "\(health.waiting) devices"),
            HealthPage.Fact(
                "Evaluations",
                "\(health.evaluations)" + (health.evaluationMilliseconds.map { ", \($0) ms for a new one" } ?? "")),
            HealthPage.Fact("Last evaluation", health.lastEvaluation.map { moment($0, now) } ?? "none"),
            HealthPage.Fact(
                "Evaluations that failed", "\(health.failedEvaluations)",
                advice: health.failedEvaluations > 0
                    ? "look for evaluation/failed among the findings, and into the log." : nil),
            HealthPage.Fact(
                "Errors of the collector", "\(health.failures)",
                advice: health.failures > 0 ? "the log says which requests failed, and why." : nil),
        ]
    }

    private static func moment(_ moment: Timestamp, _ now: Timestamp) -> String {
        "\(MomentView(moment, at: now).words) (\(moment))"
    }

    /// Bytes in the unit that leaves three digits.
    private static func size(_ bytes: Int64) -> String {
        let units = ["B", "KiB", "MiB", "GiB", "TiB"]
        var value = Double(bytes)
        var unit = 0
        while value >= 1024, unit + 1 < units.count {
            value /= 1024
            unit += 1
        }
        let rounded = value < 10 && unit > 0 ? (value * 10).rounded() / 10 : value.rounded()
        return rounded == rounded.rounded() ? "\(Int(rounded)) \(units[unit])" : "\(rounded) \(units[unit])"
    }
}

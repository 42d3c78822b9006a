internal import AssayAccounts
internal import AssayConsole
internal import AssayModel
internal import AssayReport
internal import AssayStore
internal import Hummingbird

/// The fleet at a glance.
struct OverviewPages: Sendable {
    let watch: FleetWatch

    /// Adds the pages.
    func add(to table: ConsoleRouteTable) {
        table.page("/") { request, _, visit in
            try request.allowQuery(["done"])
            return .page(try await page(visit))
        }
        table.events("/events/fleet", of: .fleet, in: watch.changes)
    }

    private func page(_ visit: ConsoleVisit) async throws -> OverviewPage {
        // What changes while the page is made is a change after it.
        let version = watch.changes.version(of: .fleet)
        let overview = try await watch.overview(at: visit.now)
        guard overview.devices > 0 else {
            return OverviewPage(
                OverviewPage.Beginning(address: watch.address, mayRegister: visit.may(.register)))
        }
        return OverviewPage(Self.fleet(overview, version: version, at: visit.now))
    }

    private static func fleet(_ view: FleetOverview, version: Int64, at now: Timestamp) -> OverviewPage.Fleet {
        OverviewPage.Fleet(
            devices: view.devices, waiting: view.waiting, verdicts: verdicts(view.verdicts),
            findings: findings(view.findings), models: chart(view.models, "model", view.verdicts),
            sites: chart(view.sites, "site", view.verdicts),
            trend: TrendChart(
                view.days.map { ($0.day, $0.verdicts, $0.findings.filter { $0.key != "info" }.values.reduce(0, +)) }),
            silentCount: view.silent, silent: view.silentLongest.map { silent($0, now) },
            newest: view.newest.map { item in
                OverviewPage.Item(
                    title: item.finding.title, id: item.finding.id, severity: item.finding.severity.rawValue,
                    since: MomentView(item.firstSeen, at: now))
            },
            today: today(view.changes),
            changes: view.verdictChanges.map { change in
                OverviewPage.Change(
                    name: change.name, id: change.device, before: change.before.rawValue,
                    after: change.after.rawValue, at: MomentView(change.at, at: now))
            },
            imports: view.imports.map { OverviewPage.Import(kind: $0.kind, id: $0.id, at: MomentView($0.at, at: now)) },
            version: version)
    }

    private static func verdicts(_ counts: [String: Int]) -> [OverviewPage.Tile] {
        // Those that every reader looks for are there at zero too.
        let tiles = [
            ("fail", "fail", true), ("undetermined", "unsure", true), ("pass", "pass", true),
            ("pass-with-waivers", "pass", false), ("unverified", "", false), ("pending", "wait", false),
        ]
        return tiles.compactMap { verdict, style, isConstant in
            let count = counts[verdict] ?? 0
            guard isConstant || count > 0 else { return nil }
            return OverviewPage.Tile(
                count, verdict.replacing("-", with: " "), style: style, path: "/devices?verdict=\(verdict)")
        }
    }

    private static func findings(_ counts: [String: Int]) -> [OverviewPage.Tile] {
        [("critical", "fail"), ("high", "fail"), ("medium", "unsure"), ("low", "wait")].map { severity, style in
            let count = counts[severity] ?? 0
            return OverviewPage.Tile(
                count, severity, style: count > 0 ? style : "", path: "/findings?severity=\(severity)")
        }
    }

    private static func today(_ changes: FleetChanges) -> [OverviewPage.Tile] {
        [
            OverviewPage.Tile(changes.enrolled, "new devices", path: "/devices"),
            OverviewPage.Tile(changes.verdicts, "verdicts changed", path: "/devices"),
            OverviewPage.Tile(changes.opened, "findings opened", path: "/findings"),
            OverviewPage.Tile(changes.resolved, "findings resolved", path: "/findings?state=resolved"),
            OverviewPage.Tile(changes.imported, "imports", path: "/expected"),
        ]
    }

    private static func chart(_ groups: [DeviceGroup], _ filter: String, _ total: [String: Int]) -> GroupChart {
        GroupChart(
            groups.map { group in
                guard !group.name.isEmpty else { return ("no \(filter) known", nil, group.verdicts) }
                return (group.name, "/devices?\(filter)=\(ConsoleServer.escaped(group.name))", group.verdicts)
            }, total: total)
    }

    private static func silent(_ device: DeviceView, _ now: Timestamp) -> OverviewPage.Silent {
        OverviewPage.Silent(
            name: device.device.callName ?? "unnamed", id: device.id, site: device.site,
            last: MomentView(device.lastSeen ?? device.enrolledAt, at: now), hasReported: device.lastSeen != nil)
    }
}

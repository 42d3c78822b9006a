internal import AssayConsole
internal import AssayModel
internal import Hummingbird

/// What comes off the line.
struct LinePages: Sendable {
    let watch: FleetWatch

    /// Adds the page and the stream that keeps it up to date.
    func add(to table: ConsoleRouteTable) {
        table.page("/line") { request, _, visit in
            try request.allowQuery(["station", "done"])
            let station = request.query("station").flatMap { $0.isEmpty ? nil : $0 }
            let version = watch.changes.version(of: .line)
            let view = try await watch.line(station: station, at: visit.now)
            return .page(Self.page(view, version: version, at: visit.now))
        }
        table.events("/events/line", of: .line, in: watch.changes)
    }

    private static func page(_ view: LineView, version: Int64, at now: Timestamp) -> LinePage {
        LinePage(
            station: view.station,
            last: view.last.map { last in
                LinePage.Last(
                    verdict: last.result.verdict.rawValue, unit: name(last.result), model: last.result.model,
                    station: view.station == nil ? last.result.station : nil, person: last.result.operator,
                    at: MomentView(last.result.takenAt, at: now), reasons: last.differences,
                    path: "/api/v1/results/\(last.result.digest.hex)")
            },
            units: view.results.map { result in
                LinePage.Unit(
                    verdict: result.verdict.rawValue, unit: name(result), model: result.model, station: result.station,
                    at: MomentView(result.takenAt, at: now))
            },
            stations: view.stations.map { station in
                let name = station.station ?? ""
                return LinePage.Station(
                    name: name.isEmpty ? "no station named" : name,
                    path: name.isEmpty ? "/line" : "/line?station=\(ConsoleServer.escaped(name))",
                    isThis: !name.isEmpty && name == view.station, units: station.units, results: station.results,
                    failed: station.failed, firstPass: station.firstPassYield)
            }, version: version)
    }

    /// The serial number, or enough of the device id of a unit without one.
    private static func name(_ result: ResultView) -> String {
        ContentDigest(result.unit).map { String($0.hex.prefix(12)) } ?? result.unit
    }
}

internal import AssayConsole
internal import AssayModel
internal import Hummingbird

/// The answer to which devices hold something.
struct SearchPages: Sendable {
    private static let pageSize = 50

    let operations: Operations

    /// Adds the page.
    func add(to table: ConsoleRouteTable) {
        table.page("/search") { request, _, visit in
            try request.allowQuery(["q", "kind", "key", "after"])
            let text = request.query("q") ?? ""
            return .page(try await page(text, request, visit), search: text)
        }
    }

    private func page(_ text: String, _ request: Request, _ visit: ConsoleVisit) async throws -> SearchPage {
        guard !text.isEmpty else { return SearchPage(query: "") }
        let selected = try request.selectedFact()
        do {
            let view = try await operations.search(
                text, selected: selected, after: try request.factCursor(), limit: Self.pageSize)
            return SearchPage(
                query: view.query, answer: Self.answer(view, isChosen: selected != nil, at: visit.now))
        } catch let failure as CollectorFailure where failure.code == .usage {
            return SearchPage(query: text, problem: failure.sentence)
        }
    }

    private static func answer(_ view: SearchView, isChosen: Bool, at now: Timestamp) -> SearchPage.Answer {
        let start = "/search?q=\(ConsoleServer.escaped(view.query))"
        func path(_ match: SearchView.Match) -> String {
            "\(start)&kind=\(match.kind)&key=\(ConsoleServer.escaped(match.key))"
        }
        func shown(_ match: SearchView.Match) -> SearchPage.Match {
            SearchPage.Match(
                kind: match.kind, key: match.key, label: match.label, devices: match.devices, hasMore: match.hasMore,
                path: path(match))
        }
        let next = view.next.flatMap { next in view.selected.map { "\(path($0))&after=\(next)" } }
        return SearchPage.Answer(
            devices: view.devices.map { device($0, at: now) },
            findings: view.findings.map {
                SearchPage.Item(title: $0.title, id: $0.id, severity: $0.severity, state: $0.state)
            },
            matches: view.matches.map(shown), isCut: view.hasMore, selected: view.selected.map(shown),
            holders: view.holders.map { device($0.device, label: $0.label, place: $0.place, at: now) }, next: next,
            former: view.former.map { stay in
                SearchPage.Stay(
                    part: stay.part, id: stay.device, place: stay.place, from: MomentView(stay.from, at: now),
                    until: MomentView(stay.until, at: now))
            }, back: isChosen ? start : nil)
    }

    private static func device(
        _ hit: SearchView.DeviceHit, label: String? = nil, place: String? = nil, at now: Timestamp
    ) -> SearchPage.Device {
        SearchPage.Device(
            name: hit.name, id: hit.id, verdict: hit.verdict, site: hit.site, last: MomentView(hit.lastSeen, at: now),
            label: label, place: place)
    }
}

internal import AssayModel
internal import AssayReport
internal import AssayRules
package import AssayStore
internal import Hummingbird

/// Lists of devices as pages and the API ask for them.
struct DeviceLists: Sendable {
    /// Names of the parameters of an address that make a query.
    static let parameters = ["verdict", "model", "site", "silent", "q", "sort"]
    /// Verdicts that a list can be asked for.
    static let verdicts = ["fail", "undetermined", "unverified", "pending", "pass-with-waivers", "pass"]
    /// Windows in which a device owes a report, after which it is silent.
    private static let windows = 3

    let store: any Store
    let settings: CollectorConfiguration
    /// Tells what the rules say of a report, and writes nothing.
    let evaluator: DeviceEvaluator

    init(store: any Store, settings: CollectorConfiguration) {
        self.store = store
        self.settings = settings
        evaluator = .reading(store)
    }

    /// How long a device may say nothing.
    var silence: Duration {
        .seconds(Self.windows * (settings.reportAfter + settings.reportSpread))
    }

    /// Whether a device says nothing for too long.
    func isSilent(_ device: Device, at now: Timestamp) -> Bool {
        device.revokedAt == nil && (device.head?.receivedAt ?? device.enrolledAt) < now.adding(.zero - silence)
    }

    /// What an address asks for; unknown values are refused, empty ones ask for nothing.
    func query(_ request: Request, at now: Timestamp) throws(Problem) -> DeviceQuery {
        func text(_ name: String) -> String? { request.query(name).flatMap { $0.isEmpty ? nil : $0 } }
        var query = DeviceQuery()
        if text("verdict") != nil, let verdict = try request.query("verdict", of: Self.verdicts) {
            query.verdict = DeviceVerdict(rawValue: verdict)
        }
        if text("sort") != nil, let order = try request.query("sort", of: DeviceQuery.Order.allCases.map(\.rawValue)) {
            query.order = DeviceQuery.Order(rawValue: order) ?? .lastSeen
        }
        if text("silent") != nil, try request.query("silent", of: ["true"]) != nil {
            query.silentSince = now.adding(.zero - silence)
        }
        query.model = text("model").map { DeviceFacts.searchForm($0) }
        query.site = text("site")
        if let wanted = text("q") {
            query.search = DeviceQuery.Search(for: wanted)
        }
        return query
    }

    /// The place that `after` of an address names.
    func cursor(_ request: Request, _ query: DeviceQuery) throws(Problem) -> DeviceCursor? {
        guard let text = request.query("after") else { return nil }
        guard let cursor = DeviceCursor(text, in: query.order) else {
            throw .malformed("after must be the `next` of another page of the same list")
        }
        return cursor
    }

    /// Ids of profiles that can be assigned, the first of them.
    func profiles() async throws -> [String] {
        try await store.documents(.profile, after: nil, limit: 200).map(\.id)
    }
}

extension DeviceQuery.Search {
    /// Looks for what somebody typed.
    package init(for text: String) {
        let text = String(text.prefix(DeviceSearchLimits.text))
        self.init(text: DeviceFacts.searchForm(text), serial: FleetIdentities.fold(serial: text))
    }
}

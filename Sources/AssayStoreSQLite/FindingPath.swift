internal import AssayStore
internal import GRDB

/// Which way a list of findings is read.
///
/// SQLite does not know how many findings have a cause or how many devices a model; the counts do. A page must not go
/// through a million findings to find its fifty.
enum FindingPath: Equatable {
    /// No finding fits.
    case nowhere
    /// Newest first along an index of `findings`, passing over what the rest of the query leaves out.
    case along(index: String)
    /// All findings of the devices that fit, of which there are few.
    case devices
    /// The newest findings of each cause that fits, of which there are few.
    case causes([(cause: String, rule: String)])

    /// Above so many devices, or findings of all causes that fit, the newest ones are found faster along an index.
    private static let few = 1000
    private static let mostCauses = 200

    /// Chooses a way.
    init(_ query: FindingQuery, limit: Int, in db: Database) throws {
        if query.deviceID != nil {
            self = .devices
            return
        }
        if query.model != nil || query.site != nil, try Self.hasFewDevices(query, in: db) {
            self = .devices
            return
        }
        let isCounted = !query.includesResolved && query.order == .newest
        let parts = [query.rule, query.severity, query.text, query.model, query.site].compactMap(\.self)
        if isCounted, query.cause == nil, query.text != nil || parts.count + (query.states.isEmpty ? 0 : 1) > 1 {
            let (causes, devices) = try Self.causes(query, in: db)
            if causes.isEmpty {
                self = .nowhere
                return
            }
            // The newest of each cause are enough where nothing is asked of their devices.
            let isBounded = query.model == nil && query.site == nil
            if causes.count <= Self.mostCauses, isBounded || devices <= Self.few {
                self = .causes(causes)
                return
            }
        }
        self = .along(index: Self.index(query))
    }

    private static func index(_ query: FindingQuery) -> String {
        if query.cause != nil { return "INDEXED BY findings_cause" }
        if query.rule != nil { return "INDEXED BY findings_rule" }
        if query.severity != nil, !query.includesResolved { return "INDEXED BY findings_open" }
        if query.states.count == 1 { return "INDEXED BY findings_state" }
        return query.includesResolved ? "NOT INDEXED" : "INDEXED BY findings_unresolved"
    }

    private static func hasFewDevices(_ query: FindingQuery, in db: Database) throws -> Bool {
        let pairs = [("model_name", query.model), ("site", query.site)].compactMap { column, value in
            value.map { (column, $0) }
        }
        let conditions = pairs.map { "\($0.0) = ?" }.joined(separator: " AND ")
        let count = try Int.fetchOne(
            db, sql: "SELECT count(*) FROM (SELECT 1 FROM devices WHERE \(conditions) LIMIT \(few + 1))",
            arguments: StatementArguments(pairs.map(\.1)))
        return count ?? 0 <= few
    }

    private static func causes(
        _ query: FindingQuery, in db: Database
    ) throws -> (causes: [(cause: String, rule: String)], devices: Int) {
        let (conditions, arguments) = SQLiteStore.countConditions(query, of: "n")
        let counts = "cause_counts n JOIN causes c ON c.cause = n.cause AND c.rule = n.rule"
        // Titles are compared once a cause, not once for each of its counts.
        let titles = "causes c CROSS JOIN cause_counts n ON c.cause = n.cause AND c.rule = n.rule"
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT n.cause, n.rule, sum(n.devices) AS devices
                FROM \(query.text == nil ? counts : titles)
                WHERE \(conditions.joined(separator: " AND ")) GROUP BY n.cause, n.rule LIMIT \(mostCauses + 1)
                """, arguments: StatementArguments(arguments))
        let causes = try rows.map { (cause: try $0.value("cause") as String, rule: try $0.value("rule") as String) }
        return (causes, try rows.reduce(0) { $0 + (try $1.value("devices") as Int) })
    }

    /// What stands behind `FROM`, with the tables `findings f` and `devices d`.
    func tables(_ query: FindingQuery) -> String {
        switch self {
        case .nowhere: return "findings f JOIN devices d ON d.id = f.device"
        case .along(let index): return "findings f \(index) CROSS JOIN devices d ON d.id = f.device"
        case .devices: return "devices d CROSS JOIN findings f INDEXED BY findings_device ON f.device = d.id"
        case .causes(let causes):
            let filter = SQLiteStore.findingConditions(query, of: "n").conditions.map { " AND " + $0 }.joined()
            return """
                (VALUES \(causes.map { _ in "(?, ?)" }.joined(separator: ", "))) AS k CROSS JOIN findings f ON f.id IN (
                    SELECT n.id FROM findings n INDEXED BY findings_cause
                    WHERE n.cause = k.column1 AND n.rule = k.column2 AND n.id < ?\(filter)
                    ORDER BY n.id DESC LIMIT ?) CROSS JOIN devices d ON d.id = f.device
                """
        }
    }

    /// The values of ``tables(_:)``.
    func arguments(
        _ query: FindingQuery, before cursor: Int64?, _ limit: Int
    ) -> [(any DatabaseValueConvertible)?] {
        guard case .causes(let causes) = self else { return [] }
        let own: [(any DatabaseValueConvertible)?] = causes.flatMap { [$0.cause, $0.rule] } + [cursor ?? .max]
        let most = query.model == nil && query.site == nil ? limit : -1
        return own + SQLiteStore.findingConditions(query, of: "n").arguments + [most]
    }

    static func == (left: FindingPath, right: FindingPath) -> Bool {
        switch (left, right) {
        case (.nowhere, .nowhere), (.devices, .devices): true
        case (.along(let first), .along(let second)): first == second
        case (.causes(let first), .causes(let second)): first.elementsEqual(second, by: ==)
        default: false
        }
    }
}

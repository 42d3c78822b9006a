internal import AssayModel
internal import AssayStore
internal import Foundation
internal import GRDB

/// Kinds of parts that nothing expects, counted by model as devices show them and stop showing them.
extension SQLiteStore {
    /// Most devices that the finding of a model names.
    private static let examples = 8

    /// Gives a device the name of its model, by which triggers count it; what is counted of the model needs it first.
    static func nameModel(_ name: String?, of device: Int64, in db: Database) throws {
        try db.cachedStatement(sql: "UPDATE devices SET model_name = ?1 WHERE id = ?2 AND model_name IS NOT ?1")
            .execute(arguments: [name, device])
    }

    /// Enters what a device shows, and opens or resolves the findings of its model that this touches.
    static func review(_ evaluation: DeviceEvaluation, device: Int64, in db: Database) throws {
        guard let review = evaluation.population else { return }
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT p.id, p.model, p.kind FROM population_members m CROSS JOIN populations p ON p.id = m.population
                    WHERE m.device = ?
                    """), arguments: [device])
        let model = evaluation.facts.modelName
        let shown = model == nil ? [] : review.kinds
        var touched: Set<Int64> = []
        var held: Set<String> = []
        for row in rows {
            let (id, kind): (Int64, String) = (try row.value("id"), try row.value("kind"))
            touched.insert(id)
            if try row.value("model") as String == model, shown.contains(where: { $0.key == kind }) {
                held.insert(kind)
            } else {
                try leave(id, device: device, in: db)
            }
        }
        for kind in shown where !held.contains(kind.key) {
            touched.insert(try join(kind, evaluation, model: model ?? "", device: device, in: db))
        }
        for id in touched.sorted() { try settle(id, review, evaluation, in: db) }
    }

    /// Has a device that is trusted no more counted no more; another one that shows the same is judged again for that.
    static func leavePopulations(device: Int64, in db: Database) throws {
        let held = try Int64.fetchAll(
            db, sql: "SELECT population FROM population_members WHERE device = ?", arguments: [device])
        for id in held {
            try leave(id, device: device, in: db)
            try db.execute(
                sql: """
                    UPDATE devices SET generation = generation + 1 WHERE id IN (
                        SELECT device FROM population_members WHERE population = ? LIMIT 1)
                    """, arguments: [id])
        }
    }

    private static func leave(_ population: Int64, device: Int64, in db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM population_members WHERE population = ? AND device = ?")
            .execute(arguments: [population, device])
        try db.cachedStatement(sql: "UPDATE populations SET devices = devices - 1 WHERE id = ?")
            .execute(arguments: [population])
    }

    private static func join(
        _ kind: PartKind, _ evaluation: DeviceEvaluation, model: String, device: Int64,
        in db: Database
    ) throws -> Int64 {
        let since = try arrival(of: kind, in: evaluation, device: device, in: db)
        guard
            let id = try Int64.fetchOne(
                db.cachedStatement(
                    sql: """
                        INSERT INTO populations(model, kind, class, label, devices, first_seen) VALUES (?, ?, ?, ?, 1, ?)
                        ON CONFLICT(model, kind) DO UPDATE SET
                            devices = devices + 1, first_seen = CASE WHEN devices <= 0 THEN excluded.first_seen
                                ELSE min(first_seen, excluded.first_seen) END
                        RETURNING id
                        """), arguments: [model, kind.key, kind.componentClass.rawValue, kind.label, since])
        else { throw StoreFailure(.corrupt, "population \(kind.key) of \(model)") }
        try db.cachedStatement(sql: "INSERT INTO population_members(population, device) VALUES (?, ?)")
            .execute(arguments: [id, device])
        return id
    }

    /// When the device came to have the part: with the inventory that shows it, where the one before did not.
    ///
    /// An inventory that was judged before and did not count then shows a change of the judgement: the part was always there.
    private static func arrival(
        of kind: PartKind, in evaluation: DeviceEvaluation, device: Int64, in db: Database
    ) throws -> Int64 {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT d.enrolled_at, min(r.received_at) AS arrived,
                        coalesce(max(r.digest = d.evaluated_report), 0) AS judged
                    FROM devices d JOIN reports r ON r.device = d.id AND r.root =
                        (SELECT root FROM reports WHERE device = d.id AND digest = ?2)
                    WHERE d.id = ?1
                    """), arguments: [device, evaluation.standing.report.stored])
        guard let row, let arrived = try row.value("arrived") as Int64? else {
            throw StoreFailure(.corrupt, "report \(evaluation.standing.report)")
        }
        if try row.value("judged") { return 0 }
        return kind.isNew == false ? try row.value("enrolled_at") : arrived
    }

    /// Asks what the state of a kind comes to, and writes it.
    private static func settle(
        _ population: Int64, _ review: PopulationReview, _ evaluation: DeviceEvaluation, in db: Database
    ) throws {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT p.*, m.devices AS total, m.first_seen AS model_since, f.id AS open_finding
                    FROM populations p CROSS JOIN models m ON m.name = p.model
                    LEFT JOIN findings f ON f.finding_id = p.finding AND f.resolved_at IS NULL WHERE p.id = ?
                    """), arguments: [population])
        guard let row else { throw StoreFailure(.corrupt, "population \(population)") }
        let members = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT d.id, d.device_id FROM population_members m CROSS JOIN devices d ON d.id = m.device
                    WHERE m.population = ? ORDER BY m.device LIMIT ?
                    """), arguments: [population, examples])
        let open: Int64? = try row.value("open_finding")
        let state = PopulationState(
            model: try row.value("model"), key: try row.value("kind"),
            componentClass: ComponentClass(rawValue: try row.value("class")), label: try row.value("label"),
            showing: try row.value("devices"), devices: try row.value("total"),
            since: try row.requiredTime("first_seen"),
            modelSince: try row.requiredTime("model_since"), isOpen: open != nil,
            examples: try members.map { try $0.digest("device_id") })
        let time = evaluation.standing.evaluatedAt
        if let finding = try review.finding(state), let example: Int64 = try members.first?.value("id") {
            try enter(finding, device: example, at: time, in: db)
            try db.cachedStatement(sql: "UPDATE populations SET finding = ? WHERE id = ?")
                .execute(arguments: [finding.id, population])
        } else if let open {
            try resolve(open, "\(state.showing) of \(state.devices) devices show it", at: time, in: db)
        }
    }
}

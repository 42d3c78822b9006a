internal import AssayModel
internal import AssayStore
internal import Foundation
internal import GRDB

/// Kinds of parts that nothing expects, counted by model as devices show them and stop showing them.
extension SQLiteStore {
    /// Most devices that the finding of a model names.
    private static let examples = 8

    /// Counts a device with its model; to be called before the device's row has the new name.
    static func countModel(_ name: String?, of device: Int64, in db: Database) throws {
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT model_name, enrolled_at FROM devices WHERE id = ?"), arguments: [device])
        guard let row else { return }
        let former: String? = try row.value("model_name")
        guard former != name else { return }
        if let former {
            try db.cachedStatement(sql: "UPDATE models SET devices = devices - 1 WHERE name = ?")
                .execute(arguments: [former])
        }
        guard let name else { return }
        try db.cachedStatement(
            sql: """
                INSERT INTO models(name, devices, first_seen) VALUES (?, 1, ?) ON CONFLICT(name) DO UPDATE SET
                    devices = devices + 1, first_seen = min(first_seen, excluded.first_seen)
                """
        ).execute(arguments: [name, try row.value("enrolled_at") as Int64])
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
        let shown = model == nil ? [] : review.sightings
        var touched: Set<Int64> = []
        var held: Set<String> = []
        for row in rows {
            let (id, kind): (Int64, String) = (try row.value("id"), try row.value("kind"))
            touched.insert(id)
            if try row.value("model") as String == model, shown.contains(where: { $0.kind.key == kind }) {
                held.insert(kind)
            } else {
                try leave(id, device: device, in: db)
            }
        }
        for sighting in shown where !held.contains(sighting.kind.key) {
            touched.insert(try join(sighting, model: model ?? "", device: device, in: db))
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

    /// A part that the inventory before did not show came with the device's finding; any other is as old as the device here.
    private static func join(
        _ sighting: PopulationReview.Sighting, model: String, device: Int64, in db: Database
    ) throws -> Int64 {
        let kind = sighting.kind
        let query =
            kind.isNew == true
            ? "SELECT first_seen FROM findings WHERE finding_id = ?2 AND device = ?1"
            : "SELECT enrolled_at FROM devices WHERE id = ?1 AND ?2 IS NOT NULL"
        guard
            let since = try Int64.fetchOne(db.cachedStatement(sql: query), arguments: [device, sighting.finding]),
            let id = try Int64.fetchOne(
                db.cachedStatement(
                    sql: """
                        INSERT INTO populations(model, kind, class, label, devices, first_seen) VALUES (?, ?, ?, ?, 1, ?)
                        ON CONFLICT(model, kind) DO UPDATE SET
                            devices = devices + 1, first_seen = min(first_seen, excluded.first_seen)
                        RETURNING id
                        """), arguments: [model, kind.key, kind.componentClass.rawValue, kind.label, since])
        else { throw StoreFailure(.corrupt, "population \(kind.key) of \(model)") }
        try db.cachedStatement(sql: "INSERT INTO population_members(population, device) VALUES (?, ?)")
            .execute(arguments: [id, device])
        return id
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

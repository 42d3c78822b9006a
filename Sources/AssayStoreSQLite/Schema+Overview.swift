internal import GRDB

extension Schema {
    /// What the overview and the search read; the database keeps the counts itself, so that no change can forget them.
    static func addOverview(to db: Database) throws {
        try db.execute(sql: overview)
        try db.execute(sql: deviceCounters)
        try db.execute(sql: findingCounters)
        try db.execute(sql: search)
        // Evaluation fills the search index; what is evaluated again is looked up, not judged again.
        try db.execute(sql: "UPDATE devices SET generation = generation + 1 WHERE last_report IS NOT NULL")
    }

    // A group's row with an empty verdict counts all of its devices.
    private static let overview = """
        CREATE TABLE device_counts(
            dimension TEXT NOT NULL,
            name TEXT NOT NULL,
            verdict TEXT NOT NULL,
            devices INTEGER NOT NULL,
            PRIMARY KEY(dimension, name, verdict)
        ) WITHOUT ROWID;
        CREATE INDEX device_counts_size ON device_counts(dimension, devices) WHERE verdict = '';
        CREATE TABLE finding_counts(
            state TEXT NOT NULL,
            severity TEXT NOT NULL,
            findings INTEGER NOT NULL,
            PRIMARY KEY(state, severity)
        ) WITHOUT ROWID;
        CREATE TABLE fleet_days(day TEXT PRIMARY KEY, verdicts BLOB NOT NULL, findings BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE verdict_changes(
            id INTEGER PRIMARY KEY,
            device INTEGER NOT NULL REFERENCES devices(id),
            at INTEGER NOT NULL,
            before TEXT,
            after TEXT NOT NULL
        );
        CREATE INDEX verdict_changes_at ON verdict_changes(at) WHERE before IS NOT NULL;
        CREATE INDEX verdict_changes_device ON verdict_changes(device);
        CREATE TRIGGER devices_verdict AFTER UPDATE OF verdict ON devices WHEN NEW.verdict IS NOT OLD.verdict BEGIN
            INSERT INTO verdict_changes(device, at, before, after)
            SELECT NEW.id, coalesce(NEW.evaluated_at, 0), OLD.verdict, NEW.verdict WHERE NEW.verdict IS NOT NULL;
        END;
        CREATE INDEX devices_heard ON devices(coalesce(last_received_at, enrolled_at)) WHERE revoked_at IS NULL;
        CREATE INDEX finding_events_at ON finding_events(event, at);
        CREATE INDEX audit_action ON audit(action, at);
        CREATE INDEX results_newest ON results(station);
        CREATE INDEX results_taken ON results(taken_at, station, unit, verdict);
        """

    private static let deviceCounters = """
        CREATE TRIGGER devices_counted AFTER INSERT ON devices BEGIN \(count("NEW", 1)) END;
        CREATE TRIGGER devices_recounted AFTER UPDATE OF verdict, model_name, site ON devices
        WHEN NEW.verdict IS NOT OLD.verdict OR NEW.model_name IS NOT OLD.model_name OR NEW.site IS NOT OLD.site
        BEGIN
            \(count("OLD", -1))
            \(count("NEW", 1))
            DELETE FROM device_counts WHERE dimension = 'model' AND name = coalesce(OLD.model_name, '') AND devices = 0;
            DELETE FROM device_counts WHERE dimension = 'site' AND name = coalesce(OLD.site, '') AND devices = 0;
        END;
        INSERT INTO device_counts SELECT 'fleet', '', coalesce(verdict, 'pending'), count(*) FROM devices GROUP BY 3;
        INSERT INTO device_counts SELECT 'fleet', '', '', count(*) FROM devices;
        \(["model_name", "site"].map(countGroups).joined(separator: "\n"))
        """

    private static func count(_ row: String, _ step: Int) -> String {
        let groups = [
            ("fleet", "''"), ("model", "coalesce(\(row).model_name, '')"), ("site", "coalesce(\(row).site, '')"),
        ]
        let values = groups.flatMap { dimension, name in
            ["''", "coalesce(\(row).verdict, 'pending')"].map { "('\(dimension)', \(name), \($0), \(step))" }
        }
        return """
            INSERT INTO device_counts(dimension, name, verdict, devices) VALUES \(values.joined(separator: ", "))
            ON CONFLICT(dimension, name, verdict) DO UPDATE SET devices = devices + excluded.devices;
            """
    }

    private static func countGroups(_ column: String) -> String {
        let dimension = column == "site" ? "site" : "model"
        return """
            INSERT INTO device_counts SELECT '\(dimension)', coalesce(\(column), ''), coalesce(verdict, 'pending'), count(*)
            FROM devices GROUP BY 2, 3;
            INSERT INTO device_counts SELECT '\(dimension)', coalesce(\(column), ''), '', count(*) FROM devices GROUP BY 2;
            """
    }

    private static let findingCounters = """
        INSERT INTO finding_counts SELECT state, severity, count(*) FROM findings GROUP BY state, severity;
        CREATE TRIGGER findings_counted AFTER INSERT ON findings BEGIN
            INSERT INTO finding_counts(state, severity, findings) VALUES (NEW.state, NEW.severity, 1)
            ON CONFLICT(state, severity) DO UPDATE SET findings = findings + 1;
        END;
        CREATE TRIGGER findings_recounted AFTER UPDATE OF state, severity ON findings
        WHEN NEW.state IS NOT OLD.state OR NEW.severity IS NOT OLD.severity BEGIN
            INSERT INTO finding_counts(state, severity, findings)
            VALUES (OLD.state, OLD.severity, -1), (NEW.state, NEW.severity, 1)
            ON CONFLICT(state, severity) DO UPDATE SET findings = findings + excluded.findings;
        END;
        """

    // A whole that is not split is a part of itself, so that one path leads from a fact to its holders.
    private static let search = """
        CREATE TABLE fact_objects(id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, section TEXT NOT NULL);
        CREATE TABLE facts(
            kind TEXT NOT NULL,
            key BLOB NOT NULL,
            object INTEGER NOT NULL,
            label TEXT,
            place TEXT,
            PRIMARY KEY(kind, key, object)
        ) WITHOUT ROWID;
        CREATE TABLE fact_parts(part INTEGER NOT NULL, whole INTEGER NOT NULL, PRIMARY KEY(part, whole)) WITHOUT ROWID;
        CREATE INDEX fact_parts_whole ON fact_parts(whole);
        CREATE TABLE fact_holders(
            object INTEGER NOT NULL,
            device INTEGER NOT NULL,
            PRIMARY KEY(object, device)
        ) WITHOUT ROWID;
        CREATE INDEX fact_holders_device ON fact_holders(device);
        """
}

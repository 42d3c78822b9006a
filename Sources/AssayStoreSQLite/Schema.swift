internal import GRDB

/// The tables, as a list of migrations of which none is ever edited.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 devices, reports, content") { try $0.execute(sql: reports) }
        migrator.registerMigration("2 evaluation, findings") { try $0.execute(sql: evaluation) }
        migrator.registerMigration("3 documents, tokens, audit") { try $0.execute(sql: documents) }
        migrator.registerMigration("4 nothing is overwritten") { db in
            try forbidChanges(of: ["reports", "content", "documents", "audit"], in: db)
        }
        migrator.registerMigration("5 counts of sections") { db in
            try db.execute(sql: "ALTER TABLE devices ADD COLUMN last_counts BLOB")
        }
        migrator.registerMigration("6 content that waits") { try $0.execute(sql: pendingContent) }
        migrator.registerMigration("7 results of verifications") { db in
            try db.execute(sql: results)
            try forbidChanges(of: ["results"], in: db)
        }
        migrator.registerMigration("8 fleet index") { db in
            try db.execute(sql: fleet)
            try forbidChanges(of: ["part_marks"], in: db)
        }
        migrator.registerMigration("9 life of findings") { db in
            try db.execute(sql: findingLife)
            try forbidChanges(of: ["finding_events"], in: db)
        }
        migrator.registerMigration("10 dirty devices by id") { try $0.execute(sql: dirtyByID) }
        migrator.registerMigration("11 populations") { try $0.execute(sql: populations) }
        migrator.registerMigration("12 people") { try $0.execute(sql: people) }
        migrator.registerMigration("13 lists of devices") { db in
            try db.execute(sql: deviceLists)
            try SearchForms.enter(in: db)
        }
        migrator.registerMigration("14 overview, search") { db in
            try addOverview(to: db)
            try forbidChanges(of: ["verdict_changes"], in: db)
        }
        migrator.registerMigration("15 causes are counted") { try $0.execute(sql: CauseCounting.tables) }
        migrator.registerMigration("16 search of serial numbers") { db in
            try db.execute(
                sql: """
                    CREATE INDEX documents_serial_search ON documents(kind, serial COLLATE NOCASE, document_id, revision)
                    WHERE serial IS NOT NULL
                    """)
        }
        migrator.registerMigration("17 devices of models") { try $0.execute(sql: modelCounts) }
        return migrator
    }

    // Batches follow each other in the order of the ids; by number each would sort all that are dirty.
    private static let dirtyByID = """
        DROP INDEX devices_dirty;
        CREATE INDEX devices_dirty ON devices(device_id) WHERE generation <> evaluated_generation;
        """

    private static func forbidChanges(of tables: [String], in db: Database) throws {
        for table in tables {
            for verb in ["UPDATE", "DELETE"] {
                try db.execute(
                    sql: """
                        CREATE TRIGGER \(table)_no_\(verb.lowercased()) BEFORE \(verb) ON \(table)
                        BEGIN SELECT RAISE(ABORT, '\(table) are never overwritten'); END
                        """)
            }
        }
    }

    // Times are milliseconds since 1970, digests the 32 bytes of a SHA-256.
    private static let reports = """
        CREATE TABLE settings(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE devices(
            id INTEGER PRIMARY KEY,
            device_id BLOB NOT NULL UNIQUE,
            public_key BLOB NOT NULL,
            enrolled_at INTEGER NOT NULL,
            token_id TEXT NOT NULL,
            profile_id TEXT,
            revoked_at INTEGER,
            certificate_expiry INTEGER NOT NULL,
            facts BLOB NOT NULL,
            last_sequence INTEGER,
            last_report BLOB,
            last_root BLOB,
            former_root BLOB,
            last_boot_id TEXT,
            last_taken_at INTEGER,
            last_received_at INTEGER,
            generation INTEGER NOT NULL DEFAULT 0,
            evaluated_generation INTEGER NOT NULL DEFAULT 0,
            evaluated_report BLOB,
            evaluated_at INTEGER,
            verdict TEXT,
            critical INTEGER NOT NULL DEFAULT 0,
            high INTEGER NOT NULL DEFAULT 0,
            medium INTEGER NOT NULL DEFAULT 0,
            low INTEGER NOT NULL DEFAULT 0,
            outcomes BLOB,
            applied_profile TEXT,
            applied_record TEXT
        );
        CREATE INDEX devices_dirty ON devices(id) WHERE generation <> evaluated_generation;
        CREATE TABLE reports(
            id INTEGER PRIMARY KEY,
            device INTEGER NOT NULL REFERENCES devices(id),
            sequence INTEGER NOT NULL,
            digest BLOB NOT NULL,
            root BLOB NOT NULL,
            received_at INTEGER NOT NULL,
            fresh INTEGER NOT NULL,
            envelope BLOB NOT NULL,
            UNIQUE(device, sequence)
        );
        CREATE TABLE pending_reports(
            device INTEGER PRIMARY KEY REFERENCES devices(id),
            digest BLOB NOT NULL,
            sequence INTEGER NOT NULL,
            root BLOB NOT NULL,
            received_at INTEGER NOT NULL,
            envelope BLOB NOT NULL
        );
        CREATE TABLE content(
            id INTEGER PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE,
            size INTEGER NOT NULL,
            encoding INTEGER NOT NULL,
            data BLOB NOT NULL
        );
        """

    // Small columns first: what is asked of them reads no page of `data`.
    private static let pendingContent = """
        CREATE TABLE pending_content(
            device INTEGER NOT NULL REFERENCES devices(id),
            digest BLOB NOT NULL,
            report BLOB NOT NULL,
            received_at INTEGER NOT NULL,
            size INTEGER NOT NULL,
            encoding INTEGER NOT NULL,
            data BLOB NOT NULL,
            PRIMARY KEY(device, digest)
        );
        """

    private static let results = """
        CREATE TABLE results(
            id INTEGER PRIMARY KEY,
            device INTEGER NOT NULL REFERENCES devices(id),
            digest BLOB NOT NULL UNIQUE,
            unit TEXT NOT NULL,
            model TEXT,
            station TEXT,
            operator TEXT,
            verdict TEXT NOT NULL,
            taken_at INTEGER NOT NULL,
            received_at INTEGER NOT NULL,
            envelope BLOB NOT NULL
        );
        CREATE INDEX results_unit ON results(unit, id);
        CREATE INDEX results_station ON results(station, unit, taken_at, id, verdict);
        """

    // A stay without an end lasts; its indexes are partial, so that neither look-up meets the rows of the other.
    private static let fleet = """
        ALTER TABLE devices ADD COLUMN identity_set BLOB;
        ALTER TABLE devices ADD COLUMN former_boot_id TEXT;
        CREATE TABLE identities(
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            value TEXT NOT NULL,
            class TEXT NOT NULL,
            serial TEXT NOT NULL,
            label TEXT NOT NULL,
            holders INTEGER NOT NULL,
            stays INTEGER NOT NULL,
            UNIQUE(kind, value)
        );
        CREATE INDEX identities_serial ON identities(serial);
        CREATE TABLE stays(
            identity INTEGER NOT NULL REFERENCES identities(id),
            device INTEGER NOT NULL REFERENCES devices(id),
            location TEXT NOT NULL,
            first_seen INTEGER NOT NULL,
            left_at INTEGER
        );
        CREATE UNIQUE INDEX stays_device ON stays(device, identity) WHERE left_at IS NULL;
        CREATE INDEX stays_lasting ON stays(identity) WHERE left_at IS NULL;
        CREATE INDEX stays_ended ON stays(identity, left_at) WHERE left_at IS NOT NULL;
        CREATE TABLE part_marks(
            id INTEGER PRIMARY KEY,
            serial TEXT NOT NULL,
            class TEXT,
            status TEXT NOT NULL,
            reason TEXT NOT NULL,
            actor TEXT NOT NULL,
            at INTEGER NOT NULL
        );
        CREATE INDEX part_marks_serial ON part_marks(serial);
        """

    private static let findingLife = """
        ALTER TABLE devices ADD COLUMN model_name TEXT;
        ALTER TABLE devices ADD COLUMN site TEXT;
        CREATE INDEX devices_model ON devices(model_name) WHERE model_name IS NOT NULL;
        ALTER TABLE findings ADD COLUMN cause TEXT NOT NULL DEFAULT '';
        ALTER TABLE findings ADD COLUMN state TEXT NOT NULL DEFAULT 'open';
        ALTER TABLE findings ADD COLUMN waiver TEXT;
        UPDATE findings SET state = CASE WHEN resolved_at IS NULL THEN 'open' ELSE 'resolved' END,
            cause = CASE WHEN json_valid(CAST(content AS TEXT))
                THEN coalesce(json_extract(CAST(content AS TEXT), '$.cause'), '') ELSE '' END;
        CREATE INDEX findings_cause ON findings(cause) WHERE resolved_at IS NULL;
        CREATE INDEX findings_waiver ON findings(waiver) WHERE waiver IS NOT NULL;
        CREATE TABLE finding_events(
            id INTEGER PRIMARY KEY,
            finding INTEGER NOT NULL REFERENCES findings(id),
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            event TEXT NOT NULL,
            detail TEXT NOT NULL
        );
        CREATE INDEX finding_events_finding ON finding_events(finding);
        CREATE TABLE waivers(
            id TEXT PRIMARY KEY,
            cause TEXT NOT NULL,
            rule TEXT NOT NULL,
            scope TEXT NOT NULL,
            subject TEXT NOT NULL,
            owner TEXT NOT NULL,
            reason TEXT NOT NULL,
            expires_at INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            created_by TEXT NOT NULL,
            ended_at INTEGER
        );
        CREATE INDEX waivers_subject ON waivers(scope, subject) WHERE ended_at IS NULL;
        CREATE INDEX waivers_expiry ON waivers(expires_at) WHERE ended_at IS NULL;
        """

    // `devices_list` holds all that a list filters and sorts by, so that a page reads few whole rows; the others are for
    // searches by the beginning of a text.
    private static let deviceLists = """
        ALTER TABLE devices ADD COLUMN search_serial TEXT;
        ALTER TABLE devices ADD COLUMN search_model TEXT;
        ALTER TABLE devices ADD COLUMN search_host TEXT;
        ALTER TABLE devices ADD COLUMN search_site TEXT;
        CREATE INDEX devices_list ON devices(
            last_received_at, verdict, critical, high, medium, low, model_name, site, revoked_at);
        CREATE INDEX devices_search_serial ON devices(search_serial) WHERE search_serial IS NOT NULL;
        CREATE INDEX devices_search_model ON devices(search_model) WHERE search_model IS NOT NULL;
        CREATE INDEX devices_search_host ON devices(search_host) WHERE search_host IS NOT NULL;
        CREATE INDEX devices_search_site ON devices(search_site) WHERE search_site IS NOT NULL;
        CREATE INDEX devices_site ON devices(site) WHERE site IS NOT NULL;
        """

    private static let evaluation = """
        CREATE TABLE anomalies(
            id INTEGER PRIMARY KEY,
            device INTEGER NOT NULL REFERENCES devices(id),
            kind TEXT NOT NULL,
            expected TEXT NOT NULL,
            observed TEXT NOT NULL,
            report BLOB NOT NULL,
            seen_at INTEGER NOT NULL,
            settled_at INTEGER
        );
        CREATE INDEX anomalies_open ON anomalies(device) WHERE settled_at IS NULL;
        CREATE TABLE evaluations(
            key BLOB PRIMARY KEY, encoding INTEGER NOT NULL, size INTEGER NOT NULL, result BLOB NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE findings(
            id INTEGER PRIMARY KEY,
            finding_id TEXT NOT NULL UNIQUE,
            device INTEGER NOT NULL REFERENCES devices(id),
            rule TEXT NOT NULL,
            severity TEXT NOT NULL,
            title TEXT NOT NULL,
            content BLOB NOT NULL,
            first_seen INTEGER NOT NULL,
            last_seen INTEGER NOT NULL,
            first_report BLOB NOT NULL,
            last_report BLOB NOT NULL,
            resolved_at INTEGER,
            resolution TEXT
        );
        CREATE INDEX findings_device ON findings(device, id);
        CREATE INDEX findings_open ON findings(severity) WHERE resolved_at IS NULL;
        """

    private static let documents = """
        CREATE TABLE documents(
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            document_id TEXT NOT NULL,
            revision INTEGER NOT NULL,
            digest BLOB NOT NULL,
            content BLOB NOT NULL,
            serial TEXT,
            device_id TEXT,
            imported_at INTEGER NOT NULL,
            UNIQUE(kind, document_id, revision)
        );
        CREATE INDEX documents_serial ON documents(serial) WHERE serial IS NOT NULL;
        CREATE INDEX documents_device ON documents(device_id) WHERE device_id IS NOT NULL;
        CREATE TABLE join_tokens(
            id TEXT PRIMARY KEY,
            secret_hash BLOB NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            uses INTEGER NOT NULL,
            used INTEGER NOT NULL DEFAULT 0,
            profile_id TEXT,
            revoked_at INTEGER
        );
        CREATE TABLE token_uses(
            token_id TEXT NOT NULL REFERENCES join_tokens(id),
            device_id BLOB NOT NULL,
            PRIMARY KEY(token_id, device_id)
        ) WITHOUT ROWID;
        CREATE TABLE operator_tokens(
            id TEXT PRIMARY KEY,
            secret_hash BLOB NOT NULL,
            name TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            revoked_at INTEGER
        );
        CREATE TABLE audit(
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            detail TEXT NOT NULL
        );
        """
}

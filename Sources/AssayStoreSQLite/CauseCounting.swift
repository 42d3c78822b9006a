/// How many devices show each cause, counted by the database itself with every change of a finding.
///
/// Pages over a fleet read these counts; to count when they are read would go through every finding. `causes` has one row a
/// cause with the devices that show it at all; `cause_counts` splits them by state, severity, model and site. A device that
/// shows a cause twice in different states or severities stands in both rows, and once in `causes`.
enum CauseCounting {
    /// 0 for what matters most.
    static func rank(_ column: String) -> String {
        """
        CASE \(column) WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 ELSE 4 END
        """
    }

    /// Adds a number to the row of a finding's bucket, unless another finding of the device stands in it.
    private static func count(_ row: String, _ difference: Int) -> String {
        """
        INSERT INTO cause_counts(cause, rule, state, rank, model, site, devices)
            SELECT \(row).cause, \(row).rule, \(row).state, \(rank("\(row).severity")), coalesce(model_name, ''),
                coalesce(site, ''), \(difference)
            FROM devices WHERE id = \(row).device AND \(row).state <> 'resolved' AND NOT EXISTS (
                SELECT 1 FROM findings f WHERE f.device = \(row).device AND f.cause = \(row).cause
                    AND f.rule = \(row).rule AND f.state = \(row).state AND f.severity = \(row).severity
                    AND f.id <> \(row).id)
            ON CONFLICT DO UPDATE SET devices = devices + excluded.devices;
        UPDATE causes SET devices = devices + (\(difference))
            WHERE cause = \(row).cause AND rule = \(row).rule AND \(row).state <> 'resolved' AND NOT EXISTS (
                SELECT 1 FROM findings f WHERE f.device = \(row).device AND f.cause = \(row).cause
                    AND f.rule = \(row).rule AND f.state <> 'resolved' AND f.id <> \(row).id);
        """
    }

    /// Drops what has become empty, and says again how grave the cause is.
    private static func tidy(_ row: String) -> String {
        """
        DELETE FROM cause_counts WHERE cause = \(row).cause AND rule = \(row).rule AND devices <= 0;
        UPDATE causes SET rank = coalesce((SELECT min(rank) FROM cause_counts c
                WHERE c.cause = causes.cause AND c.rule = causes.rule), 4)
            WHERE cause = \(row).cause AND rule = \(row).rule;
        """
    }

    private static let enter = """
        INSERT INTO causes(cause, rule, title, rank, devices, first_seen, last_seen)
            VALUES (NEW.cause, NEW.rule, NEW.title, 4, 0, NEW.first_seen, NEW.last_seen)
            ON CONFLICT DO UPDATE SET first_seen = min(first_seen, excluded.first_seen),
                last_seen = max(last_seen, excluded.last_seen);
        """

    /// Adds a number to the buckets of all findings of a device that is at another place or of another model.
    private static func move(_ row: String, _ difference: Int) -> String {
        """
        INSERT INTO cause_counts(cause, rule, state, rank, model, site, devices)
            SELECT DISTINCT cause, rule, state, \(rank("severity")), coalesce(\(row).model_name, ''),
                coalesce(\(row).site, ''), \(difference)
            FROM findings WHERE device = \(row).id AND state <> 'resolved'
            ON CONFLICT DO UPDATE SET devices = devices + excluded.devices;
        """
    }

    /// The tables, what keeps them, what stands in them at first, and the indices of the lists of findings.
    static let tables = """
        CREATE TABLE causes(
            cause TEXT NOT NULL,
            rule TEXT NOT NULL,
            title TEXT NOT NULL,
            rank INTEGER NOT NULL,
            devices INTEGER NOT NULL,
            first_seen INTEGER NOT NULL,
            last_seen INTEGER NOT NULL,
            PRIMARY KEY(cause, rule)
        ) WITHOUT ROWID;
        CREATE INDEX causes_order ON causes(rank, devices DESC, cause, rule) WHERE devices > 0;
        CREATE INDEX causes_rule ON causes(rule);
        CREATE TABLE cause_counts(
            cause TEXT NOT NULL,
            rule TEXT NOT NULL,
            state TEXT NOT NULL,
            rank INTEGER NOT NULL,
            model TEXT NOT NULL,
            site TEXT NOT NULL,
            devices INTEGER NOT NULL,
            PRIMARY KEY(cause, rule, state, rank, model, site)
        ) WITHOUT ROWID;
        CREATE INDEX cause_counts_model ON cause_counts(model, cause, rule, rank, devices, state, site);
        CREATE INDEX cause_counts_site ON cause_counts(site, cause, rule, rank, devices, state, model);
        CREATE INDEX cause_counts_state ON cause_counts(state, cause, rule, rank, devices);
        INSERT INTO causes SELECT cause, rule, max(title), coalesce(min(\(rank("severity"))) FILTER (WHERE state <> 'resolved'), 4),
                count(DISTINCT device) FILTER (WHERE state <> 'resolved'), min(first_seen), max(last_seen)
            FROM findings GROUP BY cause, rule;
        INSERT INTO cause_counts SELECT f.cause, f.rule, f.state, \(rank("f.severity")) AS rank,
                coalesce(d.model_name, ''), coalesce(d.site, ''), count(DISTINCT f.device)
            FROM findings f JOIN devices d ON d.id = f.device WHERE f.state <> 'resolved' GROUP BY 1, 2, 3, 4, 5, 6;
        CREATE TRIGGER findings_counted_new AFTER INSERT ON findings BEGIN
            \(enter)
            \(count("NEW", 1))
            \(tidy("NEW"))
        END;
        CREATE TRIGGER findings_counted_change AFTER UPDATE OF cause, rule, state, severity, device ON findings
        WHEN (OLD.cause, OLD.rule, OLD.state, OLD.severity, OLD.device)
            IS NOT (NEW.cause, NEW.rule, NEW.state, NEW.severity, NEW.device) BEGIN
            \(enter)
            \(count("OLD", -1))
            \(count("NEW", 1))
            \(tidy("OLD"))
            \(tidy("NEW"))
        END;
        CREATE TRIGGER findings_counted_seen AFTER UPDATE OF last_seen ON findings WHEN NEW.last_seen > OLD.last_seen BEGIN
            UPDATE causes SET last_seen = NEW.last_seen, title = NEW.title
                WHERE cause = NEW.cause AND rule = NEW.rule AND last_seen < NEW.last_seen;
        END;
        CREATE TRIGGER devices_counted_move AFTER UPDATE OF model_name, site ON devices
        WHEN (OLD.model_name, OLD.site) IS NOT (NEW.model_name, NEW.site) BEGIN
            \(move("OLD", -1))
            \(move("NEW", 1))
            DELETE FROM cause_counts WHERE devices <= 0 AND (cause, rule) IN (
                SELECT cause, rule FROM findings WHERE device = NEW.id AND state <> 'resolved');
        END;
        DROP INDEX findings_cause;
        CREATE INDEX findings_cause ON findings(cause);
        CREATE INDEX findings_rule ON findings(rule);
        CREATE INDEX findings_state ON findings(state);
        CREATE INDEX findings_unresolved ON findings(id) WHERE resolved_at IS NULL;
        CREATE INDEX waivers_created ON waivers(created_at);
        """
}

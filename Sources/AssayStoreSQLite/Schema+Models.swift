/// What is counted of a model of devices.
extension Schema {
    // What a report costs must not grow with the model: devices of a model and holders of a part are counted as they come.
    static let populations = """
        ALTER TABLE findings ADD COLUMN scope TEXT NOT NULL DEFAULT 'device';
        ALTER TABLE findings ADD COLUMN model TEXT;
        CREATE TABLE models(
            name TEXT PRIMARY KEY, devices INTEGER NOT NULL, first_seen INTEGER NOT NULL
        ) WITHOUT ROWID;
        INSERT INTO models SELECT model_name, count(*), min(enrolled_at) FROM devices
            WHERE model_name IS NOT NULL GROUP BY model_name;
        CREATE TABLE populations(
            id INTEGER PRIMARY KEY,
            model TEXT NOT NULL,
            kind TEXT NOT NULL,
            class TEXT NOT NULL,
            label TEXT NOT NULL,
            devices INTEGER NOT NULL,
            first_seen INTEGER NOT NULL,
            finding TEXT,
            UNIQUE(model, kind)
        );
        CREATE TABLE population_members(
            population INTEGER NOT NULL REFERENCES populations(id),
            device INTEGER NOT NULL REFERENCES devices(id),
            PRIMARY KEY(population, device)
        ) WITHOUT ROWID;
        CREATE INDEX population_members_device ON population_members(device);
        """

    // A device has its model's name from enrolment on, and may get another with any report: whoever writes it, it is counted.
    static let modelCounts = """
        DELETE FROM models;
        INSERT INTO models SELECT model_name, count(*), min(enrolled_at) FROM devices
            WHERE model_name IS NOT NULL GROUP BY model_name;
        CREATE TRIGGER devices_named AFTER INSERT ON devices WHEN NEW.model_name IS NOT NULL BEGIN
            INSERT INTO models(name, devices, first_seen) VALUES (NEW.model_name, 1, NEW.enrolled_at)
            ON CONFLICT(name) DO UPDATE SET
                devices = devices + 1, first_seen = min(first_seen, excluded.first_seen);
        END;
        CREATE TRIGGER devices_renamed AFTER UPDATE OF model_name ON devices
        WHEN NEW.model_name IS NOT OLD.model_name BEGIN
            UPDATE models SET devices = devices - 1 WHERE name = OLD.model_name;
            INSERT INTO models(name, devices, first_seen)
            SELECT NEW.model_name, 1, NEW.enrolled_at WHERE NEW.model_name IS NOT NULL
            ON CONFLICT(name) DO UPDATE SET
                devices = devices + 1, first_seen = min(first_seen, excluded.first_seen);
        END;
        """
}

/// People, their sessions and the links that let them in.
extension Schema {
    // Sessions and invitations may go once they have ended; what they did stands in the audit trail.
    static let people = """
        CREATE TABLE accounts(
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            role TEXT NOT NULL,
            password_hash TEXT,
            one_time_secret BLOB,
            one_time_step INTEGER,
            subject TEXT UNIQUE,
            created_at INTEGER NOT NULL,
            access_ends INTEGER,
            closed_at INTEGER,
            last_sign_in INTEGER,
            failures INTEGER NOT NULL DEFAULT 0,
            locked_until INTEGER
        );
        CREATE TABLE invitations(
            secret_hash BLOB PRIMARY KEY,
            account TEXT REFERENCES accounts(id),
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            ended_at INTEGER
        ) WITHOUT ROWID;
        CREATE TABLE sessions(
            secret_hash BLOB PRIMARY KEY,
            account TEXT NOT NULL REFERENCES accounts(id),
            created_at INTEGER NOT NULL,
            used_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            origin TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX sessions_account ON sessions(account);
        ALTER TABLE operator_tokens ADD COLUMN permissions TEXT;
        ALTER TABLE operator_tokens ADD COLUMN expires_at INTEGER;
        """
}

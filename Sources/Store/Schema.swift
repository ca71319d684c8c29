import GRDB

/// The state database's layout, as migrations that are only ever added to (`schemas/state.md`).
enum Schema {
    /// Marks the file as ours: "HZD1".
    static let applicationID: Int32 = 0x485A_4431

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 spine") { db in
            try db.execute(sql: spine)
        }
        migrator.registerMigration("2 black box") { db in
            try db.execute(sql: blackBox)
        }
        migrator.registerMigration("3 life cycle") { db in
            try db.execute(sql: lifeCycle)
        }
        migrator.registerMigration("4 withdrawal") { db in
            try db.execute(sql: withdrawal)
        }
        migrator.registerMigration("5 configuration versions") { db in
            try db.execute(sql: configurationVersions)
        }
        migrator.registerMigration("6 escalation queue") { db in
            try db.execute(sql: escalationQueue)
        }
        migrator.registerMigration("7 room for claims") { db in
            try db.execute(sql: "ALTER TABLE escalation_task ADD COLUMN room BLOB")
        }
        return migrator
    }

    private static let spine = """
        PRAGMA application_id = \(applicationID);
        CREATE TABLE point (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE gateway (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, last_sequence INTEGER NOT NULL DEFAULT -1,
            epoch INTEGER NOT NULL DEFAULT 0, high_water INTEGER, declared_offline INTEGER NOT NULL DEFAULT 0,
            gap_ends INTEGER, missed INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE TABLE journal (
            id INTEGER PRIMARY KEY AUTOINCREMENT, committed_at INTEGER NOT NULL, t_min INTEGER, t_max INTEGER,
            samples INTEGER NOT NULL, first_event INTEGER, last_event INTEGER, actions INTEGER NOT NULL,
            chain BLOB NOT NULL, spans BLOB NOT NULL, block BLOB NOT NULL) STRICT;
        CREATE INDEX journal_time ON journal(t_min, t_max);
        CREATE TABLE event (
            sequence INTEGER PRIMARY KEY, time INTEGER NOT NULL, type TEXT NOT NULL, site TEXT NOT NULL,
            subject TEXT NOT NULL, route TEXT, body TEXT NOT NULL) STRICT;
        CREATE INDEX event_site ON event(site, sequence);
        CREATE TABLE alarm (
            subject TEXT PRIMARY KEY, episode TEXT NOT NULL UNIQUE, state INTEGER NOT NULL, latching INTEGER NOT NULL,
            suppression INTEGER NOT NULL, priority INTEGER NOT NULL, source TEXT NOT NULL, point TEXT, unit TEXT,
            value REAL, alarm_limit REAL, sampled_at INTEGER, received_at INTEGER NOT NULL, raised_at INTEGER NOT NULL,
            announced INTEGER NOT NULL, realarm_at INTEGER, cause TEXT, consequence_zh TEXT, consequence_en TEXT,
            action_zh TEXT, action_en TEXT, body TEXT NOT NULL) STRICT;
        CREATE TABLE delay (
            subject TEXT PRIMARY KEY, is_on INTEGER NOT NULL, began INTEGER NOT NULL,
            began_at_source INTEGER NOT NULL, value REAL, rule_limit REAL) STRICT;
        CREATE TABLE escalation_task (
            id TEXT PRIMARY KEY, episode TEXT NOT NULL, subject TEXT NOT NULL, tier TEXT NOT NULL,
            step INTEGER NOT NULL, state TEXT NOT NULL, due_at INTEGER, wait INTEGER NOT NULL,
            announcements INTEGER NOT NULL) STRICT;
        CREATE INDEX escalation_open ON escalation_task(state) WHERE state IN ('scheduled', 'due');
        CREATE TABLE operator_action (
            id INTEGER PRIMARY KEY, journal_id INTEGER NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL,
            action TEXT NOT NULL, episode TEXT NOT NULL, comment TEXT, request_id TEXT, outcome TEXT NOT NULL) STRICT;
        CREATE INDEX operator_request ON operator_action(actor, request_id) WHERE request_id IS NOT NULL;
        CREATE TABLE quarantine (
            id INTEGER PRIMARY KEY AUTOINCREMENT, received_at INTEGER NOT NULL, topic TEXT NOT NULL,
            reason TEXT NOT NULL, detail TEXT NOT NULL, excerpt BLOB NOT NULL) STRICT;
        CREATE TABLE unmapped (
            gateway TEXT NOT NULL, tag TEXT NOT NULL, count INTEGER NOT NULL, first_seen INTEGER NOT NULL,
            last_seen INTEGER NOT NULL, PRIMARY KEY (gateway, tag)) STRICT, WITHOUT ROWID;
        CREATE TABLE accounting (
            id INTEGER PRIMARY KEY CHECK (id = 1), received INTEGER NOT NULL, stored INTEGER NOT NULL,
            duplicate INTEGER NOT NULL, unmapped INTEGER NOT NULL, quarantined INTEGER NOT NULL,
            CHECK (received = stored + duplicate + unmapped + quarantined)) STRICT;
        INSERT INTO accounting VALUES (1, 0, 0, 0, 0, 0);
        CREATE TABLE cursor (name TEXT PRIMARY KEY, sequence INTEGER NOT NULL) STRICT;
        CREATE TABLE subscription (topic TEXT PRIMARY KEY) STRICT;
        CREATE TABLE writer (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
        CREATE TABLE snapshot (
            id INTEGER PRIMARY KEY CHECK (id = 1), journal_id INTEGER NOT NULL, taken_at INTEGER NOT NULL,
            body BLOB NOT NULL) STRICT;
        CREATE TABLE config_version (
            version INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;
        """

    /// What compaction, seals and retention record. `record` is part of the evidence chain; a seal signs its head.
    private static let blackBox = """
        CREATE TABLE record (
            id INTEGER PRIMARY KEY AUTOINCREMENT, journal_id INTEGER NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL,
            body TEXT NOT NULL) STRICT;
        CREATE INDEX record_kind ON record(kind, id);
        CREATE INDEX record_journal ON record(journal_id);
        CREATE INDEX action_journal ON operator_action(journal_id);
        CREATE TABLE seal (
            id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, journal_id INTEGER NOT NULL,
            link BLOB NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL) STRICT;
        CREATE INDEX seal_journal ON seal(journal_id);
        CREATE TABLE journal_start (
            id INTEGER PRIMARY KEY CHECK (id = 1), journal_id INTEGER NOT NULL, link BLOB NOT NULL) STRICT;
        CREATE TABLE hold (
            episode TEXT PRIMARY KEY, subject TEXT NOT NULL, site TEXT NOT NULL, source TEXT NOT NULL,
            t_from INTEGER NOT NULL, t_to INTEGER NOT NULL) STRICT;
        """

    /// What an operator did about an alarm besides acknowledging it.
    private static let lifeCycle = """
        ALTER TABLE alarm ADD COLUMN confirmed_at INTEGER;
        ALTER TABLE alarm ADD COLUMN shelved_until INTEGER;
        CREATE TABLE shelf (
            subject TEXT PRIMARY KEY, since INTEGER NOT NULL, until INTEGER NOT NULL, actor TEXT NOT NULL,
            reason TEXT NOT NULL) STRICT;
        """

    /// Out of service beside shelving, first-out, exercises and special periods.
    private static let withdrawal = """
        ALTER TABLE shelf RENAME TO withdrawal;
        ALTER TABLE withdrawal ADD COLUMN kind INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE withdrawal ADD COLUMN permit TEXT;
        ALTER TABLE alarm RENAME COLUMN shelved_until TO withdrawn_until;
        ALTER TABLE alarm ADD COLUMN permit TEXT;
        ALTER TABLE alarm ADD COLUMN first_out TEXT;
        ALTER TABLE alarm ADD COLUMN exercise_until INTEGER;
        CREATE TABLE period (name TEXT PRIMARY KEY) STRICT;
        """

    /// What a configuration consisted of; versions from before have their fingerprint alone.
    private static let configurationVersions = """
        ALTER TABLE config_version ADD COLUMN author TEXT;
        ALTER TABLE config_version ADD COLUMN reason TEXT;
        ALTER TABLE config_version ADD COLUMN changes TEXT;
        ALTER TABLE config_version ADD COLUMN size INTEGER;
        ALTER TABLE config_version ADD COLUMN digest TEXT;
        ALTER TABLE config_version ADD COLUMN content BLOB;
        """

    /// Escalations as work for consumers, and the policy that an episode was born under.
    private static let escalationQueue = """
        DROP INDEX escalation_open;
        ALTER TABLE escalation_task ADD COLUMN ready_at INTEGER;
        ALTER TABLE escalation_task ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE escalation_task ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE escalation_task ADD COLUMN holder TEXT;
        ALTER TABLE escalation_task ADD COLUMN lease_until INTEGER;
        ALTER TABLE escalation_task ADD COLUMN lease_announcement INTEGER;
        ALTER TABLE escalation_task ADD COLUMN retry_at INTEGER;
        ALTER TABLE escalation_task ADD COLUMN note TEXT;
        ALTER TABLE escalation_task ADD COLUMN closed INTEGER NOT NULL DEFAULT 0;
        UPDATE escalation_task SET closed = 1 WHERE state NOT IN ('scheduled', 'due');
        UPDATE escalation_task SET state = 'ready', ready_at = COALESCE(due_at - wait, 0) WHERE state = 'due';
        CREATE INDEX escalation_open ON escalation_task(id) WHERE closed = 0;
        CREATE INDEX escalation_episode ON escalation_task(episode);
        CREATE TABLE episode_policy (episode TEXT PRIMARY KEY, policy TEXT NOT NULL) STRICT;
        """
}

import GRDB

/// The layout of a day file (`schemas/state.md`).
enum DayFileSchema {
    /// Marks the file as ours: "HZD2".
    static let applicationID: Int32 = 0x485A_4432
    static let version = 1

    /// Small pages leave little unused behind the last part of a chunk.
    static let pageSize = 512

    private static let tables = """
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        CREATE TABLE point (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
        CREATE TABLE moments (
            id INTEGER PRIMARY KEY, count INTEGER NOT NULL, bytes BLOB NOT NULL, shifts BLOB, sha256 BLOB NOT NULL)
            STRICT;
        CREATE TABLE chunk (
            id INTEGER PRIMARY KEY, point INTEGER NOT NULL, t_first INTEGER NOT NULL, t_last INTEGER NOT NULL,
            count INTEGER NOT NULL, min REAL, max REAL, sum REAL, moments INTEGER NOT NULL, j_first INTEGER NOT NULL,
            j_last INTEGER NOT NULL, sha256 BLOB NOT NULL, bytes BLOB NOT NULL) STRICT;
        """

    /// Lays out an empty file, without its index.
    static func create(in db: Database, _ day: LocalDay, node: String, timeZone: String) throws {
        try db.execute(sql: tables)
        try db.execute(sql: view(of: day, node: node, timeZone: timeZone))
    }

    /// The file's own description, as a view: a table of one row would take a page of its own.
    private static func view(of day: LocalDay, node: String, timeZone: String) -> String {
        func text(_ value: String) -> String { "'\(value.replacing("'", with: "''"))'" }
        return """
            CREATE VIEW day AS SELECT \(text(day.description)) AS day, \(day.times.lowerBound) AS t_from, \
            \(day.times.upperBound) AS t_to, \(text(node)) AS node, \(text(timeZone)) AS timezone
            """
    }

    /// A sealed file of fewer chunks is as quickly looked through, and the index would take a page or two.
    static let leastIndexed = 64
    static let index = "CREATE INDEX IF NOT EXISTS chunk_point ON chunk(point, t_first)"
}

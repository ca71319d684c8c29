import GRDB

/// The layout of a day file (`schemas/state.md`).
enum DayFileSchema {
    /// Marks the file as ours: "HZD2".
    static let applicationID: Int32 = 0x485A_4432
    static let version = 1

    /// Small pages leave little unused behind the last part of a chunk.
    static let pageSize = 512

    static let tables = """
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        CREATE TABLE day (
            day TEXT PRIMARY KEY, t_from INTEGER NOT NULL, t_to INTEGER NOT NULL, node TEXT NOT NULL,
            timezone TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE point (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
        CREATE TABLE moments (
            id INTEGER PRIMARY KEY, count INTEGER NOT NULL, bytes BLOB NOT NULL, shifts BLOB, sha256 BLOB NOT NULL)
            STRICT;
        CREATE TABLE chunk (
            id INTEGER PRIMARY KEY, point INTEGER NOT NULL, t_first INTEGER NOT NULL, t_last INTEGER NOT NULL,
            count INTEGER NOT NULL, min REAL, max REAL, sum REAL, moments INTEGER NOT NULL, j_first INTEGER NOT NULL,
            j_last INTEGER NOT NULL, sha256 BLOB NOT NULL, bytes BLOB NOT NULL) STRICT;
        CREATE INDEX chunk_point ON chunk(point, t_first);
        """
}

import GRDB

/// The layout of a day file (`schemas/state.md`).
enum DayFileSchema {
    /// Marks the file as ours: "HZD2".
    static let applicationID: Int32 = 0x485A_4432
    static let version = 2

    /// Small pages leave little unused behind the last part of a chunk.
    static let pageSize = 512
    /// Of a sealed file that is large and has large chunks, of which a page's end is a small part: they are read in fewer
    /// steps.
    static let largePageSize = 2_048
    /// Bytes.
    private static let leastLarge: Int64 = 1 << 20
    private static let leastLargePoint: Int64 = 8_192

    /// - Parameter bytes: about what the sealed file will take.
    static func sealedPageSize(bytes: Int64, points: Int) -> Int {
        bytes >= leastLarge && bytes >= Int64(points) * leastLargePoint ? largePageSize : pageSize
    }

    /// SQLite keeps this text as it stands. In few words it goes with the view into what the first page has room for;
    /// otherwise a day's file would be three pages for that alone, and every further table takes a page at least.
    private static let tables = """
        PRAGMA application_id=\(applicationID);
        PRAGMA user_version=\(version);
        CREATE TABLE chunk(id INTEGER PRIMARY KEY,point INT,name TEXT,t_first INT,t_last INT,count INT,min REAL,max REAL,\
        sum REAL,j_first INT,j_last INT,sha256 BLOB,moments INT,times BLOB,shifts BLOB,bytes BLOB)STRICT;
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
            CREATE VIEW day AS SELECT\(text(day.description))day,\(day.times.lowerBound) t_from,\
            \(day.times.upperBound) t_to,\(text(node))node,\(text(timeZone))timezone
            """
    }

    /// A sealed file of fewer chunks is as quickly looked through, and the index would take a page or two.
    static let leastIndexed = 64
    static let index = "CREATE INDEX IF NOT EXISTS chunk_point ON chunk(point,t_first)"
}

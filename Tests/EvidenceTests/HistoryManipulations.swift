import Foundation

/// What can be done to the files in `history/`.
enum HistoryManipulations {
    static let all = ["23", "25.open"].flatMap { inDay($0) } + files

    /// Changes to a sealed file and to a growing one.
    static func inDay(_ day: String) -> [Manipulation] {
        let chunk = "2025-11-\(day).sqlite: chunk 1 of shengli/P-0"
        let columns = ["t_first", "t_last", "count", "j_first", "j_last", "min", "max", "sum"].map { column in
            Manipulation.day(
                day, "a chunk's \(column)", column.hasPrefix("j_") ? "2025-11-\(day)" : chunk,
                "UPDATE chunk SET \(column) = \(column) + 1 WHERE id = 1")
        }
        return columns + parts(day, chunk)
    }

    private static func parts(_ day: String, _ chunk: String) -> [Manipulation] {
        let file = "2025-11-\(day).sqlite"
        return [
            Manipulation("a bit of a chunk (\(day))", chunk) {
                try $0.flip("SELECT hex(bytes) FROM chunk WHERE id = 1", in: $0.day(day))
            },
            Manipulation("a bit of the times (\(day))", chunk) {
                try $0.flip("SELECT hex(times) FROM chunk WHERE id = 1", in: $0.day(day))
            },
            .day(day, "the receipt times", chunk, "UPDATE chunk SET shifts = times WHERE id = 1"),
            .day(day, "whose times a chunk has", chunk, "UPDATE chunk SET moments = 2 WHERE id = 1"),
            .day(day, "a chunk's times left out", chunk, "UPDATE chunk SET times = NULL WHERE id = 1"),
            .day(
                day, "a chunk's figures left out", chunk,
                "UPDATE chunk SET min = NULL, max = NULL, sum = NULL WHERE id = 1"),
            .day(
                day, "one of a chunk's figures left out", "some of min, max and sum",
                "UPDATE chunk SET max = NULL WHERE id = 1"),
            .day(day, "a chunk removed", file, "DELETE FROM chunk WHERE id = 2"),
            .day(
                day, "a chunk put in", file,
                """
                CREATE TEMP TABLE copy AS SELECT * FROM chunk WHERE id = 1; UPDATE copy SET id = NULL;
                INSERT INTO chunk SELECT * FROM copy
                """),
            .day(
                day, "two chunks swapped", file,
                """
                UPDATE chunk SET id = -1 WHERE id = 1; UPDATE chunk SET id = 1 WHERE id = 2;
                UPDATE chunk SET id = 2 WHERE id = -1
                """),
            .day(
                day, "a chunk given to another point", "is shengli/P-0 there",
                "UPDATE chunk SET point = 2 WHERE id = 1"),
            .day(
                day, "a chunk given to another point by name", "chunk 1 of shengli/P-1",
                "UPDATE chunk SET (point, name) = (2, 'shengli/P-1') WHERE id = 1"),
            .day(
                day, "a point renamed", "point 1 is shengli/P-9 there",
                "UPDATE chunk SET name = 'shengli/P-9' WHERE name = 'shengli/P-0'"),
            .day(
                day, "two points' names and numbers swapped", "point 1 is shengli/P-1 there",
                """
                UPDATE chunk SET point = 3 - point WHERE point IN (1, 2)
                """),
            .day(day, "the day a file says it is of", "says it is of 2025-11-01", saysItIs("2025-11-01")),
            .day(
                day, "a chunk hidden from the index", "does not hold together",
                """
                CREATE INDEX IF NOT EXISTS chunk_point ON chunk(point, t_first);
                CREATE INDEX hidden ON chunk(point, t_first) WHERE id > 1; PRAGMA writable_schema = ON;
                UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'hidden')
                WHERE name = 'chunk_point'; DELETE FROM sqlite_master WHERE name = 'hidden'
                """),
            .day(day, "the mark of a day file", "no day file", "PRAGMA application_id = 1"),
            Manipulation("half of a file cut off (\(day))", file) { node in
                try node.sql("PRAGMA wal_checkpoint(TRUNCATE)", in: node.day(day))
                let bytes = try Data(contentsOf: URL(fileURLWithPath: node.day(day)))
                try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: node.day(day)))
            },
        ]
    }

    /// Changes the day that a file says it is of.
    private static func saysItIs(_ day: String) -> String {
        """
        PRAGMA writable_schema = ON;
        UPDATE sqlite_master SET sql = 'CREATE VIEW day AS SELECT''\(day)''' || substr(sql, instr(sql, 'day,'))
        WHERE name = 'day'
        """
    }

    static let files: [Manipulation] = [
        Manipulation("a growing file removed", "2025-11-25.open.sqlite is missing") {
            try $0.remove($0.day("25.open"))
        },
        Manipulation("two sealed files swapped", "2025-11-23.sqlite") { try $0.swap($0.day("23"), $0.day("24")) },
        Manipulation("two growing files swapped", "2025-11-25.open.sqlite") {
            try $0.swap($0.day("25.open"), $0.day("26.open"))
        },
        Manipulation("a sealed file replaced by another day's", "2025-11-24.sqlite") {
            try $0.replace($0.day("24"), by: $0.day("23"))
        },
        Manipulation("a growing file replaced by an older one", "2025-11-25.open.sqlite") {
            try $0.sql("DELETE FROM chunk WHERE j_first > 250", in: $0.day("25.open"))
        },
        Manipulation("a sealed file put there", "2025-11-20.sqlite is on no record") {
            try $0.replace($0.day("20"), by: $0.day("23"))
            try $0.sql(saysItIs("2025-11-20"), in: $0.day("20"))
        },
        Manipulation("a second sealed file put there", "2025-11-23.1.sqlite is on no record") {
            try $0.replace($0.day("23.1"), by: $0.day("23"))
        },
        Manipulation("a growing file put beside a sealed one", "2025-11-23.open.sqlite") {
            try $0.replace($0.day("23.open"), by: $0.day("25.open"))
            try $0.sql(saysItIs("2025-11-23"), in: $0.day("23.open"))
        },
        Manipulation("a growing file of a day without samples put there", "2025-11-28.open.sqlite") {
            try $0.replace($0.day("28.open"), by: $0.day("25.open"))
            try $0.sql(saysItIs("2025-11-28"), in: $0.day("28.open"))
        },
        Manipulation("chunks of a compaction the day was sealed with", "2025-11-23.open.sqlite") {
            try $0.replace($0.day("23.open"), by: $0.day("23"))
            try $0.sql("UPDATE chunk SET t_last = t_last - 1, j_first = 1, j_last = 250", in: $0.day("23.open"))
        },
    ]
}

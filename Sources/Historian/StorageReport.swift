import Foundation
import GRDB
package import Store

/// How many samples are recorded and what they take on disk, part by part.
package struct StorageReport: Sendable, Hashable {
    /// What samples take, in bytes.
    package struct Parts: Sendable, Hashable {
        /// Values and qualities.
        package var chunks: Int64 = 0
        /// Times of measurement and receipt.
        package var moments: Int64 = 0
        package var indexes: Int64 = 0
        /// Unused space within pages, and free pages.
        package var slack: Int64 = 0
        /// What the day files take besides: rows' other columns, page headers, names.
        package var rows: Int64 = 0
        package var rollups: Int64 = 0
        /// Write-ahead logs of day files that still grow.
        package var logs: Int64 = 0
        /// Samples not yet compacted, in the state database.
        package var journal: Int64 = 0

        package var total: Int64 { chunks + moments + indexes + slack + rows + rollups + logs + journal }
    }

    package var parts = Parts()
    /// Of the journal and of day files; repeated ones not yet merged count twice.
    package var samples: Int64 = 0
    package var sealedFiles = 0
    package var growingFiles = 0
    /// The whole state database, its journal included, and of that the free pages.
    package var stateBytes: Int64 = 0
    package var stateFreeBytes: Int64 = 0

    package var bytesPerSample: Double? { samples > 0 ? Double(parts.total) / Double(samples) : nil }

    /// Looks at every file.
    package init(_ folder: StateFolder, reader: StateReader) throws {
        let journal = try reader.journalSize()
        parts.journal = journal.bytes
        samples = journal.samples
        stateBytes = StorageReport.size(folder.database) + folder.walBytes
        stateFreeBytes = journal.freeBytes
        parts.rollups = StorageReport.size(folder.rollups)
        let history = HistoryFolder(folder)
        for entry in history.entries() {
            if entry.isOpen { growingFiles += 1 } else { sealedFiles += 1 }
            let path = history.file(entry.name)
            try DayFile(path: path).measure(&self, compacted: try reader.compactedThrough())
            parts.logs += StorageReport.size(path + "-wal")
        }
    }

    static func size(_ path: String) -> Int64 {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int64 ?? 0
    }
}

extension DayFile {
    /// Adds what this file holds.
    fileprivate func measure(_ report: inout StorageReport, compacted: Int64) throws(HistoryError) {
        let found = try read { db in
            func number(_ sql: String, _ arguments: StatementArguments = []) throws -> Int64 {
                try Int64.fetchOne(db, sql: sql, arguments: arguments) ?? 0
            }
            let page = try number("PRAGMA page_size")
            return (
                samples: try number("SELECT SUM(count) FROM chunk WHERE j_last <= ?", [compacted]),
                chunks: try number("SELECT SUM(length(bytes)) FROM chunk"),
                moments: try number("SELECT SUM(COALESCE(length(times), 0) + COALESCE(length(shifts), 0)) FROM chunk"),
                indexes: try number(
                    """
                    SELECT SUM(pgsize - unused) FROM dbstat
                    WHERE name IN (SELECT name FROM sqlite_master WHERE type = 'index')
                    """),
                slack: try number("SELECT SUM(unused) FROM dbstat") + page * number("PRAGMA freelist_count"),
                file: page * (try number("PRAGMA page_count"))
            )
        }
        report.samples += found.samples
        report.parts.chunks += found.chunks
        report.parts.moments += found.moments
        report.parts.indexes += found.indexes
        report.parts.slack += found.slack
        report.parts.rows += found.file - found.chunks - found.moments - found.indexes - found.slack
    }
}

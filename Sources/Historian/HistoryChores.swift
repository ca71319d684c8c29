import Foundation
import Pipeline
package import Store

/// What becomes of the journal in time: compaction, and the sealing of days. Whoever owns the state commits the records.
///
/// Used by one thread at a time.
package final class HistoryChores {
    /// How long after its end a day is sealed, in milliseconds.
    package static let sealAfter: Int64 = 48 * 3_600_000
    /// The longest a journal row waits for compaction while the snapshot covers it, in milliseconds.
    private static let longestWait: Int64 = 3_600_000
    /// Chunks are worth their overhead from so many samples of a point on.
    private static let usualChunk: Int64 = 1_024
    private static let mostSamples: Int64 = 64 << 20
    private static let leastSamples: Int64 = 1 << 20

    private let reader: StateReader
    private let folder: HistoryFolder
    private let compactor: Compactor
    private let sealer: DaySealer
    private let rollups: RollupFile
    private let calendar: LocalCalendar
    private let commit: ([ChainRecord]) throws -> Void

    /// - Parameter commit: puts records into the chain; returns once they are on disk.
    package init(
        reader: StateReader, state: StateFolder, node: String, timeZone: String,
        commit: @escaping ([ChainRecord]) throws -> Void
    ) throws {
        self.reader = reader
        self.commit = commit
        folder = HistoryFolder(state)
        try folder.create()
        compactor = Compactor(reader: reader, folder: folder, node: node, timeZone: timeZone)
        rollups = try RollupFile(path: state.rollups)
        sealer = DaySealer(folder: folder, rollups: rollups, node: node, timeZone: timeZone)
        calendar = LocalCalendar(timeZone: timeZone)
    }

    /// Brings the folder to the state before or after whatever a process that ended was at; to be called once, first.
    package func recover() throws {
        try sealer.recover(try dayRecords())
        for body in try reader.records(.purge) { try sealer.remove(try PurgeRecord(body: body)) }
    }

    /// Compacts if enough waits.
    /// - Parameters:
    ///   - points: how many are in force: the more, the more is gathered before.
    ///   - isForced: whatever waits is enough.
    /// - Returns: what was done; nil if nothing was.
    package func compact(points: Int, isForced: Bool, at now: Int64) throws -> CompactionRecord? {
        let enough = min(
            max(Int64(points) * HistoryChores.usualChunk, HistoryChores.leastSamples), HistoryChores.mostSamples)
        // Rows without samples, such as a compaction's own record, wait for some.
        guard let backlog = try reader.backlog(atMost: enough), backlog.samples > 0,
            isForced || backlog.samples >= enough || now - backlog.since >= HistoryChores.longestWait
        else { return nil }
        let record = try compactor.compact(backlog)
        try commit([record.record])
        return record
    }

    /// Seals a day that ended before a time and of which nothing waits in the journal.
    /// - Returns: what was sealed; nil if there is no such day.
    /// - Throws: also for a day whose chunks were changed since they were written; other days are sealed before.
    package func sealDay(endedBefore time: Int64) throws -> DayRecord? {
        var refused: HistoryError?
        for entry in folder.entries() where entry.isOpen {
            let file = try DayFile(path: folder.file(entry.name))
            let times = try file.day().times
            guard times.upperBound <= time, try !reader.hasUncompacted(times) else { continue }
            do {
                try check(file, entry.day)
            } catch let error as HistoryError where error.kind == .damaged {
                refused = error
                continue
            }
            let record = try sealer.prepare(entry, compacted: try reader.compactedThrough())
            try commit([record.record])
            try sealer.adopt(record)
            return record
        }
        if let refused { throw refused }
        return nil
    }

    /// The same for every such day.
    package func sealDays(endedBefore time: Int64) throws -> [DayRecord] {
        var sealed: [DayRecord] = []
        while let record = try sealDay(endedBefore: time) { sealed.append(record) }
        if !sealed.isEmpty { try tighten() }
        return sealed
    }

    /// Makes the summaries smaller where much of their file is unused; for when somebody asked for all there is to do.
    package func tighten() throws(HistoryError) {
        do throws(HistoryError) {
            try rollups.tighten()
        } catch {
            // It needs the space twice for a while; without it the file stays as it is.
            if error.kind != .full { throw error }
        }
    }

    /// Removes days past their time, and early ones where the disk is nearly full; the record of it comes first.
    /// - Parameters:
    ///   - missing: bytes to be freed beyond what is past its time; 0 for none.
    /// - Returns: what was removed, once for each reason.
    package func purge(rawDays: Int, missing: Int64, at now: Int64) throws -> [PurgeRecord] {
        let retention = Retention(rawDays: rawDays, held: try reader.holds().map(\.times))
        let days = try sealedDays()
        let expired = retention.expired(days, at: now)
        let early = retention.early(days.filter { !expired.contains($0) }, toFree: missing, at: now)
        var removed: [PurgeRecord] = []
        for (gone, reason) in [(expired, "retention"), (early, "space")] where !gone.isEmpty {
            for day in gone {
                do {
                    try keepSummaries(of: day)
                } catch let error as HistoryError where error.kind != .failed {
                    // A damaged file goes all the same, and a disk too full for summaries has to be freed first of all.
                }
            }
            let record = PurgeRecord(files: try files(of: gone), reason: reason)
            try commit([record.record])
            try sealer.remove(record)
            removed.append(record)
        }
        return removed
    }

    /// Removes summaries past their time. They follow from day files, so no record is made of it.
    package func purgeRollups(days: Int, at now: Int64) throws {
        let age = max(Int64(days), Retention.floorDays) * 86_400_000
        try rollups.remove(before: calendar.day(of: max(0, now - age)).times.lowerBound)
    }

    /// Writes what summaries were not kept beside the samples of a day. Of samples that cannot be read there are none.
    private func keepSummaries(of day: Retention.Day) throws {
        let files = try day.files.map { try DayFile(path: folder.file($0)) }
        let points = Set(try files.flatMap { try $0.points().map(\.number) })
        try rollups.begin()
        defer { rollups.abandon() }
        for number in points.sorted() where try !rollups.hasAll(of: number, day.day) {
            guard let series = try HistoryChores.readable(number, files) else { continue }
            try rollups.writeAll(of: series, point: number, day: day.day)
        }
        try rollups.commit()
    }

    /// Nil for samples in a damaged file.
    private static func readable(_ point: Int64, _ files: [DayFile]) throws(HistoryError) -> SampleSeries? {
        do throws(HistoryError) {
            return try DayMerge.series(of: point, in: files)
        } catch {
            guard error.kind == .damaged else { throw error }
            return nil
        }
    }

    /// Days of which nothing grows any more.
    private func sealedDays() throws -> [Retention.Day] {
        let entries = folder.entries()
        let growing = Set(entries.filter(\.isOpen).map(\.day))
        return try Dictionary(grouping: entries.filter { !growing.contains($0.day) }, by: \.day).values.map { files in
            let day = try DayFile(path: folder.file(files[0].name)).day()
            return Retention.Day(
                day: day, files: files.map(\.name),
                bytes: files.reduce(0) { $0 + StorageReport.size(folder.file($1.name)) })
        }
    }

    private func files(of days: [Retention.Day]) throws -> [PurgeRecord.File] {
        let names = Set(days.flatMap(\.files))
        return try dayRecords().filter { names.contains($0.file) }.map {
            PurgeRecord.File(file: $0.file, samples: $0.samples, digest: $0.digest)
        }
    }

    /// What was changed since a compaction wrote it must not become the day's final form.
    private func check(_ file: DayFile, _ day: String) throws {
        let taken = try dayRecords().filter { $0.day == day }.flatMap(\.compactions)
        try file.checkChunks(
            of: try reader.records(.compaction).map { try CompactionRecord(body: $0) }, taken: Set(taken))
    }

    private func dayRecords() throws -> [DayRecord] {
        try reader.records(.day).map { try DayRecord(body: $0) }
    }
}

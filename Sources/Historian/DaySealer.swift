import Foundation
import Glibc
package import Store

/// Gives a day its final file: merges the chunks that compaction put into the growing one, writes the summaries, and
/// changes one file for the other around the commit of the day's record.
///
/// At whatever moment the process ends, `recover` brings the folder to the state before or after. Used by one thread at
/// a time.
package final class DaySealer {
    private let folder: HistoryFolder
    private let rollups: RollupFile
    private let node: String
    private let timeZone: String

    package init(folder: HistoryFolder, rollups: RollupFile, node: String, timeZone: String) {
        self.folder = folder
        self.rollups = rollups
        self.node = node
        self.timeZone = timeZone
    }

    /// Writes the sealed file beside the growing one, under a name nobody reads yet.
    /// - Parameter compacted: the last journal row whose compaction is on record.
    /// - Returns: what has to be on record before `adopt` may be called.
    package func prepare(_ entry: HistoryFolder.Entry, compacted: Int64) throws -> DayRecord {
        try dropUnfinished(entry, after: compacted)
        let earlier = folder.entries().filter { $0.day == entry.day && !$0.isOpen }
        let name = HistoryFolder.sealedName(entry.day, number: (earlier.last?.number).map { $0 + 1 } ?? 0)
        let source = try DayFile(path: folder.file(entry.name))
        let day = try source.day()
        let path = unfinished(name)
        try removeDatabase(path)
        let points = try source.points()
        let writer = try DayFileWriter(
            path: path, day: day, node: node, timeZone: timeZone, isFinal: true,
            pageSize: DayFileSchema.sealedPageSize(bytes: StorageReport.size(source.path), points: points.count))
        defer { try? writer.close() }
        try writer.begin(after: .max)
        var chunks = ChunkWriter(writer)
        var merge = DayMerge(source: source, earlier: try earlier.map { try DayFile(path: folder.file($0.name)) })
        let rows = try source.rowRanges()
        let range = (rows.map(\.lowerBound).min() ?? 0)...(rows.map(\.upperBound).max() ?? 0)
        try rollups.begin()
        defer { rollups.abandon() }
        for (number, pointName) in points {
            let (series, all) = try merge.series(of: number)
            guard series.count > 0 else { continue }
            try chunks.write(series, point: number, name: pointName, rows: range)
            try rollups.write(all, point: number, name: pointName, day: day)
        }
        try rollups.commit()
        try writer.commit()
        if chunks.tally.chunks == 0 {
            // All of it is in the day's sealed files already.
            try writer.close()
            try removeDatabase(path)
        }
        return DayRecord(
            day: entry.day, file: chunks.tally.chunks == 0 ? "" : name, chunks: chunks.tally.chunks,
            samples: chunks.tally.samples, merged: merge.merged, digest: chunks.tally.digests.digest.hexadecimal,
            compactions: rows.map(\.lowerBound))
    }

    /// Puts the sealed file in the growing one's place; its record must be committed.
    package func adopt(_ record: DayRecord) throws {
        if !record.file.isEmpty {
            let path = unfinished(record.file)
            if FileManager.default.fileExists(atPath: path) {
                try rename(path, to: folder.file(record.file))
            }
        }
        try removeDatabase(folder.file(HistoryFolder.openName(record.day)))
        try synchronizeFolder()
    }

    /// Removes files whose removal is on record; those that are gone already are passed over.
    package func remove(_ record: PurgeRecord) throws {
        for file in record.files where HistoryFolder.entry(file.file)?.isOpen == false {
            try removeDatabase(folder.file(file.file))
        }
        try synchronizeFolder()
    }

    /// Finishes or undoes what a process that ended left half done.
    /// - Parameter records: the day records, oldest first.
    package func recover(_ records: [DayRecord]) throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names where name.hasSuffix(".sqlite.new") {
            let final = String(name.dropLast(4))
            if let record = records.last(where: { $0.file == final }),
                !FileManager.default.fileExists(atPath: folder.file(final))
            {
                try adopt(record)
            } else {
                try removeDatabase(folder.file(name))
            }
        }
        for entry in folder.entries() where entry.isOpen {
            let ofDay = records.filter { $0.day == entry.day }
            guard let last = ofDay.last else { continue }
            let rows = try DayFile(path: folder.file(entry.name)).rowRanges()
            let taken = Set(last.compactions)
            if rows.allSatisfy({ taken.contains($0.lowerBound) }) { try adopt(last) }
        }
    }

    /// Takes out chunks of a compaction that never came to be on record: the journal still has their samples.
    private func dropUnfinished(_ entry: HistoryFolder.Entry, after compacted: Int64) throws {
        let path = folder.file(entry.name)
        let day = try DayFile(path: path).day()
        let writer = try DayFileWriter(path: path, day: day, node: node, timeZone: timeZone)
        try writer.begin(after: compacted)
        try writer.commit()
        try writer.close()
    }

    private func unfinished(_ name: String) -> String { folder.file(name + ".new") }

    private func removeDatabase(_ path: String) throws {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            guard unsafe unlink(path + suffix) != 0, errno != ENOENT else { continue }
            throw HistoryError(
                .failed, "\(path + suffix) cannot be removed: \(unsafe String(cString: strerror(errno)))")
        }
    }

    private func rename(_ old: String, to new: String) throws {
        guard unsafe Glibc.rename(old, new) != 0 else { return }
        throw HistoryError(.failed, "\(old) cannot be renamed to \(new): \(unsafe String(cString: strerror(errno)))")
    }

    /// A rename is certain only once the folder itself is on disk.
    private func synchronizeFolder() throws {
        let descriptor = unsafe open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        _ = fsync(descriptor)
    }
}

package import Store

/// Turns journal rows into per-point chunks in the day files of their samples.
///
/// What it writes is on disk before it says so; the rows are deleted by whoever owns the journal, once the record it
/// returns is part of the evidence chain. If the process ends in between, the next pass takes the chunks out again.
/// Used by one thread at a time.
package final class Compactor {
    /// Samples gathered at once; the journal is read again for each such lot of points, which is cheap beside memory.
    private static let lot = 524_288
    /// Days whose files are open at once, in milliseconds: a file takes three descriptors, and what is imported can reach
    /// over years.
    private static let window: Int64 = 96 * 86_400_000

    private let reader: StateReader
    private let folder: HistoryFolder
    private let calendar: LocalCalendar
    private let node: String
    private let timeZone: String
    private var slab = SampleSlab()
    private var open: [String: ChunkWriter] = [:]
    /// What files got that were closed again during this pass.
    private var closed: [String: ChunkWriter.Tally] = [:]

    package init(reader: StateReader, folder: HistoryFolder, node: String, timeZone: String) {
        self.reader = reader
        self.folder = folder
        self.node = node
        self.timeZone = timeZone
        calendar = LocalCalendar(timeZone: timeZone)
    }

    /// Compacts these rows, which must begin right after those compacted before.
    package func compact(_ backlog: StateReader.JournalBacklog) throws -> CompactionRecord {
        let rows = backlog.first...backlog.last
        defer {
            for writer in open.values {
                writer.writer.abandon()
                try? writer.writer.close()
            }
            open = [:]
            closed = [:]
        }
        try folder.create()
        let names = try reader.pointNames()
        let merged = try write(rows, names)
        try closeFiles()
        let days = closed.sorted { $0.key < $1.key }.map { file, tally in
            CompactionRecord.Day(
                file: file, chunks: tally.chunks, samples: tally.samples, digest: tally.digests.digest.hexadecimal)
        }
        let (before, after, contents) = try reader.contents(ofRows: rows)
        return CompactionRecord(
            first: rows.lowerBound, last: rows.upperBound, before: before.hexadecimal, after: after.hexadecimal,
            contents: contents, samples: backlog.samples, merged: merged, days: days)
    }

    /// - Returns: how many samples were left out as repeated.
    private func write(_ rows: ClosedRange<Int64>, _ names: [Int64: String]) throws -> Int64 {
        let counts = try countSamples(rows)
        var merged: Int64 = 0
        var first = 0
        while first < counts.counts.count {
            var end = first
            var total = 0
            while end < counts.counts.count, total == 0 || total + counts.counts[end] <= Compactor.lot {
                total += counts.counts[end]
                end += 1
            }
            defer { first = end }
            guard total > 0 else { continue }
            slab.reset(first: counts.first + Int64(first), counts: counts.counts[first..<end])
            try reader.forEachSample(inPartsOfRows: rows) { slab.add($0) }
            var series: [PointSeries] = []
            for offset in 0..<(end - first) where counts.counts[first + offset] > 0 {
                let point = counts.first + Int64(first + offset)
                var part = PointSeries(point: point, name: names[point] ?? "", series: slab.series(offset))
                merged += Int64(part.series.sort())
                series.append(part)
            }
            try write(&series, rows)
        }
        return merged
    }

    /// How many samples each point has, from the lowest-numbered point on.
    private func countSamples(_ rows: ClosedRange<Int64>) throws -> (first: Int64, counts: [Int]) {
        var first: Int64 = 0
        var counts: [Int] = []
        try reader.forEachSample(inPartsOfRows: rows) { row in
            if counts.isEmpty { first = row.point }
            if row.point < first {
                counts.insert(contentsOf: repeatElement(0, count: Int(first - row.point)), at: 0)
                first = row.point
            }
            let place = Int(row.point - first)
            if place >= counts.count { counts.append(contentsOf: repeatElement(0, count: place + 1 - counts.count)) }
            counts[place] += 1
        }
        return (first, counts)
    }

    /// A point's samples in the order of their times, and how many of them are written.
    private struct PointSeries {
        let point: Int64
        let name: String
        var series: SampleSeries
        var next = 0

        var nextTime: Int64? { next < series.count ? series.times[next] : nil }
    }

    /// Spreads samples over the files of their days, some of the days at a time.
    private func write(_ series: inout [PointSeries], _ rows: ClosedRange<Int64>) throws {
        while let earliest = series.lazy.compactMap(\.nextTime).min() {
            let end = calendar.day(of: earliest + Compactor.window).times.lowerBound
            for place in series.indices {
                while let time = series[place].nextTime, time < end { try writeDay(of: time, &series[place], rows) }
            }
            if series.contains(where: { $0.nextTime != nil }) { try closeFiles() }
        }
    }

    /// Writes the samples of one day.
    private func writeDay(of time: Int64, _ part: inout PointSeries, _ rows: ClosedRange<Int64>) throws {
        let day = try knownDay(of: time)
        var end = part.next
        while end < part.series.count, part.series.times[end] < day.times.upperBound { end += 1 }
        let file = HistoryFolder.openName(day.description)
        try openFile(file, day)
        try open[file]?.write(part.series.slice(part.next..<end), point: part.point, name: part.name, rows: rows)
        part.next = end
    }

    /// Puts what the open files got on disk. Until the pass is on record, the next one would take it out again.
    private func closeFiles() throws {
        for (file, writer) in open {
            try writer.writer.commit()
            try writer.writer.close()
            closed[file] = writer.tally
        }
        open = [:]
    }

    private var lastDay: LocalDay?

    /// Neighbouring points have samples of the same days.
    private func knownDay(of time: Int64) throws -> LocalDay {
        if let lastDay, lastDay.times.contains(time) { return lastDay }
        let day = calendar.day(of: time)
        lastDay = day
        return day
    }

    private func openFile(_ file: String, _ day: LocalDay) throws {
        guard open[file] == nil else { return }
        let writer = try DayFileWriter(path: folder.file(file), day: day, node: node, timeZone: timeZone)
        if let tally = closed[file] {
            try writer.resume()
            open[file] = ChunkWriter(writer, tally)
        } else {
            try writer.begin(after: try reader.compactedThrough())
            open[file] = ChunkWriter(writer)
        }
    }
}

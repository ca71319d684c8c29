package import Store
import Telemetry

extension HistoryReader {
    /// Samples of the journal held at once. A single point may have more: as much as waits for compaction.
    private static let lot = 1 << 20

    /// Hands over the samples of many points between two times (UTC milliseconds, both included): point after point as
    /// given, each in the order of its times, about a day at a time; of several with the same time the first recorded.
    ///
    /// The journal is read once for many points, which it lies mixed for, instead of once for each.
    package func sweep(
        _ points: [(number: Int64, name: String)], from first: Int64, through last: Int64,
        _ body: (_ name: String, _ samples: [StoredSample]) throws -> Void
    ) throws {
        guard first <= last else { return }
        let places = Dictionary(points.enumerated().map { ($1.number, $0) }, uniquingKeysWith: { first, _ in first })
        var counts = [Int](repeating: 0, count: points.count)
        try forEachJournalSample(places, first, last) { place, _ in counts[place] += 1 }
        var start = 0
        while start < points.count {
            var end = start
            var total = 0
            while end < points.count, total == 0 || total + counts[end] <= HistoryReader.lot {
                total += counts[end]
                end += 1
            }
            try sweep(points, start..<end, places, first, last, body)
            start = end
        }
    }

    private func sweep(
        _ points: [(number: Int64, name: String)], _ lot: Range<Int>, _ places: [Int64: Int], _ first: Int64,
        _ last: Int64, _ body: (_ name: String, _ samples: [StoredSample]) throws -> Void
    ) throws {
        // Before the folder is looked at: what is compacted in between is found twice and kept once.
        var journal = [[StoredSample]](repeating: [], count: lot.count)
        let done = try forEachJournalSample(places, first, last) { place, sample in
            if lot.contains(place) { journal[place - lot.lowerBound].append(sample) }
        }
        for place in lot {
            let recent = StoredSample.merged(journal[place - lot.lowerBound])
            journal[place - lot.lowerBound] = []
            var next = 0
            for part in try stretches(of: points[place].number, first, last, newestFirst: false) {
                let start = next
                while next < recent.count, recent[next].time <= part.upperBound { next += 1 }
                let recorded = try recorded(
                    points[place].number, part.lowerBound, part.upperBound, compacted: done)
                let samples = StoredSample.merged(recorded + recent[start..<next])
                if !samples.isEmpty { try body(points[place].name, samples) }
            }
        }
    }

    /// Samples that are not in day files yet, by the places of their points, in the order they were recorded.
    /// - Returns: the last journal row that was compacted before.
    @discardableResult
    private func forEachJournalSample(
        _ places: [Int64: Int], _ first: Int64, _ last: Int64, _ body: (Int, StoredSample) throws -> Void
    ) throws -> Int64 {
        let compacted = try state.compactedThrough()
        try state.forEachSample(ofRows: compacted + 1...Int64.max) { row in
            guard row.time >= first, row.time <= last, let place = places[row.point] else { return }
            try body(place, StoredSample(time: row.time, value: row.value, quality: Quality(rawValue: row.quality)))
        }
        return compacted
    }
}

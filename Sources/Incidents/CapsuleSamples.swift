import Alarms
import Historian
import Store

/// The samples that the material of a capsule holds: those of its points, in its window, of several with the same point
/// and time the first recorded.
struct CapsuleSamples {
    /// By point, in the order of the sheet.
    private(set) var series: [(point: String, samples: SampleSeries)]

    /// - Parameters:
    ///   - chunks: in the order they were recorded.
    ///   - blocks: of the journal rows after them, likewise.
    init(_ sheet: IncidentSheet, chunks: [DayFile.Entry], blocks: [[UInt8]]) throws {
        let window = sheet.from...max(sheet.from, sheet.to)
        var byName: [String: SampleSeries] = [:]
        for chunk in chunks {
            let all = try SampleSeries(chunk, path: "chunks.jsonl")
            byName[chunk.pointName, default: SampleSeries()].append(all.clipped(to: window))
        }
        let names = Dictionary(sheet.points.map { ($0.number, $0.name) }, uniquingKeysWith: { first, _ in first })
        for block in blocks where !block.isEmpty {
            try JournalBlock.forEachRow(of: block) { row in
                guard window.contains(row.time), let name = names[row.point] else { return }
                var one = SampleSeries()
                one.times = [row.time]
                one.values = [row.value]
                one.qualities = [row.quality]
                one.receipts = [row.receivedAt]
                byName[name, default: SampleSeries()].append(one)
            }
        }
        series = sheet.points.map { point in
            var samples = byName[point.name] ?? SampleSeries()
            _ = samples.sort()
            return (point.name, samples)
        }
    }

    var count: Int { series.reduce(0) { $0 + $1.samples.count } }

    /// `samples.csv`
    var text: String {
        var text = "point,t_ms,value,quality,received_ms\n"
        for (point, samples) in series {
            for place in samples.times.indices {
                let value = samples.values[place].isFinite ? JSONText.number(samples.values[place]) : ""
                text +=
                    "\(point),\(samples.times[place]),\(value),\(samples.qualities[place]),\(samples.receipts[place])\n"
            }
        }
        return text
    }
}

extension SampleSeries {
    /// Those of a stretch of time; times rise.
    fileprivate func clipped(to window: ClosedRange<Int64>) -> SampleSeries {
        let start = times.firstIndex { $0 >= window.lowerBound } ?? count
        let end = times.lastIndex { $0 <= window.upperBound }.map { $0 + 1 } ?? start
        return slice(start..<max(start, end))
    }
}

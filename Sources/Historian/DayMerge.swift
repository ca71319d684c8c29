/// Puts a point's chunks of a growing day file together, without what is in the day's sealed files already.
struct DayMerge {
    let source: DayFile
    /// The day's sealed files.
    let earlier: [DayFile]
    /// Samples left out because an earlier one has the same point and time.
    private(set) var merged: Int64 = 0

    init(source: DayFile, earlier: [DayFile]) {
        self.source = source
        self.earlier = earlier
    }

    /// - Returns: the samples that are new, and all of the day.
    mutating func series(of point: Int64) throws(HistoryError) -> (new: SampleSeries, all: SampleSeries) {
        let known = try DayMerge.series(of: point, in: earlier)
        var new = try DayMerge.read(point, source)
        merged += Int64(new.sort())
        guard known.count > 0 else { return (new, new) }
        merged += Int64(new.remove(times: known.times))
        var all = known
        all.append(new)
        _ = all.sort()
        return (new, all)
    }

    /// All samples of a point in files of one day.
    static func series(of point: Int64, in files: [DayFile]) throws(HistoryError) -> SampleSeries {
        var all = SampleSeries()
        for file in files { all.append(try read(point, file)) }
        _ = all.sort()
        return all
    }

    private static func read(_ point: Int64, _ file: DayFile) throws(HistoryError) -> SampleSeries {
        var series = SampleSeries()
        for entry in try file.chunks(of: point, from: .min, through: .max) {
            series.append(try SampleSeries(entry, path: file.path))
        }
        return series
    }
}

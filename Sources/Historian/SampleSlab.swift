import Store

/// The samples of some points out of a range of journal rows, gathered point by point in memory that is used again.
struct SampleSlab {
    private var starts: [Int] = []
    private var fill: [Int] = []
    private var times: [Int64] = []
    private var values: [Double] = []
    private var qualities: [UInt8] = []
    private var receipts: [Int64] = []
    private var shifts: [Int64] = []
    private var hasShifts = false
    private var first: Int64 = 0

    /// Makes room.
    /// - Parameters:
    ///   - first: the number of the first point.
    ///   - counts: how many samples come of it and of those numbered after it.
    mutating func reset(first: Int64, counts: ArraySlice<Int>) {
        self.first = first
        starts.removeAll(keepingCapacity: true)
        var total = 0
        for count in counts {
            starts.append(total)
            total += count
        }
        fill = starts
        starts.append(total)
        hasShifts = false
        guard times.count < total else { return }
        times = [Int64](repeating: 0, count: total)
        values = [Double](repeating: 0, count: total)
        qualities = [UInt8](repeating: 0, count: total)
        receipts = times
        shifts = times
    }

    /// Takes a sample in if it is of one of the points.
    mutating func add(_ row: JournalBlock.Row) {
        let point = row.point &- first
        guard point >= 0, point < Int64(fill.count) else { return }
        let place = fill[Int(point)]
        fill[Int(point)] = place + 1
        times[place] = row.time
        values[place] = row.value
        qualities[place] = row.quality
        receipts[place] = row.receivedAt
        shifts[place] = row.shift
        if row.shift != 0 { hasShifts = true }
    }

    /// The samples of the point `offset` places after the first, in the order they were recorded.
    func series(_ offset: Int) -> SampleSeries {
        let range = starts[offset]..<starts[offset + 1]
        var series = SampleSeries()
        series.times = Array(times[range])
        series.values = Array(values[range])
        series.qualities = Array(qualities[range])
        series.receipts = Array(receipts[range])
        if hasShifts, shifts[range].contains(where: { $0 != 0 }) { series.shifts = Array(shifts[range]) }
        return series
    }
}

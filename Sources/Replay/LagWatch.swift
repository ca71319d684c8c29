/// Tells points whose samples came as they were measured from those whose samples came long after: imported ones, and
/// those that a broker or gateway kept back. The latter are replayed at the time they were measured, as if they had
/// come at once.
struct LagWatch {
    /// Milliseconds behind its measuring at which a sample counts as long after.
    private let limit: Int64
    private var isMeasured: [Bool]
    private var total: [Int32]
    private var lagging: [Int32]
    /// Lag by more than half of the limit: what keeps a point from being trusted again.
    private var trailing: [Int32]
    /// Samples that were replayed at the time of their measuring.
    private(set) var measured: Int64 = 0
    /// Samples left out: single ones that came so late that they alarmed nothing.
    private(set) var late: Int64 = 0
    /// How far times have been ahead of receipt, at most.
    private(set) var lead: Int64 = 0

    init(points: Int, limit: Int64) {
        self.limit = limit
        isMeasured = [Bool](repeating: false, count: points)
        total = [Int32](repeating: 0, count: points)
        lagging = total
        trailing = total
    }

    /// Looks at the samples of a window before they are given their instants.
    mutating func look(at samples: ArraySlice<RecordedSample>) {
        for place in total.indices {
            total[place] = 0
            lagging[place] = 0
            trailing[place] = 0
        }
        for sample in samples {
            let lag = sample.receipt - sample.time
            let point = Int(sample.point)
            total[point] += 1
            if lag > limit { lagging[point] += 1 }
            if lag > limit / 2 { trailing[point] += 1 }
            if lag < -lead { lead = -lag }
        }
        for point in total.indices where total[point] > 0 {
            if lagging[point] * 2 > total[point] {
                isMeasured[point] = true
            } else if trailing[point] * 2 <= total[point] {
                isMeasured[point] = false
            }
        }
    }

    /// When a sample is replayed and with which time of its own; nil for one that is left out.
    mutating func instant(of sample: RecordedSample) -> (at: Int64, time: Int64)? {
        if isMeasured[Int(sample.point)] {
            measured += 1
            return (sample.time, sample.time)
        }
        guard sample.receipt - sample.time <= limit else {
            late += 1
            return nil
        }
        return (sample.receipt, sample.time + sample.shift)
    }
}

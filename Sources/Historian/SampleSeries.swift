/// Samples of one point in rising order of their times, column by column.
package struct SampleSeries: Sendable {
    package var times: [Int64] = []
    package var values: [Double] = []
    package var qualities: [UInt8] = []
    package var receipts: [Int64] = []
    /// Empty if no sample's time was moved.
    package var shifts: [Int64] = []

    package init() {}

    package var count: Int { times.count }

    /// - Returns: how many samples were left out, because an earlier one in the order of recording has the same time.
    package mutating func sort() -> Int {
        var isRising = true
        for place in times.indices.dropFirst() where times[place] <= times[place - 1] {
            isRising = false
            break
        }
        guard !isRising else { return 0 }
        let order = times.indices.sorted { (times[$0], $0) < (times[$1], $1) }
        var kept: [Int] = []
        kept.reserveCapacity(order.count)
        for place in order where kept.last.map({ times[$0] != times[place] }) ?? true { kept.append(place) }
        let left = times.count - kept.count
        self = picked(kept)
        return left
    }

    package func slice(_ range: Range<Int>) -> SampleSeries {
        guard range != 0..<count else { return self }
        var part = SampleSeries()
        part.times = Array(times[range])
        part.values = Array(values[range])
        part.qualities = Array(qualities[range])
        part.receipts = Array(receipts[range])
        part.shifts = shifts.isEmpty ? [] : Array(shifts[range])
        return part
    }

    package mutating func append(_ more: SampleSeries) {
        if shifts.isEmpty, !more.shifts.isEmpty { shifts = [Int64](repeating: 0, count: count) }
        if !shifts.isEmpty {
            shifts += more.shifts.isEmpty ? [Int64](repeating: 0, count: more.count) : more.shifts
        }
        times += more.times
        values += more.values
        qualities += more.qualities
        receipts += more.receipts
    }

    func picked(_ places: [Int]) -> SampleSeries {
        var part = SampleSeries()
        part.times = places.map { times[$0] }
        part.values = places.map { values[$0] }
        part.qualities = places.map { qualities[$0] }
        part.receipts = places.map { receipts[$0] }
        part.shifts = shifts.isEmpty ? [] : places.map { shifts[$0] }
        return part
    }
}

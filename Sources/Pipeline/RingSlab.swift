/// The latest samples of every point: one fixed ring a point, carved out of one slab.
///
/// A full ring forgets its oldest sample; what it no longer holds is looked up in the journal.
struct RingSlab {
    private var times: [Int64]
    private var values: [Double]
    private var counts: [Int]
    private let capacity: Int
    private var isRestored = false

    init(points: Int, capacity: Int) {
        self.capacity = capacity
        times = [Int64](repeating: 0, count: points * capacity)
        values = [Double](repeating: 0, count: points * capacity)
        counts = [Int](repeating: 0, count: points)
    }

    mutating func append(_ point: Int, time: Int64, value: Double) {
        let place = point * capacity + counts[point] % capacity
        times[place] = time
        values[place] = value
        counts[point] += 1
    }

    /// The value recorded for exactly this time, if the ring still holds it.
    func value(_ point: Int, at time: Int64) -> Double? {
        let held = min(counts[point], capacity)
        for offset in 0..<held where times[point * capacity + offset] == time {
            return values[point * capacity + offset]
        }
        return nil
    }

    /// Whether the ring holds every sample the point ever had.
    func isComplete(_ point: Int) -> Bool { !isRestored && counts[point] <= capacity }

    /// Says that older samples may be recorded than those the rings were given.
    mutating func beginRestored() { isRestored = true }
}

/// Finds a point's position in the registry by its durable number. Numbers are given out one after the other, so that
/// an array from the smallest to the largest is small and quick.
struct PointPositions {
    private let first: Int64
    private var positions: [Int32]

    init(_ numbers: [Int64]) {
        first = numbers.min() ?? 0
        let last = numbers.max() ?? -1
        positions = [Int32](repeating: -1, count: Int(last - first + 1))
        for (position, number) in numbers.enumerated() { positions[Int(number - first)] = Int32(position) }
    }

    /// Nil for a point that left the registry.
    func position(of number: Int64) -> Int? {
        let place = number &- first
        guard place >= 0, place < Int64(positions.count), positions[Int(place)] >= 0 else { return nil }
        return Int(positions[Int(place)])
    }
}

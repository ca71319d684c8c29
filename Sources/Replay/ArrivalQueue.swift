/// Brings samples into the order of their arrival.
struct ArrivalQueue {
    private var waiting: [Arrival] = []
    private var keys: [UInt64] = []

    /// The most samples ordered at once: 24 bits of a key number them.
    private static let bound = 1 << 24

    mutating func append(_ arrival: Arrival) { waiting.append(arrival) }

    /// Hands over, in order, what arrives up to a time; the rest waits on. Of one instant in the order appended.
    mutating func drain(through end: Int64, into ready: inout [Arrival]) {
        ready.removeAll(keepingCapacity: true)
        guard let first = waiting.lazy.map(\.at).min(), first <= end else { return }
        guard waiting.count < ArrivalQueue.bound else {
            let sorted = waiting.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            let split = sorted.firstIndex { $0.element.at > end } ?? sorted.count
            ready += sorted[..<split].map(\.element)
            waiting = sorted[split...].map(\.element)
            return
        }
        keys.removeAll(keepingCapacity: true)
        var rest: [Arrival] = []
        for (place, arrival) in waiting.enumerated() {
            // Forty bits of milliseconds are thirty-four years.
            if arrival.at <= end, arrival.at - first < 1 << 40 {
                keys.append(UInt64(arrival.at - first) << 24 | UInt64(place))
            } else {
                rest.append(arrival)
            }
        }
        keys.sort()
        ready.reserveCapacity(keys.count)
        for key in keys { ready.append(waiting[Int(key & (1 << 24 - 1))]) }
        waiting = rest
    }
}

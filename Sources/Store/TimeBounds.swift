/// The earliest and latest time in each of a growing row of stretches, and in every 64, 4,096 … of them together, so that
/// those which can hold a time are found without looking at each.
package struct TimeBounds {
    private struct Node {
        var earliest = Int64.max
        var latest = Int64.min

        mutating func widen(_ other: Node) {
            earliest = min(earliest, other.earliest)
            latest = max(latest, other.latest)
        }

        func contains(_ time: Int64) -> Bool { earliest <= time && time <= latest }
    }

    /// 64 nodes of a level lie below one of the next.
    private static let shift = 6

    /// The stretches themselves, then one level upon the other; the last has one node.
    private var levels: [[Node]] = [[]]
    /// The number of the first stretch.
    private var first: Int64 = 0

    package init() {}

    /// Whether anything was ever said of a stretch.
    package func knows(_ number: Int64) -> Bool {
        let place = number - first
        return place >= 0 && place < levels[0].count && levels[0][Int(place)].earliest <= levels[0][Int(place)].latest
    }

    /// Says that a stretch holds times from `earliest` to `latest`. Stretches come in rising order; one that was widened
    /// before may be widened again.
    package mutating func widen(_ number: Int64, _ earliest: Int64, _ latest: Int64) {
        if levels[0].isEmpty { first = number }
        guard number >= first else { return }
        let node = Node(earliest: earliest, latest: latest)
        var place = Int(number - first)
        var level = 0
        while true {
            while levels[level].count <= place { levels[level].append(Node()) }
            levels[level][place].widen(node)
            if level + 1 == levels.count {
                guard levels[level].count > 1 else { return }
                levels.append([levels[level].reduce(into: Node()) { $0.widen($1) }])
            }
            place >>= TimeBounds.shift
            level += 1
        }
    }

    /// Forgets the stretches before one, as far as whole nodes of the next level hold nothing else: the rest stays, and is
    /// found empty.
    package mutating func forget(before number: Int64) {
        let unit = 1 << (TimeBounds.shift * (levels.count - 1))
        guard number > first, !levels[0].isEmpty else { return }
        let count = min(Int(number - first), levels[0].count) / unit * unit
        guard count > 0 else { return }
        for level in levels.indices {
            levels[level].removeFirst(min(count >> (TimeBounds.shift * level), levels[level].count))
        }
        first += Int64(count)
    }

    /// The stretches that can hold a time, newest first.
    package func candidates(_ time: Int64) -> [Int64] {
        var found: [Int64] = []
        visit(levels.count - 1, levels[levels.count - 1].indices, time, &found)
        return found
    }

    private func visit(_ level: Int, _ places: Range<Int>, _ time: Int64, _ found: inout [Int64]) {
        for place in places.reversed() where levels[level][place].contains(time) {
            guard level > 0 else {
                found.append(first + Int64(place))
                continue
            }
            let below = place << TimeBounds.shift
            visit(
                level - 1, below..<min(below + 1 << TimeBounds.shift, levels[level - 1].count), time, &found)
        }
    }
}

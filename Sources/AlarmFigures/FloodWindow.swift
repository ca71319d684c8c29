package import Registry

/// The annunciations of the last ten minutes in one place, and whether they make a flood. One of time t is counted at
/// every moment from t until just before t + 10 min. Times are handed in rising order.
package struct FloodWindow<Item: Sendable>: Sendable {
    package struct Entry: Sendable {
        package let time: Int64
        package let item: Item
    }

    package let rule: FloodRule
    /// The most annunciations held; beyond, the oldest is forgotten, and the count says at least so many.
    private let bound: Int
    private var queue: [Entry] = []
    private var head = 0
    package private(set) var isInFlood = false
    /// When the last flood ended.
    private var lastEnd = Int64.min

    package init(_ rule: FloodRule, bound: Int) {
        self.rule = rule
        self.bound = max(bound, rule.startsAbove + 1)
    }

    /// Annunciations within the window, up to the time last handed in.
    package var count: Int { queue.count - head }

    /// Those that make a flood which begins now, oldest first: what came before the end of the last one was its own.
    package var members: [Entry] { queue[head...].filter { $0.time >= lastEnd } }

    /// When the flood ends if nothing more comes.
    package var ends: Int64? {
        guard isInFlood, count >= rule.endsBelow else { return nil }
        return queue[queue.count - rule.endsBelow].time + FloodRule.window
    }

    /// Lets time pass.
    /// - Returns: when the flood ended, if it did meanwhile.
    package mutating func pass(to time: Int64) -> Int64? {
        var ended: Int64?
        while head < queue.count, queue[head].time + FloodRule.window <= time {
            head += 1
            guard isInFlood, count < rule.endsBelow else { continue }
            isInFlood = false
            lastEnd = queue[head - 1].time + FloodRule.window
            ended = lastEnd
        }
        tidy()
        return ended
    }

    /// Counts an annunciation; time has been passed to it before.
    /// - Returns: whether a flood begins with it.
    package mutating func add(_ item: Item, at time: Int64) -> Bool {
        if count == bound { head += 1 }
        queue.append(Entry(time: time, item: item))
        tidy()
        guard !isInFlood, count > rule.startsAbove else { return false }
        isInFlood = true
        return true
    }

    /// Forgets everything; a flood is over.
    package mutating func clear() {
        queue = []
        head = 0
        isInFlood = false
        lastEnd = .min
    }

    /// Gives back the room of what has left the window.
    private mutating func tidy() {
        if head == queue.count {
            queue.removeAll(keepingCapacity: queue.capacity <= 64)
            head = 0
        } else if head >= 64, head * 2 > queue.count {
            queue.removeFirst(head)
            head = 0
        }
    }
}

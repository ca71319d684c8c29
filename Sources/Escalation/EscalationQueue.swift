import HeapModule

/// The tasks that wait to be claimed, in the order in which they became ready, in lanes. It says only who waits: tasks are
/// small numbers of their owner's, and are found by them without a search.
package struct EscalationQueue {
    /// A task that waits, between the one before it and the one behind it in its lane.
    private struct Place {
        /// The place in the order of becoming ready; negative for one that does not wait.
        var order: Int64 = -1
        var lane = 0
        var previous: Int?
        var next: Int?
    }

    /// Kept when it is empty, as there are no more lanes than tiers at sites.
    private struct Lane {
        var first: Int?
        var last: Int?
    }

    /// The oldest task of a lane not looked at yet.
    private struct Head: Comparable {
        let order: Int64
        let task: Int

        static func < (left: Head, right: Head) -> Bool { left.order < right.order }
        static func == (left: Head, right: Head) -> Bool { left.order == right.order }
    }

    private var places: [Place] = []
    private var lanes: [Lane] = []
    private var nextOrder: Int64 = 0

    /// Tasks that wait.
    package private(set) var count = 0

    package init() {}

    /// Whether a task waits.
    package func contains(_ task: Int) -> Bool { task < places.count && places[task].order >= 0 }

    /// Puts a task at the end, unless it waits already.
    package mutating func add(_ task: Int, lane: Int) {
        while places.count <= task { places.append(Place()) }
        while lanes.count <= lane { lanes.append(Lane()) }
        guard places[task].order < 0 else { return }
        places[task] = Place(order: nextOrder, lane: lane, previous: lanes[lane].last)
        if let last = lanes[lane].last { places[last].next = task } else { lanes[lane].first = task }
        lanes[lane].last = task
        nextOrder += 1
        count += 1
    }

    package mutating func remove(_ task: Int) {
        guard contains(task) else { return }
        let place = places[task]
        if let previous = place.previous {
            places[previous].next = place.next
        } else {
            lanes[place.lane].first = place.next
        }
        if let next = place.next {
            places[next].previous = place.previous
        } else {
            lanes[place.lane].last = place.previous
        }
        places[task].order = -1
        count -= 1
    }

    /// The oldest tasks of the lanes that are wanted; they go on waiting.
    /// - Parameter isBlocked: whether a task has to wait for another; it is passed over.
    package func oldest(_ limit: Int, from isWanted: (_ lane: Int) -> Bool, unless isBlocked: (_ task: Int) -> Bool)
        -> [Int]
    {
        let firsts = lanes.indices.compactMap { lane in lanes[lane].first.flatMap { isWanted(lane) ? $0 : nil } }
        var heads = Heap(firsts.map { Head(order: places[$0].order, task: $0) })
        var oldest: [Int] = []
        while oldest.count < limit, let head = heads.popMin() {
            if let next = places[head.task].next { heads.insert(Head(order: places[next].order, task: next)) }
            if !isBlocked(head.task) { oldest.append(head.task) }
        }
        return oldest
    }
}

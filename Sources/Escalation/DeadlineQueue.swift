import HeapModule
package import Telemetry

/// When something is to happen to tasks: a lease runs out, a failed one is ready again. At most one deadline a task; tasks
/// are small numbers of their owner's.
package struct DeadlineQueue {
    private struct Entry: Comparable {
        let deadline: Int64
        /// Of what falls due at once the oldest comes first; its number says nothing of its age.
        let id: ULID
        let task: Int

        static func < (left: Entry, right: Entry) -> Bool {
            (left.deadline, left.id) < (right.deadline, right.id)
        }
    }

    /// The heap is made anew once so many more entries than deadlines are in it: what is settled in time stays there.
    private static let slack = 1_024
    private static let none = Int64.max

    private var heap = Heap<Entry>()
    /// By task.
    private var deadlines: [Int64] = []
    private var ids: [ULID] = []

    package init() {}

    /// Tasks that have one.
    package private(set) var count = 0

    /// The earliest deadline, or one not in force any more before it.
    package var next: Int64? { heap.min?.deadline }

    /// - Parameters:
    ///   - id: of the task that has the number.
    ///   - deadline: milliseconds on the monotonic clock.
    package mutating func set(_ task: Int, _ id: ULID, to deadline: Int64) {
        while deadlines.count <= task {
            deadlines.append(DeadlineQueue.none)
            ids.append(id)
        }
        guard deadlines[task] != deadline || ids[task] != id else { return }
        ids[task] = id
        if deadlines[task] == DeadlineQueue.none { count += 1 }
        deadlines[task] = deadline
        heap.insert(Entry(deadline: deadline, id: id, task: task))
        guard heap.count > 2 * count + DeadlineQueue.slack else { return }
        heap = Heap(
            deadlines.indices.filter { deadlines[$0] != DeadlineQueue.none }.map {
                Entry(deadline: deadlines[$0], id: ids[$0], task: $0)
            })
    }

    package mutating func remove(_ task: Int) {
        guard task < deadlines.count, deadlines[task] != DeadlineQueue.none else { return }
        deadlines[task] = DeadlineQueue.none
        count -= 1
    }

    /// Takes out the earliest task whose time has come.
    package mutating func popDue(at now: Int64) -> Int? {
        while let first = heap.min, first.deadline <= now {
            heap.removeMin()
            guard deadlines[first.task] == first.deadline, ids[first.task] == first.id else { continue }
            remove(first.task)
            return first.task
        }
        return nil
    }
}

import HeapModule
package import Telemetry

/// When something is to happen to tasks: a lease runs out, a failed one is ready again. At most one deadline a task.
package struct DeadlineQueue {
    private struct Entry: Comparable {
        let deadline: Int64
        let task: ULID

        static func < (left: Entry, right: Entry) -> Bool {
            (left.deadline, left.task) < (right.deadline, right.task)
        }
    }

    /// The heap is made anew once so many more entries than deadlines are in it: what is settled in time stays there.
    private static let slack = 1_024

    private var heap = Heap<Entry>()
    private var deadlines: [ULID: Int64] = [:]

    package init() {}

    package var count: Int { deadlines.count }

    /// The earliest deadline, or one not in force any more before it.
    package var next: Int64? { heap.min?.deadline }

    /// - Parameter deadline: milliseconds on the monotonic clock.
    package mutating func set(_ task: ULID, to deadline: Int64) {
        guard deadlines[task] != deadline else { return }
        deadlines[task] = deadline
        heap.insert(Entry(deadline: deadline, task: task))
        guard heap.count > 2 * deadlines.count + DeadlineQueue.slack else { return }
        heap = Heap(deadlines.map { Entry(deadline: $0.value, task: $0.key) })
    }

    package mutating func remove(_ task: ULID) {
        deadlines[task] = nil
    }

    /// Takes out the earliest task whose time has come.
    package mutating func popDue(at now: Int64) -> ULID? {
        while let first = heap.min, first.deadline <= now {
            heap.removeMin()
            guard deadlines[first.task] == first.deadline else { continue }
            deadlines[first.task] = nil
            return first.task
        }
        return nil
    }
}

import DequeModule
import HeapModule
package import Telemetry

/// The tasks that wait to be claimed, in the order in which they became ready, by tier and site. It says only who waits;
/// the tasks themselves belong to their climbs.
package struct EscalationQueue {
    /// Tasks of one tier and site.
    private struct Lane {
        var entries: Deque<Entry> = []
        /// Entries that still wait; the others were taken or withdrawn meanwhile.
        var waiting = 0
    }

    package struct LaneName: Hashable, Sendable {
        package let tier: String
        package let site: String
    }

    /// A task that waits.
    package struct Entry: Sendable {
        package let task: ULID
        package let episode: ULID
        /// The place in the order of becoming ready.
        fileprivate let ticket: Int64
    }

    /// The oldest entry of a lane not looked at yet.
    private struct Head: Comparable {
        let ticket: Int64
        let lane: LaneName
        let place: Int

        static func < (left: Head, right: Head) -> Bool { left.ticket < right.ticket }
        static func == (left: Head, right: Head) -> Bool { left.ticket == right.ticket }
    }

    /// A lane is cleared of what waits no more once that is more than this beyond what waits.
    private static let slack = 64

    private var lanes: [LaneName: Lane] = [:]
    private var waiting: [ULID: (ticket: Int64, lane: LaneName)] = [:]
    private var nextTicket: Int64 = 0

    package init() {}

    /// Tasks that wait.
    package var count: Int { waiting.count }

    /// Puts a task at the end, unless it waits already.
    package mutating func add(_ task: EscalationTask, site: String) {
        guard waiting[task.id] == nil else { return }
        let lane = LaneName(tier: task.tier, site: site)
        waiting[task.id] = (nextTicket, lane)
        lanes[lane, default: Lane()].entries.append(
            Entry(task: task.id, episode: task.episode, ticket: nextTicket))
        lanes[lane]?.waiting += 1
        nextTicket += 1
    }

    package mutating func remove(_ task: ULID) {
        guard let place = waiting.removeValue(forKey: task) else { return }
        lanes[place.lane]?.waiting -= 1
        tidy(place.lane)
    }

    /// Takes out the oldest entries of the lanes that are wanted.
    /// - Parameter isBlocked: whether an entry has to wait for another; it is passed over and stays.
    package mutating func take(
        limit: Int, from isWanted: (LaneName) -> Bool, unless isBlocked: (Entry) -> Bool
    ) -> [Entry] {
        var heads = Heap<Head>()
        for name in lanes.keys where isWanted(name) {
            if let head = head(of: name, from: 0) { heads.insert(head) }
        }
        var taken: [Entry] = []
        while taken.count < limit, let head = heads.popMin() {
            let entry = lanes[head.lane]?.entries[head.place]
            if let next = self.head(of: head.lane, from: head.place + 1) { heads.insert(next) }
            guard let entry, !isBlocked(entry) else { continue }
            taken.append(entry)
            waiting[entry.task] = nil
            lanes[head.lane]?.waiting -= 1
        }
        for name in Set(lanes.keys.filter(isWanted)) { tidy(name) }
        return taken
    }

    /// The first entry that waits, from a place on.
    private func head(of name: LaneName, from place: Int) -> Head? {
        guard let entries = lanes[name]?.entries else { return nil }
        var place = place
        while place < entries.count {
            let ticket = entries[place].ticket
            if waiting[entries[place].task]?.ticket == ticket { return Head(ticket: ticket, lane: name, place: place) }
            place += 1
        }
        return nil
    }

    private mutating func tidy(_ name: LaneName) {
        guard let waitingInLane = lanes[name]?.waiting else { return }
        guard waitingInLane > 0 else {
            lanes[name] = nil
            return
        }
        while let first = lanes[name]?.entries.first, waiting[first.task]?.ticket != first.ticket {
            lanes[name]?.entries.removeFirst()
        }
        guard let lane = lanes[name] else { return }
        if lane.entries.count > 2 * lane.waiting + EscalationQueue.slack {
            lanes[name]?.entries.removeAll { [waiting] entry in waiting[entry.task]?.ticket != entry.ticket }
        }
    }
}

import DequeModule
import HeapModule
package import Telemetry

/// The tasks that wait to be claimed, in the order in which they became ready, by tier and site. It says only who waits;
/// the tasks themselves belong to their climbs.
package struct EscalationQueue {
    /// Tasks of one tier and site; kept when it is empty, as there are no more lanes than tiers at sites.
    private struct Lane {
        let name: LaneName
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
        let lane: Int
        let place: Int

        static func < (left: Head, right: Head) -> Bool { left.ticket < right.ticket }
        static func == (left: Head, right: Head) -> Bool { left.ticket == right.ticket }
    }

    /// A lane is cleared of what waits no more once that is more than this beyond what waits.
    private static let slack = 64

    private var lanes: [Lane] = []
    private var laneNumbers: [LaneName: Int] = [:]
    private var waiting: [ULID: (ticket: Int64, lane: Int)] = [:]
    private var nextTicket: Int64 = 0

    package init() {}

    /// Tasks that wait.
    package var count: Int { waiting.count }

    /// Puts a task at the end, unless it waits already.
    package mutating func add(_ task: EscalationTask, site: String) {
        guard waiting[task.id] == nil else { return }
        let lane = laneNumber(LaneName(tier: task.tier, site: site))
        waiting[task.id] = (nextTicket, lane)
        lanes[lane].entries.append(Entry(task: task.id, episode: task.episode, ticket: nextTicket))
        lanes[lane].waiting += 1
        nextTicket += 1
    }

    private mutating func laneNumber(_ name: LaneName) -> Int {
        if let number = laneNumbers[name] { return number }
        laneNumbers[name] = lanes.count
        lanes.append(Lane(name: name))
        return lanes.count - 1
    }

    package mutating func remove(_ task: ULID) {
        guard let place = waiting.removeValue(forKey: task) else { return }
        lanes[place.lane].waiting -= 1
        tidy(place.lane)
    }

    /// Takes out the oldest entries of the lanes that are wanted.
    /// - Parameter isBlocked: whether an entry has to wait for another; it is passed over and stays.
    package mutating func take(
        limit: Int, from isWanted: (LaneName) -> Bool, unless isBlocked: (Entry) -> Bool
    ) -> [Entry] {
        let wanted = lanes.indices.filter { lanes[$0].waiting > 0 && isWanted(lanes[$0].name) }
        var heads = Heap(wanted.compactMap { head(of: $0, from: 0) })
        var taken: [Entry] = []
        while taken.count < limit, let head = heads.popMin() {
            let entry = lanes[head.lane].entries[head.place]
            if let next = self.head(of: head.lane, from: head.place + 1) { heads.insert(next) }
            guard !isBlocked(entry) else { continue }
            taken.append(entry)
            waiting[entry.task] = nil
            lanes[head.lane].waiting -= 1
        }
        for lane in wanted { tidy(lane) }
        return taken
    }

    /// The first entry that waits, from a place on.
    private func head(of lane: Int, from place: Int) -> Head? {
        let entries = lanes[lane].entries
        let next = entries.indices.dropFirst(place).first { isWaiting(entries[$0]) }
        return next.map { Head(ticket: entries[$0].ticket, lane: lane, place: $0) }
    }

    private func isWaiting(_ entry: Entry) -> Bool { waiting[entry.task]?.ticket == entry.ticket }

    private mutating func tidy(_ number: Int) {
        guard lanes[number].waiting > 0 else { return lanes[number].entries = [] }
        while let first = lanes[number].entries.first, !isWaiting(first) { lanes[number].entries.removeFirst() }
        if lanes[number].entries.count > 2 * lanes[number].waiting + EscalationQueue.slack {
            lanes[number].entries.removeAll { [waiting] entry in waiting[entry.task]?.ticket != entry.ticket }
        }
    }
}

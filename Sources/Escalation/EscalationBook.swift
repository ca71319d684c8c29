import Registry
package import Telemetry

/// The climbs under way and what has become of each of their tasks: who waits for a consumer in which order, who is held
/// until when, who failed too often. A task has a number for as long as its climb lasts, by which everything about it is
/// found without a search.
package struct EscalationBook {
    /// A climb under way.
    private struct Entry {
        let episode: ULID
        /// The alarm's site.
        let site: String
        /// What its owner wants to find again.
        let mark: Int
        var climb: Climb
        /// The numbers of its tasks, in their order; none once it has ended.
        var numbers: [Int]
        /// The task by which it stands among the fronts.
        var front: Int?
    }

    /// Where a number's task is.
    private struct Seat {
        var entry: Int
        var place: Int
        var lane: Int
    }

    private struct LaneName: Hashable {
        let tier: String
        let site: String
    }

    private var entries: [Entry] = []
    private var freeEntries: [Int] = []
    private var byEpisode: [ULID: Int] = [:]
    private var seats: [Seat] = []
    private var freeNumbers: [Int] = []
    private var numbersByTask: [ULID: Int] = [:]
    private var lanes: [LaneName] = []
    private var laneNumbers: [LaneName: Int] = [:]
    /// The tasks that wait for a consumer.
    private var queue = EscalationQueue()
    /// Those of them that are the next of their climb: what a claim of every tier can have, so that it need not pass over
    /// all that waits behind them.
    private var fronts = EscalationQueue()
    /// When leases run out and failed tasks are tried again.
    private var deadlines = DeadlineQueue()
    private var deadLetters: Set<Int> = []

    /// Grows with every change that may let a claim find something.
    package private(set) var generation: Int64 = 0

    package init() {}

    /// Tasks that wait for a consumer.
    package var waitingCount: Int { queue.count }
    /// Tasks that consumers hold, or that are tried again later.
    package var underWayCount: Int { deadlines.count }
    /// Tasks that failed too often.
    package var deadLetterCount: Int { deadLetters.count }
    /// When a lease runs out or a failed task is tried again, or before that, on the monotonic clock.
    package var nextDeadline: Int64? { deadlines.next }

    // MARK: Climbs

    /// The episodes whose climbs are under way, in their order.
    package var episodes: [ULID] { byEpisode.keys.sorted() }

    /// The climb of an episode, as long as it is under way.
    package subscript(episode: ULID) -> Climb? { byEpisode[episode].map { entries[$0].climb } }

    /// Takes on a climb, none of whose tasks waits or is held yet.
    /// - Parameter mark: what its owner wants to find again.
    package mutating func begin(_ climb: Climb, of episode: ULID, site: String, mark: Int) {
        let place = freeEntries.popLast() ?? entries.count
        var numbers: [Int] = []
        for (index, task) in climb.tasks.enumerated() {
            let number = freeNumbers.popLast() ?? seats.count
            let seat = Seat(entry: place, place: index, lane: lane(LaneName(tier: task.tier, site: site)))
            if number < seats.count { seats[number] = seat } else { seats.append(seat) }
            numbersByTask[task.id] = number
            numbers.append(number)
        }
        let entry = Entry(episode: episode, site: site, mark: mark, climb: climb, numbers: numbers)
        if place < entries.count { entries[place] = entry } else { entries.append(entry) }
        byEpisode[episode] = place
    }

    private mutating func lane(_ name: LaneName) -> Int {
        if let lane = laneNumbers[name] { return lane }
        laneNumbers[name] = lanes.count
        lanes.append(name)
        return lanes.count - 1
    }

    /// Takes on how a climb's tasks are now.
    package mutating func update(_ climb: Climb, of episode: ULID, at now: Instant) {
        guard let place = byEpisode[episode] else { return }
        entries[place].climb = climb
        for number in entries[place].numbers { follow(number, at: now) }
    }

    /// Forgets a climb.
    /// - Returns: it as it was; nil if there is none.
    package mutating func end(_ episode: ULID) -> Climb? {
        guard let place = byEpisode.removeValue(forKey: episode) else { return nil }
        let entry = entries[place]
        for (number, task) in zip(entry.numbers, entry.climb.tasks) {
            queue.remove(number)
            fronts.remove(number)
            deadlines.remove(number)
            deadLetters.remove(number)
            numbersByTask[task.id] = nil
            freeNumbers.append(number)
        }
        entries[place].climb = Climb(resuming: [], policy: .standard)
        entries[place].numbers = []
        freeEntries.append(place)
        generation += 1
        return entry.climb
    }

    // MARK: Tasks

    /// A task's number, as long as its climb is under way.
    package func number(of task: ULID) -> Int? { numbersByTask[task] }

    package subscript(number: Int) -> EscalationTask {
        let seat = seats[number]
        return entries[seat.entry].climb.tasks[seat.place]
    }

    /// The numbers of all tasks, in the order in which they became ready.
    package var numbersByReadiness: [Int] {
        let tasks = byEpisode.values.flatMap { entries[$0].numbers }.map { number in
            (number: number, readyAt: self[number].readyAt ?? 0, id: self[number].id)
        }
        return tasks.sorted { ($0.readyAt, $0.id) < ($1.readyAt, $1.id) }.map(\.number)
    }

    /// The site of a task's alarm, and what its climb was marked with.
    package func climb(of number: Int) -> (site: String, mark: Int) {
        let place = seats[number].entry
        return (entries[place].site, entries[place].mark)
    }

    /// Changes a task.
    /// - Returns: it as it was, and as it then is.
    package mutating func change(
        _ number: Int, at now: Instant, _ change: (inout EscalationTask) -> Void
    ) -> (former: EscalationTask, task: EscalationTask) {
        let seat = seats[number]
        let changed = entries[seat.entry].climb.change(at: seat.place, change)
        follow(number, at: now)
        return changed
    }

    /// Has a task wait, or run out, as its state says.
    package mutating func follow(_ number: Int, at now: Instant) {
        let seat = seats[number]
        let task = entries[seat.entry].climb.tasks[seat.place]
        generation += 1
        if task.state == .ready { queue.add(number, lane: seat.lane) } else { queue.remove(number) }
        followFront(seat.entry)
        let deadline = task.state == .leased ? task.lease?.until : task.state == .failed ? task.retryAt : nil
        if let deadline {
            deadlines.set(number, task.id, to: now.monotonic + max(0, deadline - now.wall))
        } else {
            deadlines.remove(number)
        }
        if task.state == .deadLettered {
            deadLetters.insert(number)
        } else if !deadLetters.isEmpty {
            deadLetters.remove(number)
        }
    }

    /// Of all tasks of a climb the lowest that is still to be told stands for it among the fronts.
    private mutating func followFront(_ place: Int) {
        let next = entries[place].climb.tasks.firstIndex { $0.isUndelivered }
        let front = next.map { entries[place].numbers[$0] }
        if let former = entries[place].front, former != front { fronts.remove(former) }
        if entries[place].front != front { entries[place].front = front }
        guard let next, let front else { return }
        if entries[place].climb.tasks[next].state == .ready {
            fronts.add(front, lane: seats[front].lane)
        } else {
            fronts.remove(front)
        }
    }

    // MARK: Claiming

    /// The oldest tasks that wait, of the tiers and sites that a claim wants. Tiers of one episode that it covers come in
    /// their order: a task waits while one below it is still to be told.
    package func oldest(for claim: EscalationClaim, site isSeen: (_ site: String) -> Bool) -> [Int] {
        var known: [String: Bool] = [:]
        func isWanted(_ site: String) -> Bool {
            if let isWanted = known[site] { return isWanted }
            let isWanted = isSeen(site)
            known[site] = isWanted
            return isWanted
        }
        guard !claim.tiers.isEmpty else {
            return fronts.oldest(claim.limit) {
                isWanted(lanes[$0].site)
            } unless: { _ in
                false
            }
        }
        return queue.oldest(claim.limit) {
            claim.wants(tier: lanes[$0].tier) && isWanted(lanes[$0].site)
        } unless: { number in
            let seat = seats[number]
            return entries[seat.entry].climb.isBlocked(at: seat.place, by: claim.wants(tier:))
        }
    }

    /// Takes out the next task whose lease has run out, or that is to be tried again.
    package mutating func popDue(at now: Int64) -> Int? { deadlines.popDue(at: now) }
}

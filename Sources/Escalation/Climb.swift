package import Registry
package import Telemetry

/// The ladder of one episode: which tiers are told when, from the commit of the raise.
package struct Climb: Sendable {
    /// The open tasks, lowest tier first.
    package private(set) var tasks: [EscalationTask]
    private var repeatEvery: Int64?

    /// Plans the climb of an episode raised at `raisedAt` (UTC milliseconds).
    package init(
        episode: ULID, subject: String, priority: Priority, policy: EscalationPolicy, raisedAt: Int64,
        random: inout RandomState
    ) {
        repeatEvery = policy.repeatEvery
        tasks = []
        for (step, wait) in (policy.climb[priority] ?? []).enumerated() where step < policy.tiers.count {
            tasks.append(
                EscalationTask(
                    id: ULID(time: raisedAt, random: &random), episode: episode, subject: subject,
                    tier: policy.tiers[step], step: step, dueAt: raisedAt + wait, wait: wait))
        }
    }

    /// Takes up a climb from its stored tasks.
    package init(resuming tasks: [EscalationTask], policy: EscalationPolicy) {
        self.tasks = tasks.filter { !$0.isClosed }.sorted { $0.step < $1.step }
        repeatEvery = policy.repeatEvery
    }

    /// When the next announcement falls due, UTC milliseconds.
    package var nextDue: Int64? { tasks.compactMap(\.dueAt).min() }

    /// Shortens waits that a wall clock set back would make longer than they were when they began.
    package mutating func limitWaits(now: Int64) -> [EscalationTask] {
        var changed: [EscalationTask] = []
        for place in tasks.indices where tasks[place].limitWaits(now: now) { changed.append(tasks[place]) }
        return changed
    }

    /// Moves every deadline along with a wall clock that was set.
    package mutating func shift(by step: Int64) -> [EscalationTask] {
        for place in tasks.indices { tasks[place].shift(by: step) }
        return tasks.filter { $0.dueAt != nil || $0.retryAt != nil || $0.lease != nil }
    }

    /// Takes on a policy's pace: waits that it has shorter are shortened, none to before now; repetitions follow it.
    /// - Returns: the tasks that changed.
    package mutating func hasten(to policy: EscalationPolicy, _ priority: Priority, now: Int64) -> [EscalationTask] {
        repeatEvery = policy.repeatEvery
        let waits = policy.climb[priority] ?? []
        var changed: [EscalationTask] = []
        for place in tasks.indices {
            let step = tasks[place].step
            let wait = tasks[place].announcements > 0 ? repeatEvery : step < waits.count ? waits[step] : nil
            guard let dueAt = tasks[place].dueAt, let wait, wait < tasks[place].wait else { continue }
            tasks[place].dueAt = max(min(dueAt, now), dueAt - (tasks[place].wait - wait))
            tasks[place].wait = wait
            changed.append(tasks[place])
        }
        return changed
    }

    /// What came of the passing of time.
    package struct Step {
        package var announced: [EscalationTask] = []
        /// Tiers passed over.
        package var skipped: [EscalationTask] = []
        /// Every task that changed.
        package var changed: [EscalationTask] = []
    }

    /// What has fallen due by `now`: each tier is announced once, lowest first, and of the tiers already
    /// announced only the highest is repeated.
    /// - Parameter emptiness: why nobody of a tier could be told, or nil if somebody can. Such a tier is passed over, and
    ///   the next one's time has come; the last one is announced all the same, so that no climb ends unheard.
    package mutating func advance(
        to now: Int64, emptiness: (_ tier: String) -> String? = { _ in nil }
    ) -> Step {
        var step = Step()
        skipEmpty(until: now, emptiness, &step)
        func isReached(_ task: EscalationTask) -> Bool {
            task.announcements > 0 || task.dueAt.map { $0 <= now } ?? false
        }
        guard let highest = tasks.lastIndex(where: isReached) else { return step }
        for place in tasks.indices {
            guard let dueAt = tasks[place].dueAt else { continue }
            let isRepeat = tasks[place].announcements > 0
            let isAnnounced = dueAt <= now && (!isRepeat || place == highest)
            guard isAnnounced || (place < highest && isRepeat) else { continue }
            if isAnnounced {
                tasks[place].announce(at: now)
                step.announced.append(tasks[place])
            }
            let repeats = place == highest ? repeatEvery : nil
            tasks[place].dueAt = repeats.map { now + $0 }
            tasks[place].wait = repeats ?? tasks[place].wait
            step.changed.append(tasks[place])
        }
        return step
    }

    private mutating func skipEmpty(until now: Int64, _ emptiness: (String) -> String?, _ step: inout Step) {
        for place in tasks.indices.dropLast() {
            guard tasks[place].state == .scheduled, let dueAt = tasks[place].dueAt, dueAt <= now,
                let reason = emptiness(tasks[place].tier)
            else { continue }
            tasks[place].skip(note: reason)
            step.skipped.append(tasks[place])
            step.changed.append(tasks[place])
            guard tasks[place + 1].state == .scheduled, let next = tasks[place + 1].dueAt, next > now else { continue }
            tasks[place + 1].dueAt = now
            step.changed.append(tasks[place + 1])
        }
    }

    /// Changes the task at a place.
    /// - Returns: it as it was, and as it then is.
    package mutating func change(
        at place: Int, _ change: (inout EscalationTask) -> Void
    ) -> (former: EscalationTask, task: EscalationTask) {
        let former = tasks[place]
        change(&tasks[place])
        return (former, tasks[place])
    }

    /// Whether a tier of these below the task at a place is still to be told: a claim that covers both gets them in order.
    package func isBlocked(at place: Int, by isWanted: (_ tier: String) -> Bool) -> Bool {
        tasks[..<place].contains { $0.isUndelivered && isWanted($0.tier) }
    }

    /// Stops the climb: what is not done is cancelled.
    /// - Returns: every task, as it then is.
    package mutating func cancel() -> [EscalationTask] {
        defer { tasks = [] }
        return tasks.map { task in
            var task = task
            task.close()
            return task
        }
    }
}

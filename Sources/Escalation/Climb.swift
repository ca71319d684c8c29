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
        self.tasks = tasks.filter(\.isOpen).sorted { $0.step < $1.step }
        repeatEvery = policy.repeatEvery
    }

    /// When the next announcement falls due, UTC milliseconds.
    package var nextDue: Int64? { tasks.compactMap(\.dueAt).min() }

    /// Shortens waits that a wall clock set back would make longer than they were when they began.
    package mutating func limitWaits(now: Int64) -> [EscalationTask] {
        var changed: [EscalationTask] = []
        for place in tasks.indices {
            guard let dueAt = tasks[place].dueAt, dueAt - now > tasks[place].wait else { continue }
            tasks[place].dueAt = now + tasks[place].wait
            changed.append(tasks[place])
        }
        return changed
    }

    /// Moves every deadline along with a wall clock that was set.
    package mutating func shift(by step: Int64) -> [EscalationTask] {
        for place in tasks.indices { tasks[place].dueAt = tasks[place].dueAt.map { $0 + step } }
        return tasks.filter { $0.dueAt != nil }
    }

    /// Takes on a policy's pace: waits that it has shorter are shortened, none to before now; repetitions follow it.
    /// - Returns: the tasks that changed.
    package mutating func hasten(to policy: EscalationPolicy, _ priority: Priority, now: Int64) -> [EscalationTask] {
        repeatEvery = policy.repeatEvery
        let waits = policy.climb[priority] ?? []
        var changed: [EscalationTask] = []
        for place in tasks.indices {
            let step = tasks[place].step
            let wait = tasks[place].state == .due ? repeatEvery : step < waits.count ? waits[step] : nil
            guard let dueAt = tasks[place].dueAt, let wait, wait < tasks[place].wait else { continue }
            tasks[place].dueAt = max(min(dueAt, now), dueAt - (tasks[place].wait - wait))
            tasks[place].wait = wait
            changed.append(tasks[place])
        }
        return changed
    }

    /// What has fallen due by `now`: each tier is announced once, lowest first, and of the tiers already
    /// announced only the highest is repeated.
    /// - Returns: the tasks to announce, and every task that changed.
    package mutating func advance(to now: Int64) -> (announced: [EscalationTask], changed: [EscalationTask]) {
        func isReached(_ task: EscalationTask) -> Bool { task.state == .due || task.dueAt.map { $0 <= now } ?? false }
        guard let highest = tasks.lastIndex(where: isReached) else { return ([], []) }
        var announced: [EscalationTask] = []
        var changed: [EscalationTask] = []
        for place in tasks.indices {
            guard let dueAt = tasks[place].dueAt else { continue }
            let isRepeat = tasks[place].state == .due
            let isAnnounced = dueAt <= now && (!isRepeat || place == highest)
            guard isAnnounced || (place < highest && isRepeat) else { continue }
            if isAnnounced {
                tasks[place].state = .due
                tasks[place].announcements += 1
                announced.append(tasks[place])
            }
            let repeats = place == highest ? repeatEvery : nil
            tasks[place].dueAt = repeats.map { now + $0 }
            tasks[place].wait = repeats ?? tasks[place].wait
            changed.append(tasks[place])
        }
        return (announced, changed)
    }

    /// Stops the climb: every open task is cancelled.
    package mutating func cancel() -> [EscalationTask] {
        let cancelled = tasks.map { task in
            var task = task
            task.state = .cancelled
            task.dueAt = nil
            return task
        }
        tasks = []
        return cancelled
    }
}

import Alarms
package import Escalation
import Registry
package import Telemetry

/// Escalations as work for consumers: claimed, reported on, and taken back when a lease runs out.
extension Engine {
    /// Tasks that wait for a consumer.
    package var readyEscalations: Int { queue.count }
    /// Tasks that consumers hold, or that are tried again later.
    package var escalationsUnderWay: Int { leases.count }
    /// Tasks that failed too often.
    package var deadLetterCount: Int { deadLetters.count }
    /// Another number than before, once there may be something for a claim that found nothing.
    package var queueGeneration: Int64 { queueChanges }

    /// Hands the oldest tasks that wait to a consumer. Tiers of one episode that a claim covers come in their order: a
    /// task waits while one below it is still to be told.
    package func claim(_ claim: EscalationClaim, at now: Instant) -> [ClaimedEscalation] {
        let claimed = entries(for: claim).compactMap { entry -> ClaimedEscalation? in
            guard let subject = episodes[entry.episode], let alarm = alarms[subject] else { return nil }
            let task = climbs[entry.episode]?.change(entry.task) {
                $0.lease(to: claim.holder, for: claim.lease, at: now.wall)
            }
            guard let task else { return nil }
            keep(task, of: subject.site, at: now)
            let recipients = recipients(of: task.tier, alarm, withPhones: true, at: now)
            let text = text(of: alarm)
            return ClaimedEscalation(task: task, area: site(subject.site)?.area ?? []) {
                text.json(tier: task.tier, escalation: task.id, recipients: recipients)
            }
        }
        guard !claimed.isEmpty else { return [] }
        let list = claimed.map { "\($0.task.id)/\($0.task.attempts)" }.joined(separator: " ")
        effects.actions.append(
            OperatorActionRecord(
                at: now.wall, actor: claim.holder, origin: claim.origin, action: "claim", target: "escalations",
                comment: nil, outcome: "leased \(claimed.count) for \(claim.lease) ms: \(list)"))
        return claimed
    }

    private func entries(for claim: EscalationClaim) -> [EscalationQueue.Entry] {
        var known: [String: Bool] = [:]
        func isWanted(_ name: String) -> Bool {
            if let isWanted = known[name] { return isWanted }
            let isWanted = claim.wants(site: name, area: site(name)?.area)
            known[name] = isWanted
            return isWanted
        }
        guard !claim.tiers.isEmpty else {
            return fronts.take(limit: claim.limit) {
                isWanted($0.site)
            } unless: { _ in
                false
            }
        }
        return queue.take(limit: claim.limit) {
            claim.wants(tier: $0.tier) && isWanted($0.site)
        } unless: { entry in
            climbs[entry.episode]?.isBlocked(entry.task, by: claim.wants(tier:)) ?? true
        }
    }

    /// Takes in what a consumer or operator says of tasks, one after the other.
    /// - Returns: what came of each, in their order.
    package func report(_ report: LeaseReport, at now: Instant) -> [LeaseReport.Outcome] {
        let outcomes = report.items.map { outcome(of: report, $0, at: now) }
        followDeadLetters(at: now)
        var refused = 0
        var list = ""
        for (item, outcome) in zip(report.items, outcomes) {
            if case .done = outcome { list += " \(item.task)/\(item.claim)" } else { refused += 1 }
        }
        effects.actions.append(
            OperatorActionRecord(
                at: now.wall, actor: report.holder, origin: report.origin, action: report.verb.rawValue,
                target: "escalations", comment: report.items.lazy.compactMap(\.note).first,
                outcome: "\(outcomes.count - refused) done, \(refused) refused:\(list)"))
        return outcomes
    }

    private func outcome(
        of report: LeaseReport, _ item: LeaseReport.Item, at now: Instant
    ) -> LeaseReport.Outcome {
        guard let episode = taskEpisodes[item.task], let subject = episodes[episode], let alarm = alarms[subject],
            let task = climbs[episode]?[item.task], isSeen(subject.site, by: report)
        else { return .unknown }
        if let refusal = refusal(of: report, item, task) { return refusal }
        let note = item.note.map { String($0.prefix(EscalationTask.longestNote)) }
        let changed = climbs[episode]?.change(item.task) { task in
            switch report.verb {
            case .done: task.complete(note: note, at: now.wall)
            case .fail: task.fail(note: note, at: now.wall)
            case .release: task.becomeReady(at: now.wall)
            case .extend: task.extend(for: report.lease, at: now.wall)
            case .requeue:
                task.failures = 0
                task.becomeReady(at: now.wall)
            }
        }
        guard let changed else { return .unknown }
        keep(changed, of: subject.site, at: now)
        switch report.verb {
        case .done: tell(.done, changed, alarm, actor: report.holder, comment: note, at: now)
        case .fail: tellFailure(changed, alarm, actor: report.holder, at: now)
        case .release, .extend, .requeue: break
        }
        return .done(changed)
    }

    private func isSeen(_ name: String, by report: LeaseReport) -> Bool {
        site(name).map { report.scope.covers($0.area) } ?? report.scope.isUnlimited
    }

    /// Why a report cannot be taken, or that it was taken already; nil where it can.
    private func refusal(
        of report: LeaseReport, _ item: LeaseReport.Item, _ task: EscalationTask
    ) -> LeaseReport.Outcome? {
        guard report.verb.needsLease else {
            return task.state == .deadLettered || task.state == .failed
                ? nil
                : .refused("escalation \(task.id) is \(task.state.rawValue); only one that failed can be requeued")
        }
        if task.isHeld(by: report.holder, claim: item.claim) { return nil }
        // The answer to the first report may have been lost.
        if report.verb == .done, task.state == .done, task.lease?.holder == report.holder, task.attempts == item.claim {
            return .done(task)
        }
        return .refused(
            "claim \(item.claim) of escalation \(task.id) holds no more: it is \(task.state.rawValue), and was claimed "
                + "\(task.attempts) times")
    }

    /// Takes back what was held too long, and has what failed tried again.
    func endLeases(at now: Instant) {
        var hasFailed = false
        while let id = leases.popDue(at: now.monotonic) {
            guard let episode = taskEpisodes[id], let subject = episodes[episode], let alarm = alarms[subject] else {
                continue
            }
            let holder = climbs[episode]?[id]?.lease?.holder
            var isExpired = false
            let task = climbs[episode]?.change(id) { task in
                isExpired = task.state == .leased
                if isExpired {
                    task.fail(note: "the lease of \(holder ?? "nobody") ran out", at: now.wall)
                } else {
                    task.becomeReady(at: now.wall)
                }
            }
            guard let task else { continue }
            keep(task, of: subject.site, at: now)
            if isExpired { tellFailure(task, alarm, actor: holder, at: now) }
            hasFailed = hasFailed || isExpired
        }
        if hasFailed { followDeadLetters(at: now) }
    }

    private func tellFailure(_ task: EscalationTask, _ alarm: Alarm, actor: String?, at now: Instant) {
        let isDead = task.state == .deadLettered
        tell(isDead ? .deadLettered : .failed, task, alarm, actor: actor, comment: task.note, at: now)
    }

    /// Takes on what has become of a task: it is stored, and waits where its state has it wait.
    func keep(_ task: EscalationTask, of site: String, at now: Instant) {
        effects.keep(task)
        place(task, of: site, at: now)
    }

    private func place(_ task: EscalationTask, of site: String, at now: Instant) {
        queueChanges += 1
        if task.state == .ready { queue.add(task, site: site) } else { queue.remove(task.id) }
        placeFront(of: task.episode, site)
        let deadline = task.state == .leased ? task.lease?.until : task.state == .failed ? task.retryAt : nil
        if let deadline {
            leases.set(task.id, to: now.monotonic + max(0, deadline - now.wall))
        } else {
            leases.remove(task.id)
        }
        if task.state == .deadLettered { deadLetters.insert(task.id) } else { deadLetters.remove(task.id) }
    }

    /// Of all tasks of a climb the lowest that is still to be told stands for it among the fronts.
    private func placeFront(of episode: ULID, _ site: String) {
        guard let place = climbs.index(forKey: episode) else { return }
        let former = climbs.values[place].front
        let next = climbs.values[place].tasks.firstIndex { $0.isUndelivered }
        let front = next.map { climbs.values[place].tasks[$0].id }
        if let former, former != front { fronts.remove(former) }
        climbs.values[place].front = front
        guard let next, let front else { return }
        if climbs.values[place].tasks[next].state == .ready {
            fronts.add(climbs.values[place].tasks[next], site: site)
        } else {
            fronts.remove(front)
        }
    }

    /// Takes up the queue of the climbs that were restored, in the order in which their tasks became ready.
    func restoreQueue(at now: Instant) {
        let tasks = climbs.values.flatMap(\.tasks)
        for var task in tasks.sorted(by: { ($0.readyAt ?? 0, $0.id) < ($1.readyAt ?? 0, $1.id) }) {
            taskEpisodes[task.id] = task.episode
            let site = episodes[task.episode]?.site ?? ""
            if let lease = task.lease, task.state == .leased, lease.until <= now.wall {
                // Its holder had nobody to report to, which is no failure.
                task.becomeReady(at: now.wall)
                _ = climbs[task.episode]?.change(task.id) { $0 = task }
                effects.keep(task)
            }
            place(task, of: site, at: now)
        }
        followDeadLetters(at: now)
    }

    /// UNDELIVERED stands while there are dead letters: whoever should have been told was not.
    func followDeadLetters(at now: Instant) {
        if deadLetters.isEmpty {
            lowerNode(.undelivered, at: now)
        } else {
            raiseNode(.undelivered, priority: .critical, cause: "escalations failed", at: now)
        }
    }
}

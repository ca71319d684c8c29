import Alarms
package import Escalation
import Registry
package import Telemetry

/// Escalations as work for consumers: claimed, reported on, and taken back when a lease runs out.
extension Engine {
    /// Tasks that wait for a consumer.
    package var readyEscalations: Int { climbs.waitingCount }
    /// Tasks that consumers hold, or that are tried again later.
    package var escalationsUnderWay: Int { climbs.underWayCount }
    /// Tasks that failed too often.
    package var deadLetterCount: Int { climbs.deadLetterCount }
    /// Another number than before, once there may be something for a claim that found nothing.
    package var queueGeneration: Int64 { climbs.generation }

    /// Hands the oldest tasks that wait to a consumer. Tiers of one episode that a claim covers come in their order: a
    /// task waits while one below it is still to be told.
    package func claim(_ claim: EscalationClaim, at now: Instant) -> [ClaimedEscalation] {
        let numbers = climbs.oldest(for: claim) { claim.wants(site: $0, area: areas[$0]) }
        let claimed = numbers.compactMap { number -> ClaimedEscalation? in
            let (site, place) = climbs.climb(of: number)
            guard let text = alarms.text(at: place) else { return nil }
            let (former, task) = climbs.change(number, at: now) {
                $0.lease(to: claim.holder, for: claim.lease, at: now.wall)
            }
            effects.keep(task, former: former)
            let recipients = recipients(of: task, at: site, withPhones: true, now)
            return ClaimedEscalation(task: task, area: areas[site] ?? []) {
                text.object(tier: task.tier, escalation: task.id, recipients: recipients).write(to: &$0)
            }
        }
        guard !claimed.isEmpty else { return [] }
        var list = ClaimList()
        for claimed in claimed { list.add(claimed.task.id, claim: claimed.task.attempts) }
        effects.actions.append(
            OperatorActionRecord(
                at: now.wall, actor: claim.holder, origin: claim.origin, action: "claim", target: "escalations",
                comment: nil, outcome: "leased \(claimed.count) for \(claim.lease) ms:\(list)"))
        return claimed
    }

    /// Takes in what a consumer or operator says of tasks, one after the other.
    /// - Returns: what came of each, in their order.
    package func report(_ report: LeaseReport, at now: Instant) -> [LeaseReport.Outcome] {
        let outcomes = report.items.map { outcome(of: report, $0, at: now) }
        followDeadLetters(at: now)
        var refused = 0
        var list = ClaimList()
        for (item, outcome) in zip(report.items, outcomes) {
            if case .done = outcome { list.add(item.task, claim: item.claim) } else { refused += 1 }
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
        guard let number = climbs.number(of: item.task) else { return .unknown }
        let (site, place) = climbs.climb(of: number)
        guard isSeen(site, by: report), let text = alarms.text(at: place) else { return .unknown }
        if let refusal = refusal(of: report, item, climbs[number]) { return refusal }
        let note = item.note.map { String($0.prefix(EscalationTask.longestNote)) }
        let (former, changed) = climbs.change(number, at: now) { task in
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
        effects.keep(changed, former: former)
        switch report.verb {
        case .done: tell(.done, changed, at: site, text, actor: report.holder, comment: note, at: now)
        case .fail: tellFailure(changed, at: site, text, actor: report.holder, at: now)
        case .release, .extend, .requeue: break
        }
        return .done(changed)
    }

    private func isSeen(_ name: String, by report: LeaseReport) -> Bool {
        areas[name].map { report.scope.covers($0) } ?? report.scope.isUnlimited
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
        while let number = climbs.popDue(at: now.monotonic) {
            let (site, place) = climbs.climb(of: number)
            guard let text = alarms.text(at: place) else { continue }
            let holder = climbs[number].lease?.holder
            var isExpired = false
            let (former, task) = climbs.change(number, at: now) { task in
                isExpired = task.state == .leased
                if isExpired {
                    task.fail(note: "the lease of \(holder ?? "nobody") ran out", at: now.wall)
                } else {
                    task.becomeReady(at: now.wall)
                }
            }
            effects.keep(task, former: former)
            if isExpired { tellFailure(task, at: site, text, actor: holder, at: now) }
            hasFailed = hasFailed || isExpired
        }
        if hasFailed { followDeadLetters(at: now) }
    }

    private func tellFailure(
        _ task: EscalationTask, at site: String, _ text: AlarmText, actor: String?, at now: Instant
    ) {
        let isDead = task.state == .deadLettered
        tell(isDead ? .deadLettered : .failed, task, at: site, text, actor: actor, comment: task.note, at: now)
    }

    /// Takes up the queue of the climbs that were restored, in the order in which their tasks became ready.
    func restoreQueue(at now: Instant) {
        for number in climbs.numbersByReadiness {
            let task = climbs[number]
            if let lease = task.lease, task.state == .leased, lease.until <= now.wall {
                // Its holder had nobody to report to, which is no failure.
                effects.keep(climbs.change(number, at: now) { $0.becomeReady(at: now.wall) }.task)
            } else {
                climbs.follow(number, at: now)
            }
        }
        followDeadLetters(at: now)
    }

    /// UNDELIVERED stands while there are dead letters: whoever should have been told was not.
    func followDeadLetters(at now: Instant) {
        if climbs.deadLetterCount == 0 {
            lowerNode(.undelivered, at: now)
        } else {
            raiseNode(.undelivered, priority: .critical, cause: "escalations failed", at: now)
        }
    }
}

import Alarms
import Escalation
import HeapModule
package import Telemetry

extension Engine {
    /// Does everything whose time has come.
    package func advance(to now: Instant) {
        followWallClock(now)
        defer { followFlood(at: now) }
        while true {
            let next = timers.min.flatMap { $0.deadline <= now.monotonic ? $0 : nil }
            if let stale = staleTimers.min, stale.deadline <= now.monotonic, next.map(stale.precedes) ?? true {
                staleTimers.removeMin()
                checkStale(Int(stale.point), at: now)
            } else if let next {
                timers.removeMin()
                fire(next.purpose, at: now)
            } else {
                break
            }
        }
        endLeases(at: now)
    }

    /// Moves the deadlines kept in wall-clock terms along with a wall clock that was set, forward or back, so that
    /// neither this run nor one after a restart takes the step for time that has passed.
    private func followWallClock(_ now: Instant) {
        let offset = now.wall - now.monotonic
        let step = offset - wallOffset
        guard abs(step) > Engine.tolerableStep else { return }
        wallOffset = offset
        // In the order of their episodes, so that the same inputs give the same effects.
        for episode in climbs.episodes {
            guard var climb = climbs[episode] else { continue }
            let shifted = climb.shift(by: step)
            climbs.update(climb, of: episode, at: now)
            for task in shifted { effects.keep(task) }
            scheduleClimb(episode, at: now)
        }
        for var alarm in alarms.values.sorted(by: { $0.episode < $1.episode }) {
            guard let realarmAt = alarm.realarmAt else { continue }
            alarm.realarmAt = realarmAt + step
            store(alarm)
            let wait = max(0, realarmAt + step - now.wall)
            schedule(.realarm(alarm.episode, dueAt: realarmAt + step), at: now.monotonic + wait)
        }
        shiftWithdrawals(by: step, at: now)
        shiftExercises(by: step, at: now)
        followPeriods(at: now)
        for gateway in gateways.indices where gateways[gateway].record.gapEnds != nil {
            changeRecord(gateway) { record in record.gapEnds = record.gapEnds.map { $0 + step } }
        }
        for rule in points.delays.keys.sorted() {
            points.delays[rule]?.began.wall += step
            if let point = point(ofRule: rule) { noteDelay(point, rule) }
        }
    }

    private func fire(_ purpose: EngineTimer.Purpose, at now: Instant) {
        switch purpose {
        case .gatewaySilence(let gateway): checkSilence(gateway, at: now)
        case .gapEnds(let gateway): endGap(gateway, at: now)
        case .onDelay(let rule): finishOnDelay(rule, at: now)
        case .release(let point, let gateway): release(point: point, gateway: gateway, at: now)
        case .climb(let episode, let dueAt): advanceClimb(episode, dueAt: dueAt, at: now)
        case .realarm(let episode, let dueAt): realarm(episode, dueAt: dueAt, at: now)
        case .endWithdrawal(let subject, let dueAt): endWithdrawal(subject, dueAt: dueAt, at: now)
        case .endExercise(let episode, let dueAt): endExercise(episode, dueAt: dueAt, at: now)
        case .periods(let deadline): if deadline == periodDeadline { followPeriods(at: now) }
        }
    }

    private func checkStale(_ point: Int, at now: Instant) {
        let due = max(points[point].lastReceived, livenessFloor) + points.staleAfter[point]
        guard due <= now.monotonic else {
            staleTimers.insert(StaleTimer(deadline: due, point: Int32(point)))
            return
        }
        staleTimers.insert(
            StaleTimer(deadline: now.monotonic + points.staleAfter[point], point: Int32(point)))
        guard let rule = points.rule(point, .stale), !points.rules[rule].isActive else { return }
        points.rules[rule].isTrue = true
        activate(point, rule, points[point].lastValue, points[point].lastTime, at: now)
    }
}

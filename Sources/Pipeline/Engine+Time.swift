import HeapModule
package import Telemetry

extension Engine {
    /// Does everything whose time has come.
    package func advance(to now: Instant) {
        while let next = timers.min, next.deadline <= now.monotonic {
            timers.removeMin()
            fire(next.purpose, at: now)
        }
    }

    private func fire(_ purpose: EngineTimer.Purpose, at now: Instant) {
        switch purpose {
        case .gatewaySilence(let gateway): checkSilence(gateway, at: now)
        case .gapEnds(let gateway, let dueAt): endGap(gateway, dueAt: dueAt, at: now)
        case .stale(let point): checkStale(point, at: now)
        case .onDelay(let rule, let generation): finishOnDelay(rule, generation: generation, at: now)
        case .release(let point, let gateway): release(point: point, gateway: gateway, at: now)
        case .climb(let episode, let dueAt): advanceClimb(episode, dueAt: dueAt, at: now)
        case .realarm(let episode, let dueAt): realarm(episode, dueAt: dueAt, at: now)
        }
    }

    private func checkStale(_ point: Int, at now: Instant) {
        let due = max(points.lastReceived[point], livenessFloor) + points.staleAfter[point]
        guard due <= now.monotonic else {
            schedule(.stale(point), at: due)
            return
        }
        schedule(.stale(point), at: now.monotonic + points.staleAfter[point])
        guard let rule = points.rule(point, .stale), !points.rules[rule].isActive else { return }
        points.rules[rule].isTrue = true
        activate(point, rule, points.lastValue[point], points.lastTime[point], at: now)
    }
}

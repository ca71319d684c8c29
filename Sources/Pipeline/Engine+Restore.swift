import Alarms
import Escalation
import HeapModule
import Registry
import Telemetry

extension Engine {
    /// Rebuilds last values, alarms, delays and climbs from what was committed.
    func restore(_ state: EngineState, at now: Instant) {
        for hash in state.recentMessages { recent.insert(hash) }
        if !state.samples.isEmpty { points.beginRestored() }
        restoreSamples(state.samples, at: now)
        for (point, watch) in state.watches { points.restore(watch, of: point.position) }
        restorePeriods(state.periods, at: now)
        restoreTargets = places(of: state.alarms.map(\.subject) + state.delays.map(\.subject))
        let retired = restoreAlarms(state.alarms, at: now)
        restoreFirstOut()
        restore(state.withdrawals, at: now)
        restoreDelays(state.delays, at: now)
        restoreClimbs(state, at: now)
        isRestoring = false
        // A graver alarm whose rule is gone supersedes nothing any more.
        for subject in retired { followMilder(than: subject, at: now) }
        hastenClimbs(at: now)
        restoreTargets = [:]
        for point in points.indices { points.refreshIdle(point) }
        staleTimers = Heap(
            points.indices.filter { points.staleAfter[$0] > 0 }.map {
                StaleTimer(deadline: now.monotonic + points.staleAfter[$0], point: Int32($0))
            })
        for gateway in gateways.indices {
            if registry.gateways[gateway].silence > 0 {
                schedule(.gatewaySilence(gateway), at: now.monotonic + registry.gateways[gateway].silence)
            }
            if let gapEnds = gateways[gateway].record.gapEnds {
                let deadline = now.monotonic + max(0, min(gapEnds - now.wall, Engine.gapMemory))
                gateways[gateway].gapDeadline = deadline
                gateways[gateway].isGapTimed = true
                schedule(.gapEnds(gateway), at: deadline)
            }
            // A gateway that a reload or restore finds declared offline stays so until it shows life.
            if gateways[gateway].record.isDeclaredOffline { raiseOffline(gateway, cause: "status", at: now) }
        }
        for point in points.indices where points[point].lastTime != .min {
            evaluate(
                point, value: points[point].lastValue, quality: Quality(rawValue: points[point].lastQuality),
                time: points[point].lastTime, mayClear: true, isNew: false, at: now)
        }
        changedRules = []
    }

    /// Takes over from the engine before when life was last seen, so that a reload starts no wait anew.
    package func carryLiveness(from former: Engine) {
        let byName = Dictionary(
            former.registry.points.indices.map { (former.pointID($0), $0) }, uniquingKeysWith: { first, _ in first })
        for point in registry.points.indices {
            guard let old = byName[pointID(point)] else { continue }
            points[point].lastReceived = former.points[old].lastReceived
        }
        for gateway in gateways.indices {
            guard let old = former.registry.gateways.firstIndex(where: { $0.name == registry.gateways[gateway].name })
            else { continue }
            gateways[gateway].lastReceived = former.gateways[old].lastReceived
        }
        livenessFloor = former.livenessFloor
        timers = Heap(timers.unordered.map { carried($0) })
        staleTimers = Heap(
            staleTimers.unordered.map { timer in
                let point = Int(timer.point)
                let heard = max(points[point].lastReceived, livenessFloor)
                return StaleTimer(deadline: heard + points.staleAfter[point], point: timer.point)
            })
    }

    /// A silence timer set at the rebuild, moved to when it would have run out without one.
    private func carried(_ timer: EngineTimer) -> EngineTimer {
        switch timer.purpose {
        case .gatewaySilence(let gateway):
            EngineTimer(
                deadline: max(gateways[gateway].lastReceived, livenessFloor) + registry.gateways[gateway].silence,
                purpose: timer.purpose)
        default: timer
        }
    }

    private func restoreSamples(_ samples: [EngineState.RecordedSample], at now: Instant) {
        for sample in samples {
            let point = sample.point.position
            points.accept(
                point, time: sample.time, value: sample.value, quality: sample.quality, received: now.monotonic)
            points[point].epoch = sample.epoch
            // At least the newest value, where no more is known.
            if !sample.quality.isBad { _ = points.watch(point, sample.value, at: sample.time) }
            let gateway = Int(points[point].gateway)
            if sample.time >= now.wall, sample.time < now.wall + Engine.assignedLead {
                assignedTimes[gateway] = max(assignedTimes[gateway], sample.time)
            }
        }
    }

    /// - Returns: the alarms that the registry has no more.
    private func restoreAlarms(_ stored: [Alarm], at now: Instant) -> [AlarmSubject] {
        var retired: [AlarmSubject] = []
        let gatewayNumbers = Dictionary(
            registry.gateways.indices.map {
                (gatewaySubject($0, .offline).site + "/" + registry.gateways[$0].name, $0)
            },
            uniquingKeysWith: { first, _ in first })
        for alarm in stored.sorted(by: { $0.raisedAt < $1.raisedAt }) {
            let subject = alarm.subject
            alarms[subject] = alarm
            hold(standing: alarm)
            let object = subject.site + "/" + subject.object
            if subject.site == AlarmSubject.nodeSite, subject.object == options.node {
                if subject.condition == .broker, alarm.state.isActive { isBrokerLost = true }
            } else if let gateway = gatewayNumbers[object], [.offline, .clock, .gap].contains(subject.condition) {
                if subject.condition == .offline { isOffline[gateway] = alarm.state.isActive }
                if subject.condition == .clock { isClockDoubted[gateway] = alarm.state.isActive }
                if alarm.suppression == .suppressedByDesign { scheduleRelease(ofGateway: gateway, at: now) }
            } else if alarm.isExercise {
                restoreExercise(alarm, at: now)
            } else if subject.condition == .inventory, restoreInventory(alarm) {
                // Its points end it.
            } else if let point = restoreTargets[object], let rule = points.rule(point, subject.condition) {
                points.rules[rule].isActive = alarm.state.isActive
                points.rules[rule].isTrue = alarm.state.isActive
                if let limit = alarm.limit, limit != points.rules[rule].limit { changedRules.insert(rule) }
                alarms[subject]?.machine.isLatching = points.rules[rule].isLatching
                if alarm.suppression == .suppressedByDesign { scheduleRelease(ofPoint: point, at: now) }
            } else {
                alarms[subject]?.cause = "configuration"
                let isUnseen = alarm.suppression == .suppressedByDesign && !alarm.wasAnnounced
                change(subject, at: now) { isUnseen ? $0.dismiss() : $0.retire() }
                unsuppress(subject, at: now)
                retired.append(subject)
            }
            if let realarmAt = alarms[subject]?.realarmAt {
                guard let longest = realarmWait(alarm) else {
                    alarms[subject]?.realarmAt = nil
                    continue
                }
                let wait = max(0, min(realarmAt - now.wall, longest))
                schedule(.realarm(alarm.episode, dueAt: realarmAt), at: now.monotonic + wait)
            }
        }
        return retired
    }

    /// The points among the objects of these alarms, by `site/object`.
    private func places(of subjects: [AlarmSubject]) -> [String: Int] {
        var wanted: [String: Set<String>] = [:]
        for subject in subjects { wanted[subject.site, default: []].insert(subject.object) }
        let bySite = registry.sites.map { wanted[$0.name] ?? [] }
        var places: [String: Int] = [:]
        for place in registry.points.indices {
            let site = registry.points[place].site
            guard !bySite[site].isEmpty, bySite[site].contains(registry.points[place].name) else { continue }
            places[registry.sites[site].name + "/" + registry.points[place].name] = place
        }
        return places
    }

    private func restoreDelays(_ delays: [Delay], at now: Instant) {
        for delay in delays {
            let object = delay.subject.site + "/" + delay.subject.object
            guard let point = restoreTargets[object], let rule = points.rule(point, delay.subject.condition) else {
                effects.delays.updateValue(nil, forKey: delay.subject)
                continue
            }
            points.rules[rule].pending = delay.isOn ? .on : .off
            points.rules[rule].isTrue = delay.isOn
            let onDelay = points.rules[rule].onDelay
            points.delays[rule] = RunningDelay(
                began: Instant(
                    wall: delay.began, monotonic: now.monotonic - max(0, min(now.wall - delay.began, onDelay))),
                beganAtSource: delay.beganAtSource, latestValue: delay.value, latestTime: delay.beganAtSource)
            guard delay.isOn else { continue }
            if delay.limit.bitPattern != points.rules[rule].limit.bitPattern { changedRules.insert(rule) }
            let wait = max(0, min(delay.began + onDelay - now.wall, onDelay))
            points.rules[rule].isTimed = true
            schedule(.onDelay(rule: rule), at: now.monotonic + wait)
        }
    }

    private func restoreClimbs(_ state: EngineState, at now: Instant) {
        for (episode, policy) in state.policies.sorted(by: { $0.key < $1.key }) {
            birthPolicies[episode] = FrozenPolicy(policy)
            if alarms[episode] == nil { forgetPolicy(of: episode) }
        }
        let byEpisode = Dictionary(grouping: state.tasks, by: \.episode)
        for (episode, tasks) in byEpisode.sorted(by: { $0.key < $1.key }) {
            guard let alarm = alarms[episode], let place = alarms.place(of: episode) else {
                var climb = Climb(resuming: tasks, policy: .standard)
                for task in climb.cancel() { effects.keep(task) }
                continue
            }
            var climb = Climb(resuming: tasks, policy: policy(of: alarm))
            for task in climb.limitWaits(now: now.wall) { effects.keep(task) }
            climbs.begin(climb, of: episode, site: alarm.subject.site, mark: place)
            guard let dueAt = climb.nextDue else { continue }
            let wait = dueAt <= now.wall ? options.escalationHold : dueAt - now.wall
            schedule(.climb(episode, dueAt: dueAt), at: now.monotonic + wait)
        }
        restoreQueue(at: now)
    }
}
